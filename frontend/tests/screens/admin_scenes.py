"""The reviewers' screens in every state."""

from __future__ import annotations

import admin_data
import data
from browser import Answers, Fault
from playwright.sync_api import Page
from scenes import NEVER, Scene

TABLE = "/admin/interviews"
RECORD = f"{TABLE}/{data.INTERVIEW_ID}"
SOME = f"{TABLE}?q=ro&status=completed&report=partial&from=2026-11-01&to=2026-11-22&sort=-overall"


def _admin(answers: Answers) -> Answers:
    return {"GET /api/session": data.session(admin_data.ADMIN)} | answers


def _rows(value: object) -> Answers:
    return _admin({"GET /api/admin/interviews": value})


def _record(value: object) -> Answers:
    return _admin({f"GET /api/admin/interviews/{data.INTERVIEW_ID}": value})


def _open_filters(page: Page) -> None:
    toggle = page.locator(".filters-toggle")
    if toggle.is_visible():
        toggle.click()


def _focus_row(page: Page) -> None:
    page.get_by_role("link", name="Ada Example").first.focus()
    page.keyboard.press("Tab")


ADMIN_SCENES = [
    Scene("admin", "/admin", _admin({"GET /api/admin/overview": admin_data.overview()})),
    Scene("admin-calm", "/admin", _admin({"GET /api/admin/overview": admin_data.calm_overview()})),
    Scene("admin-empty", "/admin", _admin({"GET /api/admin/overview": admin_data.empty_overview()})),
    Scene("admin-loading", "/admin", _admin({"GET /api/admin/overview": NEVER})),
    Scene("admin-failed", "/admin", _admin({"GET /api/admin/overview": Fault(403, "admin-only")})),
    Scene("admin-interviews", TABLE, _rows(data.page(admin_data.ROWS, "next")), _focus_row),
    Scene("admin-interviews-filtered", SOME, _rows(data.page([admin_data.ROWS[2]])), _open_filters),
    Scene("admin-interviews-page", f"{TABLE}?after=a&after=b&after=c", _rows(data.page(admin_data.ROWS[:4]))),
    Scene(
        "admin-interviews-one",
        f"{TABLE}?candidate=0190aaaa-0000-7000-8000-000000000102",
        _rows(data.page([admin_data.ROWS[2]])),
    ),
    Scene(
        "admin-interviews-nothing", f"{TABLE}?q=zzz&to=2026-01-01&from=2026-02-01", _rows(data.page([])), _open_filters
    ),
    Scene("admin-interviews-empty", TABLE, _rows(data.page([]))),
    Scene("admin-interviews-loading", TABLE, _rows(NEVER)),
    Scene("admin-interviews-failed", TABLE, _rows(Fault(422, "invalid-cursor"))),
    Scene("admin-record", RECORD, _record(admin_data.record())),
    Scene("admin-record-open", RECORD, _record(admin_data.open_record())),
    Scene("admin-record-unknown", RECORD, _record(Fault(404, "interview-not-found"))),
    Scene("admin-record-loading", RECORD, _record(NEVER)),
    Scene(
        "admin-candidates",
        "/admin/candidates",
        _admin({"GET /api/admin/candidates": data.page(admin_data.CANDIDATES, "next")}),
    ),
    Scene("admin-candidates-nothing", "/admin/candidates?q=zzz", _admin({"GET /api/admin/candidates": data.page([])})),
    Scene("admin-candidates-loading", "/admin/candidates", _admin({"GET /api/admin/candidates": NEVER})),
    Scene("no-permission-record", RECORD),
]

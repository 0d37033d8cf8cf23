"""An interview that is set up about a real job."""

import data
import room_data
from browser import Fault
from playwright.sync_api import Page
from scenes import ROOM, I, Scene

TEXT = "POST /api/documents/text.*"
WEAK = "GET /api/weak-points"
NEW = "/interviews/new?role=backend-engineer&level=mid"
JOB = (
    "Backend engineer for payments\n\nYou keep our ledger right: idempotent consumers, retries, a cache that is fresh.\n"
    * 6
)


def _weak() -> data.Json:
    points = [("ownership", "Ownership", 2.1), ("debugging", "Debugging and incident response", 2.6)]
    return {
        "items": [
            {
                "competency": {"id": id_, "label": label},
                "value": value,
                "interview_id": data.INTERVIEW_ID,
                "reported_at": data.NOW,
            }
            for id_, label, value in points
        ]
    }


def _open(page: Page) -> None:
    page.get_by_role("button", name="Tailor the questions").click()
    page.get_by_label("Job description", exact=True).wait_for()
    page.get_by_label("Job description", exact=True).scroll_into_view_if_needed()


def _upload(page: Page) -> None:
    _open(page)
    file = {
        "name": "a-very-long-file-name-of-a-job-description-2026-final.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-",
    }
    page.locator("input[type=file]").first.set_input_files(file)
    page.locator(".source-text").first.get_by_text("was read").or_(page.get_by_role("alert")).first.wait_for()
    page.get_by_role("checkbox").nth(0).check()


def _ready() -> data.Json:
    reasons = [
        {"kind": "focus", "text": "You chose to focus on ownership."},
        None,
        {"kind": "job_description", "text": "The job description speaks of “retry” and “cache”."},
        {"kind": "weak_point", "text": "Debugging came out low in an earlier report."},
        None,
    ]
    return data.interview("ready", questions=[data.question(i, because=reasons[i]) for i in range(5)])


_FOUND = {
    "text": JOB,
    "removed": [{"kind": "name", "count": 2}, {"kind": "address", "count": 2}, {"kind": "email", "count": 1}],
    "truncated": True,
}
TAILORING_SCENES = [
    Scene("tailor-empty", NEW, {WEAK: {"items": []}}, act=_open),
    Scene("tailor-read", NEW, {WEAK: _weak(), TEXT: _FOUND, "GET /api/catalog": data.catalog("gemini")}, act=_upload),
    Scene("tailor-failed", NEW, {WEAK: Fault(503), TEXT: Fault(422, "document-without-text")}, act=_upload),
    Scene("tailor-reasons", ROOM, {f"GET {I}": _ready(), "GET /api/room": room_data.offer()}),
]

"""The rubric that administrators edit, in its states."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import admin_data
import data
from browser import Answers, Fault
from playwright.sync_api import Page
from scenes import NEVER, Scene

RUBRIC = "/admin/bank/rubrics/behavioural"
READ = "GET /api/bank/rubrics/behavioural"
SAVE = "PUT /api/bank/rubrics/behavioural"
FILES = Path(__file__).parents[3] / "services/interview/src/interview/bank/rubrics"


def rubric() -> dict[str, Any]:
    """The shipped one, in the API's shape."""
    content = tomllib.loads((FILES / "behavioural.toml").read_text(encoding="utf-8"))
    content["dimensions"] = [{"by_level": {}} | one for one in content["dimensions"]]
    return {"content": content, "version": 1, "shipped": None, "history": []}


def edited() -> dict[str, Any]:
    """One that was edited before what is shipped changed."""
    changed = {
        "field": "dimensions.ownership.by_level.senior.anchors.4",
        "label": "Ownership, anchors for senior, level 4",
        "parts": [
            {"change": "removed", "text": "The own part is clear. "},
            {"change": "added", "text": "The own part is clear, and so is what was left to others."},
        ],
    }
    version = {"number": 2, "status": "active", "note": "Says it more plainly.", "author": "editor@example.com"}
    version |= {"made_at": "2026-11-02T09:30:00Z", "restored_from": None, "label": "behavioural-1.1"}
    first = version | {"number": 1, "author": None, "made_at": None, "note": "As shipped.", "label": "behavioural-1"}
    shipped = {"label": "behavioural-2", "differences": [changed]}
    history = [version | {"differences": [changed]}, first | {"differences": []}]
    return rubric() | {"version": 2, "shipped": shipped, "history": history}


def _compare(page: Page) -> None:
    page.get_by_text("Compare with the shipped wording").click()


def _served(value: object, **more: object) -> Answers:
    return {"GET /api/session": data.session(admin_data.ADMIN), READ: value, **more}


def _choose(page: Page, dimension: str, level: str) -> None:
    page.get_by_role("group", name=dimension, exact=True).get_by_label(level).check()


def _own(page: Page) -> None:
    _choose(page, "Ownership", "Senior")


def _common(page: Page) -> None:
    _choose(page, "Relevance", "Staff or lead")


def _long(page: Page) -> None:
    _choose(page, "Relevance", "Intern")
    page.get_by_role("button", name="Write own anchors for intern").click()
    page.get_by_label("Relevance, level 2, for intern").fill("Answer-to-the-question-in-as-many-words " * 10)


def _refuse(page: Page) -> None:
    _own(page)
    page.get_by_label("Ownership, level 5, for senior").fill("Too brief")
    _choose(page, "Ownership", "Everyone")
    page.get_by_label("Reason for the change").fill("Asked for by the reviewers.")
    page.get_by_role("button", name="Save as a new version").click()
    page.get_by_role("alert").wait_for()


REFUSED = Fault(
    422,
    "validation",
    errors=[
        {
            "loc": ["body", "content", "dimensions", 3, "by_level", "senior", "anchors", 4],
            "msg": "each level needs a sentence of its own",
            "type": "refused",
        },
        {
            "loc": ["body", "content", "dimensions", 3, "by_level", "intern"],
            "msg": "these are the common sentences: change one, or use the common wording",
            "type": "refused",
        },
    ],
)

QUESTIONS = "/admin/bank"
QUESTION = f"{QUESTIONS}/questions/beh-mistake"


def question_row(content: dict[str, Any], index: int) -> dict[str, Any]:
    names = ("id", "kind", "competency", "family", "difficulty", "text")
    return {name: content.get(name) for name in names} | {
        "origin": ("shipped", "edited", "added")[index % 3],
        "status": "retired" if index == 4 else "active",
        "version": 1 + index % 3,
        "changed_at": data.NOW,
    }


def _listed(value: object) -> Answers:
    session = {"GET /api/session": data.session(admin_data.ADMIN)}
    rubrics = [
        {"id": name, "label": name.capitalize(), "label_of_version": f"{name}-2", "version": 1, "changed_at": None}
        for name in ("behavioural", "technical")
    ]
    return session | {"GET /api/bank/questions": value, "GET /api/bank/rubrics": rubrics}


def questions() -> list[dict[str, Any]]:
    """The shipped questions of general use."""
    file = FILES.parent / "questions/behavioural.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["questions"]


def _question() -> dict[str, Any]:
    [content] = [one for one in questions() if one["id"] == "beh-mistake"]
    return {
        "content": {"family": None, "roles": []} | content,
        "origin": "shipped",
        "status": "active",
        "version": 1,
        "similar": [],
        "shipped": None,
        "history": [],
    }


def _asked(**change: Any) -> Answers:
    return _listed(data.page([])) | {"GET /api/bank/questions/beh-mistake": _question() | change}


REWORDED = {
    "field": "text",
    "label": "Question",
    "parts": [
        {"change": "same", "text": "Tell me about a mistake "},
        {"change": "removed", "text": "you made at work."},
        {"change": "added", "text": "that others noticed first."},
    ],
}
WITH_TERMS = {
    "field": "key_points.owning.terms",
    "label": "Words that show key point owning",
    "parts": [{"change": "same", "text": "my fault, "}, {"change": "added", "text": "I owned up, I told them"}],
}
SHIPPED_QUESTION = {"label": None, "differences": [REWORDED, WITH_TERMS]}
NEWER = {"version": 2, "status": "active", "author": "editor@example.com", "note": "Says it more plainly."}
CHANGED = Fault(
    409, "bank-changed", current=NEWER | {"content": _question()["content"]}, differences=[REWORDED, WITH_TERMS]
)


def _too_late(page: Page) -> None:
    page.get_by_label("Question", exact=True).fill("Tell me about a mistake that others noticed first.")
    page.get_by_label("Reason for the change").fill("Says what is meant.")
    page.get_by_role("button", name="Save as version 2").click()
    page.get_by_role("alert").scroll_into_view_if_needed()


BANK_SCENES = [
    Scene(
        "bank-list",
        QUESTIONS,
        _listed(data.page([question_row(one, at) for at, one in enumerate(questions()[:20])], "next")),
    ),
    Scene("bank-list-nothing", f"{QUESTIONS}?competency=ownership&role=backend-engineer", _listed(data.page([]))),
    Scene("bank-list-loading", QUESTIONS, _listed(NEVER)),
    Scene("bank-list-failed", QUESTIONS, _listed(Fault(500, "internal"))),
    Scene("bank-question", QUESTION, _asked()),
    Scene("bank-question-shipped", QUESTION, _asked(shipped=SHIPPED_QUESTION, version=2, origin="edited"), _compare),
    Scene(
        "bank-question-late", QUESTION, _asked() | {"PUT /api/bank/questions/beh-mistake": CHANGED}, _too_late
    ),
    Scene("bank-rubric", RUBRIC, _served(rubric())),
    Scene("bank-rubric-own", RUBRIC, _served(rubric()), _own),
    Scene("bank-rubric-common", RUBRIC, _served(rubric()), _common),
    Scene("bank-rubric-long", RUBRIC, _served(rubric()), _long),
    Scene("bank-rubric-refused", RUBRIC, _served(rubric(), **{SAVE: REFUSED}), _refuse),
    Scene("bank-rubric-shipped", RUBRIC, _served(edited()), _compare),
    Scene("bank-rubric-loading", RUBRIC, _served(NEVER)),
    Scene("bank-rubric-failed", RUBRIC, _served(Fault(500, "internal"))),
]

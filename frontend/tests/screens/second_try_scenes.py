"""What can be done with an answer after its report was read: saying it better, and answering once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import analysis_data
import data
import report_data
from browser import Answers, Fault
from playwright.sync_api import Page
from scenes import NEVER, I, Scene

ANSWER = "0190dddd-0000-7000-8000-000000000001"
IMPROVEMENTS = f"/api/reports/{data.INTERVIEW_ID}/answers/{ANSWER}/improvements"
ATTEMPTS = f"{I}/questions/0190cccc-0000-7000-8000-000000000001/attempts"
PAGE = f"/interviews/{data.INTERVIEW_ID}/report"

ASKED = ["How many refunds were right the first time?", "Which part did you do yourself?", "What would you do earlier?"]
GIVEN = ["All but 4 of the 312 were right the first time.", None, None]
REASON = "The AI did not answer in time, three times in a row"


def _served(**more: object) -> Answers:
    done = ["done", "done", "insufficient", "failed", None]
    whole = {
        f"GET {I}": data.completed(done, "partial"),
        f"GET /api/reports/{data.INTERVIEW_ID}": report_data.full_report() | more.pop("report", {}),
    }
    return whole | more


def _improvement(status: str, **more: Any) -> Answers:
    facts = [{"id": at, "question": asked, "text": text} for at, (asked, text) in enumerate(zip(ASKED, GIVEN), start=1)]
    view = {
        "answer_id": ANSWER,
        "status": status,
        "status_reason": None,
        "facts": facts,
        "result": None,
        "updated_at": data.NOW,
    }
    return _served(**{f"GET {IMPROVEMENTS}": view | more})


def _result(kind: str, **more: Any) -> dict[str, Any]:
    provider = {"provider": "gemini", "model": "gemini-3.5-flash-lite", "prompt_version": "improve-1"}
    ours = {"provider": "offline", "model": "outline-1", "prompt_version": None}
    return {
        "kind": kind,
        "sentences": [],
        "outline": [],
        "fallback_reason": None,
        **(provider if kind == "rewrite" else ours),
        **more,
    }


def _slot(name: str, label: str, *lines: str, source: str = "answer", ask: str | None = None) -> dict[str, Any]:
    return {"id": name, "label": label, "lines": [{"text": one, "source": source} for one in lines], "ask": ask}


OUTLINE = [
    _slot("headline", "Answer first", "312 customers were charged twice."),
    _slot("situation", "Situation", "Last spring I rolled out a change to our billing job."),
    _slot(
        "action",
        "What you did",
        "I noticed it in the morning report, stopped the job within ten minutes and wrote to support before the first "
        "call came in.",
        "Then I listed the affected accounts with one query, refunded them the same day and checked each refund "
        "against the bank file.",
    ),
    _slot("result", "Result", "All but 4 of the 312 were right the first time.", source="facts"),
    _slot("lesson", "What you would change", ask="What would you do earlier?"),
]
SENTENCES = [
    {"text": "312 customers were charged twice, and I stopped it.", "sources": ["answer"], "new_words": []},
    {
        "text": "Because of that I listed the accounts with one query and refunded them the same day.",
        "sources": ["answer"],
        "new_words": [{"quote": "Because of that", "start": 0, "end": 15}],
    },
    {
        "text": "I checked each refund, and all but 4 of the 312 were right.",
        "sources": ["answer", "facts"],
        "new_words": [],
    },
]


def _open(title: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator("#question-1").get_by_text(title, exact=True).click()
        page.wait_for_timeout(600)

    return act


def _attempts(*, left: int, items: list[dict[str, Any]] | None = None, **more: Any) -> Answers:
    return _served(**{f"GET {ATTEMPTS}": {"items": items or [], "left": left, "most": 5}}, **more)


def _attempt(number: int, text: str, answer_id: str | None = None) -> dict[str, Any]:
    at = data.NOW
    return {
        "number": number,
        "text": text,
        "revision": 3,
        "opened_at": at,
        "saved_at": at,
        "submitted_at": None if answer_id is None else at,
        "answer_id": answer_id,
    }


def _second() -> dict[str, Any]:
    again = "0190dddd-0000-7000-8000-000000000091"
    text = f"{data.ANSWERS[0]} All but 4 of the refunds were right the first time."
    first = analysis_data.first_analysis()
    better = [one | {"level": 4} if one["id"] == "reflection" else one for one in first["dimensions"]]
    result = first | {
        "dimensions": better,
        "key_points": [one | {"covered": True} for one in first["key_points"]],
        "answer_id": again,
        "attempt": 2,
        "score": analysis_data.score(4.2, 3.8, 4.5, "strong"),
    }
    return report_data.report_answer(0, "done", result, text=text) | {"answer_id": again, "attempt": 2}


IMPROVE = "Improve this answer"
AGAIN = "Answer it again, and compare"
DRAFT = "Last spring a change of mine charged 312 customers twice, and I had it stopped within ten minutes. "

SECOND_TRY_SCENES = [
    Scene(
        "improve-begin", PAGE, _served(**{f"GET {IMPROVEMENTS}": Fault(404, "improvement-not-found")}), _open(IMPROVE)
    ),
    Scene("improve-loading", PAGE, _served(**{f"GET {IMPROVEMENTS}": NEVER}), _open(IMPROVE)),
    Scene("improve-asking", PAGE, _improvement("needs_facts"), _open(IMPROVE)),
    Scene("improve-waiting", PAGE, _improvement("queued"), _open(IMPROVE)),
    Scene(
        "improve-rewrite", PAGE, _improvement("ready", result=_result("rewrite", sentences=SENTENCES)), _open(IMPROVE)
    ),
    Scene(
        "improve-outline",
        PAGE,
        _improvement(
            "ready",
            result=_result(
                "outline",
                outline=OUTLINE,
                fallback_reason="The rewrite named a figure that is in none of your words, twice",
            ),
        ),
        _open(IMPROVE),
    ),
    Scene(
        "improve-nothing-asked",
        PAGE,
        _improvement("ready", facts=[], result=_result("outline", outline=OUTLINE[1:3])),
        _open(IMPROVE),
    ),
    Scene("improve-failed", PAGE, _improvement("failed", status_reason=REASON), _open(IMPROVE)),
    Scene("again-begin", PAGE, _attempts(left=4), _open(AGAIN)),
    Scene("again-writing", PAGE, _attempts(left=3, items=[_attempt(2, DRAFT)]), _open(AGAIN)),
    Scene(
        "again-waiting",
        PAGE,
        _attempts(left=3, items=[_attempt(2, DRAFT, "0190dddd-0000-7000-8000-000000000092")]),
        _open(AGAIN),
    ),
    Scene(
        "again-compared",
        PAGE,
        _attempts(
            left=0, items=[_attempt(2, DRAFT, "0190dddd-0000-7000-8000-000000000091")], report={"attempts": [_second()]}
        ),
        _open(AGAIN),
    ),
]

"""What the API would answer, for looking at every screen and state without a server. Shapes as in openapi.json."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

Json = dict[str, Any]

USER: Json = {
    "id": "0190aaaa-0000-7000-8000-000000000001",
    "email": "robin.ferreira@example.org",
    "display_name": "Robin Ferreira",
    "role": "candidate",
}
INTERVIEW_ID = "0190bbbb-0000-7000-8000-000000000001"
NOW = "2026-11-22T14:05:00Z"


def session(user: Json | None = USER) -> Json:
    return {"user": user, "csrf_token": "token"}


def catalog(provider: str = "offline") -> Json:
    """The real catalogue, in the API's shape."""
    path = Path(__file__).parents[3] / "services/interview/src/interview/bank/catalogue.toml"
    raw = tomllib.loads(path.read_text())
    known = {c["id"]: {k: c[k] for k in ("id", "label", "description")} for c in raw["competencies"]}
    return {
        "families": [{"id": f["id"], "label": f["title"]} for f in raw["families"]],
        "roles": [
            {k: r[k] for k in ("id", "title", "summary", "family", "aliases")}
            | {"competencies": [known[c] for c in r["competencies"]]}
            for r in raw["roles"]
        ],
        "competencies": list(known.values()),
        "levels": [{k: v[k] for k in ("id", "label", "years", "expectation")} for v in raw["levels"]],
        "engine": {"provider": "offline", "model": None, "label": "Built-in engine"}
        if provider == "offline"
        else {"provider": "gemini", "model": "gemini-3.5-flash-lite", "label": "Gemini"},
        "question_count": {"min": 3, "max": 10, "default": 5},
    }


QUESTIONS = [
    (
        "behavioural",
        "ownership",
        "Ownership",
        "Tell me about a piece of work that went wrong on your watch. What did you do about it?",
    ),
    (
        "technical",
        "data-stores",
        "Data stores",
        "A query that was fast last month is slow today, and nobody changed it. How do you find out why?",
    ),
    (
        "situational",
        "prioritisation",
        "Prioritisation",
        "Two teams each need a change from you this week, and you can finish only one. How do you decide, and what do you tell the other team?",
    ),
    (
        "system_design",
        "system-design",
        "System design",
        "Design a service that sends each customer at most one reminder per day, even when parts of it fail and are started again. Walk me through the parts, where the state lives, and what happens when the sender crashes after sending but before writing that down.",
    ),
    ("role_specific", "debugging", "Debugging", "Which bug taught you the most?"),
]

ANSWERS = [
    "Last spring I rolled out a change to our billing job and 312 customers were charged twice. I noticed it in the "
    "morning report, stopped the job within ten minutes and wrote to support before the first call came in. Then I "
    "listed the affected accounts with one query, refunded them the same day and checked each refund against the bank "
    "file. The cause was a retry that was not idempotent: I had tested the job, but never tested running it twice. "
    "I added a key per invoice and a test that runs the job twice. We talked about it as a team and everyone learned a lot.",
    "First I would look at the query plan and compare it with the old one. Usually the statistics are stale or the "
    "table has grown past a point where another plan wins. I would run analyze and see if the plan changes.",
    "I would ask.",
    "I would keep one row per customer and day with a unique key, and claim it before sending. The worker takes the row, "
    "marks it as claimed, sends, and marks it as sent. If it crashes in between, a sweeper looks for claims that are too "
    "old. The mail provider gets the row's id as an idempotency key, so a second call does not send a second mail. ",
    "The one with the time zones.",
]


def question(index: int, status: str = "upcoming", **more: Any) -> Json:
    kind, cid, label, text = QUESTIONS[index]
    return {
        "id": f"0190cccc-0000-7000-8000-00000000000{index + 1}",
        "position": index + 1,
        "kind": kind,
        "competency": {"id": cid, "label": label},
        "difficulty": min(index + 2, 5),
        "status": status,
        "text": None if status == "upcoming" else text,
        "suggested_seconds": 150 if index != 3 else 300,
        "because": None,
        "asked_at": None,
        "submitted_at": None,
        "draft": None,
        "speech": [],
        "answer": None,
        "follow_up": None,
        "follow_ups": [],
    } | more


FOLLOW_UP = "You said: \u201cUsually the statistics are stale\u201d. How would you tell that it had worked?"
FOLLOW_UP_ANSWER = (
    "I would compare the time of the query and the number of rows it reads, before and after, for a week."
)


def follow_up(index: int, number: int, kind: str, text: str, status: str = "asked", **more: Any) -> Json:
    """A follow-up to one of the questions."""
    own = question(index, status, text=text, follow_up={"number": number, "kind": kind}, asked_at=NOW, **more)
    return {key: value for key, value in own.items() if key != "follow_ups"} | {
        "id": f"0190cccc-0000-7000-8000-0000000001{index}{number}",
        "suggested_seconds": 60,
    }


def answer(index: int, analysis: str = "done", reason: str | None = None) -> Json:
    return {
        "id": f"0190dddd-0000-7000-8000-00000000000{index + 1}",
        "attempt": 1,
        "text": ANSWERS[index],
        "source": "typed",
        "submitted_at": NOW,
        "duration_s": 171.0,
        "analysis": analysis,
        "analysis_reason": reason,
        "transcript": None,
    }


def interview(status: str = "in_progress", **more: Any) -> Json:
    return {
        "id": INTERVIEW_ID,
        "version": 7,
        "status": status,
        "role": {"id": "backend-engineer", "title": "Backend engineer", "family": "software-engineering"},
        "level": {"id": "mid", "label": "Mid-level"},
        "question_count": 5,
        "kinds": [],
        "allow_fallback": True,
        "follow_ups": 2,
        "tailored_to": None,
        "preparation": {"stage": "done", "message": None, "since": NOW},
        "question_source": {"provider": "bank", "model": None, "fallback_reason": None},
        "created_at": NOW,
        "ready_at": NOW,
        "started_at": NOW,
        "completed_at": None,
        "current_question_id": None,
        "questions": [question(i) for i in range(5)],
        "report_status": "none",
        "report_revealed": False,
        "consents": [],
    } | more


def room(current: int, draft: str | None = None) -> Json:
    questions = [question(i, "submitted", answer=answer(i, "running")) for i in range(current)]
    if current > 1:
        questions[1] = question(1, "skipped")
    questions.append(
        question(
            current,
            "asked",
            asked_at="2026-11-22T14:03:17Z",
            draft=None if draft is None else {"text": draft, "revision": 3, "saved_at": NOW},
        )
    )
    questions += [question(i) for i in range(current + 1, 5)]
    return interview(questions=questions, current_question_id=questions[current]["id"])


def completed(analyses: list[str | None], report_status: str) -> Json:
    questions = [
        question(i, "skipped") if a is None else question(i, "submitted", answer=answer(i, a))
        for i, a in enumerate(analyses)
    ]
    seen = report_status != "pending"
    return interview(
        "completed", questions=questions, completed_at=NOW, report_status=report_status, report_revealed=seen
    )


def summary(index: int, status: str = "completed", overall: Json | None = None, **more: Any) -> Json:
    roles = [
        ("backend-engineer", "Backend engineer"),
        ("data-engineer", "Data engineer"),
        ("learning-development-specialist", "Learning and development specialist"),
    ]
    role_id, title = roles[index % 3]
    return {
        "id": f"0190bbbb-0000-7000-8000-00000000010{index}",
        "status": status,
        "role": {"id": role_id, "title": title, "family": "software-engineering"},
        "level": {"id": "mid", "label": "Mid-level"},
        "question_count": 5,
        "answered": 5 if status == "completed" else 2,
        "created_at": f"2026-11-{21 - index * 2:02d}T09:30:00Z",
        "completed_at": f"2026-11-{21 - index * 2:02d}T09:50:00Z" if status == "completed" else None,
        "report_status": "done" if status == "completed" else "none",
        "report_revealed": status == "completed",
        "overall": overall,
    } | more


def page(items: list[Json], cursor: str | None = None) -> Json:
    return {"items": copy.deepcopy(items), "next_cursor": cursor}


MANY = [
    summary(0, "in_progress"),
    summary(1, overall={"value": 3.9, "band": "strong"}),
    summary(2, overall={"value": 3.4, "band": "solid"}),
    summary(3, report_status="insufficient"),
    summary(4, overall={"value": 2.6, "band": "developing"}),
    summary(5, "abandoned"),
    summary(6, report_status="pending", report_revealed=False),
    summary(7, report_revealed=False),
]

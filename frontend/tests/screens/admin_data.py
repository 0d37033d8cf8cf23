"""What the API would answer to an administrator. Shapes as in openapi.json."""

from __future__ import annotations

from typing import Any

import analysis_data
import data
import record_data
import report_data

Json = dict[str, Any]

ADMIN: Json = {
    "id": "0190aaaa-0000-7000-8000-0000000000ad",
    "email": "noor.haddad@example.org",
    "display_name": "Noor Haddad",
    "role": "admin",
}
LONG_NAME = "Maximiliane-Philippa Wolkenstein-Trostburg von und zu Hohenlohe-Langenburg-Schillingsfürst"
PEOPLE = [
    ("Robin Ferreira", "robin.ferreira@example.org"),
    ("Ada Example", "ada@example.com"),
    (LONG_NAME, "maximiliane.philippa.wolkenstein.trostburg.hohenlohe@a-very-long-domain-name.example.org"),
    ("Þórdís Sigurðardóttir", "thordis@example.org"),
    ("李小龙", "li@example.com"),
    (None, None),
    ("Sam", "sam@example.net"),
]
BANDS = ["beginning", "developing", "solid", "strong", "exceptional"]


def candidate(index: int) -> Json:
    name, email = PEOPLE[index % len(PEOPLE)]
    return {"id": f"0190aaaa-0000-7000-8000-00000000010{index % len(PEOPLE)}", "display_name": name, "email": email}


def row(index: int, **more: Any) -> Json:
    roles = [
        ("backend-engineer", "Backend engineer"),
        ("data-engineer", "Data engineer"),
        ("learning-development-specialist", "Learning and development specialist"),
    ]
    levels = [("mid", "Mid-level"), ("senior", "Senior"), ("junior", "Junior")]
    states = [
        ("completed", "done"),
        ("in_progress", "none"),
        ("completed", "partial"),
        ("completed", "pending"),
        ("ready", "none"),
        ("completed", "failed"),
        ("abandoned", "none"),
        ("completed", "insufficient"),
    ]
    status, report = states[index % len(states)]
    value = round(1.4 + (index * 0.7) % 3.6, 1)
    scored = report in {"done", "partial"}
    return {
        "id": f"0190bbbb-0000-7000-8000-0000000002{index:02d}",
        "candidate": candidate(index),
        "role": dict(zip(("id", "title", "family"), (*roles[index % 3], "software-engineering"), strict=True)),
        "level": dict(zip(("id", "label"), levels[index % 3], strict=True)),
        "status": status,
        "report_status": report,
        "question_count": 5,
        "answered": {"completed": 5, "in_progress": 2, "abandoned": 1}.get(status, 0),
        "overall": {"value": value, "band": BANDS[min(4, round(value) - 1)]} if scored else None,
        "created_at": f"2026-11-{22 - index // 2:02d}T{9 + index % 8:02d}:30:00Z",
        "completed_at": f"2026-11-{22 - index // 2:02d}T{9 + index % 8:02d}:50:00Z" if status == "completed" else None,
    } | more


ROWS = [row(index) for index in range(20)]


def overview(**more: Any) -> Json:
    counts = [3, 0, 7, 12, 5, 1, 4]
    return {
        "candidates": 54,
        "interviews": 1284,
        "completed": 963,
        "in_progress": 17,
        "awaiting_report": 2,
        "failed_analyses": 3,
        "completed_last_7_days": [{"day": f"2026-11-{16 + i}", "count": n} for i, n in enumerate(counts)],
        "mean_overall": 3.17,
        "ai_last_30_days": {
            "requests": 812,
            "input_tokens": 1530400,
            "output_tokens": 701220,
            "cost_usd": "2.21217",
            "without_cost": 14,
        },
        "updated_at": data.NOW,
    } | more


def calm_overview() -> Json:
    return overview(awaiting_report=0, failed_analyses=0)


def empty_overview() -> Json:
    days = [{"day": f"2026-11-{16 + i}", "count": 0} for i in range(7)]
    return overview(
        candidates=0,
        interviews=0,
        completed=0,
        in_progress=0,
        awaiting_report=0,
        failed_analyses=0,
        completed_last_7_days=days,
        mean_overall=None,
    )


def candidate_row(index: int) -> Json:
    person = candidate(index)
    known = person["display_name"] is not None
    return {
        "id": person["id"],
        "email": person["email"] or "someone@example.org",
        "display_name": person["display_name"] or "Someone Else",
        "registered_at": f"2026-10-{28 - index:02d}T08:00:00Z",
        "interviews": index * 2 if known else 0,
        "completed": index if known else 0,
        "last_interview_at": "2026-11-20T10:00:00Z" if known and index else None,
        "mean_overall": 1.8 + index * 0.4 if known and index else None,
    }


CANDIDATES = [candidate_row(index) for index in range(7)]
KEY_POINTS = [
    {"id": "a", "text": "Keeps what was sent in a place that survives a crash", "terms": []},
    {"id": "b", "text": "Says what a second start must not do twice", "terms": []},
    {"id": "c", "text": "Names the moment between sending and writing down", "terms": []},
]


def record_question(
    index: int, status: str, analysis: str | None = None, result: Json | None = None, reason: str | None = None
) -> Json:
    asked = data.question(index)
    kind, _, _, text = data.QUESTIONS[index]
    given = None
    if analysis is not None:
        given = {
            "id": f"0190dddd-0000-7000-8000-00000000000{index + 1}",
            "text": data.ANSWERS[index],
            "parts": [],
            "source": "typed",
            "duration_s": 171.0,
            "submitted_at": data.NOW,
            "analysis_status": analysis,
            "analysis_reason": reason,
            "analysis": result,
        }
    return {
        "id": asked["id"],
        "position": index + 1,
        "kind": kind,
        "competency": asked["competency"],
        "difficulty": asked["difficulty"],
        "text": text,
        "key_points": KEY_POINTS,
        "status": status,
        "answer": given,
    }


def record(**more: Any) -> Json:
    late = "The model did not answer in time, three times in a row."
    return (
        row(
            0,
            id=data.INTERVIEW_ID,
            report_status="partial",
            answered=4,
            overall={"value": 3.4, "band": "solid"},
            created_at="2026-11-22T13:28:10Z",
            completed_at=data.NOW,
        )
        | {
            "source": {
                "provider": "bank",
                "model": None,
                "prompt_version": None,
                "fallback_reason": "Gemini did not answer in time, so the built-in bank stepped in.",
            },
            "ready_at": "2026-11-22T13:28:12Z",
            "started_at": "2026-11-22T13:31:40Z",
            "questions": [
                record_question(0, "submitted", "done", analysis_data.first_analysis()),
                record_question(1, "submitted", "done", analysis_data.second_analysis()),
                record_question(2, "submitted", "insufficient", analysis_data.insufficient_analysis(2)),
                record_question(3, "submitted", "failed", reason=late),
                record_question(4, "not_answered"),
            ],
            "report": report_data.full_report()["report"],
            "ai_spending": {
                "requests": 6,
                "input_tokens": 9840,
                "output_tokens": 5210,
                "cost_usd": "0.015977",
                "without_cost": 0,
            },
        }
        | more
    )


def session_record() -> Json:
    """With spoken answers, notices and their replies, and what was visible, as it is shared."""
    whole = record(notices=record_data.NOTICES, presence={"answers": record_data.presence()["answers"]})
    whole["questions"][0]["answer"] |= {
        "source": "voice",
        "transcript": {"engine": "server", "provider": "whisper", "model": "tiny.en", "edit_ratio": 0.04},
    }
    return whole


def open_record() -> Json:
    return record(
        status="in_progress",
        report_status="none",
        overall=None,
        completed_at=None,
        answered=2,
        candidate={"id": "0190aaaa-0000-7000-8000-000000000105", "display_name": None, "email": None},
        source={
            "provider": "gemini",
            "model": "gemini-3.5-flash-lite",
            "prompt_version": "questions-2",
            "fallback_reason": None,
        },
        questions=[
            record_question(0, "submitted", "running"),
            record_question(1, "submitted", "queued"),
            *(record_question(index, "open") for index in (2, 3, 4)),
        ],
        report=None,
    )

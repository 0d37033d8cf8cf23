"""Reports, for looking at the screens that show them. Shapes as in openapi.json."""

from __future__ import annotations

from analysis_data import analysis, first_analysis, insufficient_analysis, score, second_analysis, unlinked_analysis
from data import ANSWERS, FOLLOW_UP, FOLLOW_UP_ANSWER, INTERVIEW_ID, NOW, QUESTIONS, Json


def report_answer(
    index: int,
    status: str,
    result: Json | None,
    reason: str | None = None,
    *,
    can_retry: bool = False,
    text: str | None = None,
) -> Json:
    kind, cid, label, words = QUESTIONS[index]
    return {
        "question": {
            "id": f"0190cccc-0000-7000-8000-00000000000{index + 1}",
            "position": index + 1,
            "kind": kind,
            "competency": {"id": cid, "label": label},
            "text": words,
            "key_points": [],
            "suggested_seconds": 150,
            "difficulty": 3,
        },
        "answer_id": f"0190dddd-0000-7000-8000-00000000000{index + 1}",
        "attempt": 1,
        "text": text or ANSWERS[index],
        "parts": [],
        "source": "typed",
        "duration_s": 171.0,
        "submitted_at": NOW,
        "status": status,
        "status_reason": reason,
        "analysis": result,
        "can_retry": can_retry,
    }


def beside() -> Json:
    """What is worked out when the report is read: other interviews, own ratings."""
    return {
        "attempts": [],
        "revealed": True,
        "revealed_at": NOW,
        "calibration": {
            "answers": 2,
            "self_mean": 4.0,
            "scored_mean": 3.1,
            "difference": 0.9,
            "note": "Your own ratings lie 0.9 points above the scores. Compare the level sentences of an answer with what you had in mind.",
            "why_not_shown": None,
        },
        "trend": [
            {
                "competency_id": "ownership",
                "previous": 3.0,
                "change": 0.8,
                "n_previous": 2,
                "other_rubric": 0,
                "other_level": 0,
                "note": "Up from 3.0 last time.",
            },
            {
                "competency_id": "data-stores",
                "previous": None,
                "change": None,
                "n_previous": 0,
                "other_rubric": 1,
                "other_level": 0,
                "note": "Judged by another version of the rubric before, so the figures are not compared.",
            },
        ],
        "delivery_comparison": {
            "previous_interview_id": "0190aaaa-0000-7000-8000-000000000009",
            "previous_completed_at": "2026-11-15T10:00:00Z",
            "changes": [
                {
                    "metric": "hedges",
                    "now": 0.8,
                    "previous": 1.6,
                    "difference": -0.8,
                    "note": "0.8 less than last time.",
                }
            ],
            "why_not_shown": None,
        },
    }


def full_report() -> Json:
    return {
        "interview_id": INTERVIEW_ID,
        "status": "partial",
        "report": {
            "schema_version": "interview-report/1",
            "interview_id": INTERVIEW_ID,
            "status": "partial",
            "coverage": {
                "planned": 5,
                "answered": 4,
                "scored": 2,
                "not_scored": [
                    {
                        "question_id": "0190cccc-0000-7000-8000-000000000003",
                        "reason": "The answer was too short to judge.",
                    },
                    {"question_id": "0190cccc-0000-7000-8000-000000000005", "reason": "The question was skipped."},
                ],
            },
            "overall": {"score": score(3.4, 2.9, 3.8, "solid"), "why_not_shown": None},
            "competencies": [
                {
                    "competency": {"id": "ownership", "label": "Ownership"},
                    "score": score(3.8, 3.4, 4.1, "strong"),
                    "questions": 1,
                    "best_evidence": None,
                },
                {
                    "competency": {"id": "data-stores", "label": "Data stores"},
                    "score": score(2.4, 1.9, 3.0, "developing"),
                    "questions": 1,
                    "best_evidence": None,
                },
            ],
            "priorities": [
                {
                    "rank": 1,
                    "text": "Close every story with a result that can be checked.",
                    "why": "Missing in 2 of the 3 answers that tell a story.",
                    "do_next": "Tell question 1 again and end it with one figure: how many refunds were right the first time.",
                    "evidence": [
                        {"answer_id": "0190dddd-0000-7000-8000-000000000001", "quote": "everyone learned a lot"}
                    ],
                },
                {
                    "rank": 2,
                    "text": "Name more than one possible cause.",
                    "why": "One answer stopped at the first.",
                    "do_next": "Practise question 2 with three causes and how you would rule out each.",
                    "evidence": [],
                },
            ],
            "kept_well": [
                {
                    "text": "Mistakes are named plainly and early.",
                    "evidence": [
                        {
                            "answer_id": "0190dddd-0000-7000-8000-000000000001",
                            "quote": "I had tested the job, but never tested running it twice",
                        }
                    ],
                }
            ],
            "limits": [
                "2 of 5 questions are not in the figures.",
                "Figures are a coaching estimate, not a hiring prediction.",
            ],
            "created_at": NOW,
            "rubric_versions": ["behavioural-1", "technical-1"],
            "consistency": [
                {
                    "about": "team",
                    "first": {"answer_id": "0190dddd-0000-7000-8000-000000000001", "quote": "a team of eight"},
                    "second": {"answer_id": "0190dddd-0000-7000-8000-000000000002", "quote": "our team of 4"},
                    "note": "Numbers differ.",
                }
            ],
            "delivery_summary": {
                "source": "typed",
                "figures": [
                    {
                        "metric": "hedges",
                        "label": "Hedging phrases",
                        "unit": "per 100 words",
                        "median": 0.8,
                        "answers": 4,
                    },
                    {"metric": "words", "label": "Length", "unit": "words", "median": 96.0, "answers": 4},
                ],
                "not_measured": [],
            },
            "next_plan": [
                {
                    "text": "Answer question 1 once more and end it with one figure.",
                    "minutes": 2,
                    "question_id": "0190cccc-0000-7000-8000-000000000001",
                },
                {"text": "Practise question 2 with three causes.", "minutes": None, "question_id": None},
            ],
        },
        **beside(),
        "answers": [
            report_answer(0, "done", first_analysis()),
            report_answer(1, "done", second_analysis()),
            report_answer(2, "insufficient", insufficient_analysis(2)),
            report_answer(3, "failed", None, "The model did not answer in time, three times in a row.", can_retry=True),
        ],
    }


def followed_up_report() -> Json:
    """The same with a follow-up in the first answer."""
    whole = full_report()
    first = whole["answers"][0]
    said = first["text"]
    first["text"] = f"{said}\n\n{FOLLOW_UP_ANSWER}"
    start = len(said) + 2
    first["parts"] = [
        {
            "question_text": first["question"]["text"],
            "follow_up": None,
            "text": said,
            "source": "typed",
            "start": 0,
            "end": len(said),
        },
        {
            "question_text": FOLLOW_UP,
            "follow_up": "specify",
            "text": FOLLOW_UP_ANSWER,
            "source": "typed",
            "start": start,
            "end": len(first["text"]),
        },
    ]
    return whole


def pending_report() -> Json:
    return {
        "interview_id": INTERVIEW_ID,
        "status": "pending",
        "report": None,
        "attempts": [],
        "revealed": True,
        "revealed_at": NOW,
        "calibration": None,
        "trend": [],
        "delivery_comparison": None,
        "answers": [
            report_answer(0, "done", first_analysis()),
            report_answer(1, "running", None),
            report_answer(2, "queued", None),
        ],
    }


def unseen_report() -> Json:
    """Answers that are still read, and a report that nobody has asked to see."""
    whole = pending_report() | {"revealed": False, "revealed_at": None}
    for one in whole["answers"]:
        one["analysis"] = one["question"]["key_points"] = None
    return whole


def single_report() -> Json:
    """One answer only, and a very long one."""
    whole = full_report()
    long = (ANSWERS[3] * 18).strip()
    result = analysis(
        3,
        score=score(3.1, 2.4, 3.9, "solid", "high"),
        headline="Sound parts, told many times over.",
        words=len(long.split()),
        strengths=[
            {
                "text": "Says what happens when the worker dies.",
                "evidence": {
                    "quote": "a sweeper looks for claims that are too old",
                    "start": long.rindex("a sweeper looks"),
                    "end": long.rindex("a sweeper looks") + 43,
                },
            }
        ],
    )
    whole["report"]["overall"] = {
        "score": None,
        "why_not_shown": "An overall needs at least three scored answers, and there is one.",
    }
    whole["report"]["coverage"] = {"planned": 5, "answered": 1, "scored": 1, "not_scored": []}
    whole["report"]["priorities"] = whole["report"]["priorities"][:1]
    whole["report"]["competencies"] = []
    whole["report"]["kept_well"] = []
    whole["answers"] = [report_answer(3, "done", result, text=long)]
    return whole


def insufficient_report() -> Json:
    whole = full_report()
    whole["status"] = "insufficient"
    report = whole["report"]
    report |= {"status": "insufficient", "priorities": [], "competencies": [], "kept_well": []}
    report["overall"] = {
        "score": None,
        "why_not_shown": "There is too little in the answers to say anything about them.",
    }
    report["coverage"] = {
        "planned": 5,
        "answered": 2,
        "scored": 0,
        "not_scored": [
            {"question_id": "0190cccc-0000-7000-8000-000000000001", "reason": unlinked_analysis()["status_reason"]},
            {"question_id": "0190cccc-0000-7000-8000-000000000003", "reason": "The answer was too short to judge."},
        ],
    }
    whole["answers"] = [
        report_answer(0, "insufficient", unlinked_analysis()),
        report_answer(2, "insufficient", insufficient_analysis(2)),
    ]
    return whole


def report_summary(index: int, value: float | None) -> Json:
    bands = ["beginning", "developing", "solid", "strong", "exceptional"]
    figure = (
        None
        if value is None
        else score(value, max(1, value - 0.5), min(5, value + 0.4), bands[min(4, round(value) - 1)])
    )
    return {
        "interview_id": f"0190bbbb-0000-7000-8000-00000000010{index}",
        "role": {"id": "backend-engineer", "title": "Backend engineer", "family": "software-engineering"},
        "level": {"id": "mid", "label": "Mid-level"},
        "completed_at": f"2026-11-{3 + index * 3:02d}T09:50:00Z",
        "status": "done" if value else "insufficient",
        "revealed": True,
        "overall": figure,
        "rubric_versions": ["behavioural-1" if index < 3 else "behavioural-2"],
        "competencies": []
        if figure is None
        else [
            {"competency": {"id": "ownership", "label": "Ownership"}, "score": figure},
            {
                "competency": {"id": f"c{index % 2}", "label": ["System design", "Debugging"][index % 2]},
                "score": figure,
            },
        ],
    }


TREND = [report_summary(i, v) for i, v in enumerate([2.2, 2.6, None, 3.1, 2.9, 3.8])]

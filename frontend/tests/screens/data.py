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
    return interview("completed", questions=questions, completed_at=NOW, report_status=report_status)


def evidence(index: int, words: str) -> Json:
    start = ANSWERS[index].index(words)
    return {"quote": words, "start": start, "end": start + len(words)}


def dimension(
    index: int, id_: str, label: str, level: int | None, anchor: str | None, after: str | None, why: str, *quotes: str
) -> Json:
    return {
        "id": id_,
        "label": label,
        "weight": 0.25,
        "level": level,
        "anchor": anchor,
        "next_anchor": after,
        "rationale": why,
        "evidence": [evidence(index, q) for q in quotes],
        "uncertainty": "medium" if level else None,
        "rater_levels": [level] if level else [],
    }


def part(index: int, name: str, state: str, share: float, *quotes: str) -> Json:
    return {"name": name, "state": state, "share_of_words": share, "evidence": [evidence(index, q) for q in quotes]}


def score(value: float, low: float, high: float, band: str, uncertainty: str = "medium") -> Json:
    return {
        "value": value,
        "low": low,
        "high": high,
        "band": band,
        "uncertainty": uncertainty,
        "computed_by": "weighted_mean_v1",
    }


def analysis(index: int, **more: Any) -> Json:
    base: Json = {
        "schema_version": "answer-analysis/1",
        "answer_id": f"0190dddd-0000-7000-8000-00000000000{index + 1}",
        "question_id": f"0190cccc-0000-7000-8000-00000000000{index + 1}",
        "attempt": 1,
        "status": "done",
        "status_reason": None,
        "provenance": {
            "provider": "offline",
            "model": None,
            "prompt_version": None,
            "rubric_version": "behavioural-1",
            "fallback_reason": None,
            "input_hash": "sha256:0",
            "created_at": NOW,
        },
        "words": len(ANSWERS[index].split()),
        "score": None,
        "headline": None,
        "dimensions": [],
        "key_points": [],
        "strengths": [],
        "gaps": [],
        "missing_facts": [],
        "answer_type": None,
        "star": None,
        "notices": [],
        "quotes_dropped": 0,
        "limits": [
            "The built-in engine looks for words and their order; it does not understand an argument as a person does."
        ],
    }
    return base | more


def first_analysis() -> Json:
    return analysis(
        0,
        score=score(3.8, 3.4, 4.1, "strong"),
        headline="A clear account of a mistake, owned and mended; the lesson at the end stays general.",
        dimensions=[
            dimension(
                0,
                "specific",
                "Specific evidence",
                4,
                "Concrete, with names, a constraint and a number.",
                "Concrete and measured before and after, so that anyone could check it.",
                "The number of customers and the time to stop the job are given; how many refunds were right is not.",
                "312 customers were charged twice",
                "stopped the job within ten minutes",
            ),
            dimension(
                0,
                "ownership",
                "Ownership",
                4,
                "Own decisions, and the reasons for them.",
                "Own decisions, what was traded for what, and a mistake that is owned.",
                "The mistake is named without looking for somebody else.",
                "never tested running it twice",
            ),
            dimension(
                0,
                "structure",
                "Structure",
                3,
                "Two or three elements in order.",
                "Situation, task, action and result in order; the result is brief.",
                "",
                "Then I listed the affected accounts with one query",
            ),
            dimension(
                0,
                "reflection",
                "Reflection",
                2,
                "A lesson that would fit any story.",
                "One lesson that comes out of this story.",
                "The last sentence could end any answer.",
            ),
            dimension(
                0, "relevance", "Relevance", None, None, None, "This needs a reader that understands the argument."
            ),
        ],
        key_points=[
            {
                "id": "a",
                "text": "Says what went wrong and who felt it",
                "covered": True,
                "evidence": [evidence(0, "312 customers were charged twice")],
            },
            {
                "id": "b",
                "text": "Says what was done first to stop the harm",
                "covered": True,
                "evidence": [evidence(0, "stopped the job within ten minutes")],
            },
            {
                "id": "c",
                "text": "Tells the people concerned before they ask",
                "covered": True,
                "evidence": [evidence(0, "wrote to support before the first call came in")],
            },
            {
                "id": "d",
                "text": "Finds the cause, not only the symptom",
                "covered": True,
                "evidence": [evidence(0, "a retry that was not idempotent")],
            },
            {"id": "e", "text": "Says how it was shown to be mended", "covered": False, "evidence": []},
        ],
        strengths=[
            {
                "text": "The harm has a number. It makes the rest of the story credible.",
                "evidence": evidence(0, "312 customers were charged twice"),
            },
            {
                "text": "The own part in it is named in one plain sentence.",
                "evidence": evidence(0, "never tested running it twice"),
            },
        ],
        gaps=[
            {
                "text": "The ending tells that something was learned, not what.",
                "fix": "End with the one rule you work by since then.",
                "dimension": "reflection",
                "evidence": evidence(0, "everyone learned a lot"),
            },
            {
                "text": "It stays open whether all 312 got their money back.",
                "fix": "Give the figure: how many refunds were right the first time?",
                "dimension": "specific",
                "evidence": None,
            },
        ],
        missing_facts=["How many refunds were right the first time?", "Has it happened again since?"],
        answer_type="story",
        star={
            "applies": True,
            "elements": [
                part(0, "situation", "present", 0.3, "312 customers were charged twice"),
                part(0, "task", "absent", 0),
                part(
                    0,
                    "action",
                    "present",
                    0.6,
                    "stopped the job within ten minutes",
                    "Then I listed the affected accounts with one query",
                ),
                part(0, "result", "thin", 0.1, "everyone learned a lot"),
            ],
        },
        notices=["instruction_attempt_ignored", "transcript_edited"],
        quotes_dropped=2,
        provenance={
            "provider": "gemini",
            "model": "gemini-3.5-flash-lite",
            "prompt_version": "answer-2",
            "rubric_version": "behavioural-1",
            "fallback_reason": None,
            "input_hash": "sha256:0",
            "created_at": NOW,
        },
    )


def second_analysis() -> Json:
    return analysis(
        1,
        score=score(2.4, 1.9, 3.0, "developing", "high"),
        headline="The right first step; what comes after it is missing.",
        dimensions=[
            dimension(
                1,
                "depth",
                "Depth and trade-offs",
                2,
                "Names a tool or step without saying why it helps.",
                "Explains why the step helps and what else was considered.",
                "",
                "look at the query plan and compare it with the old one",
            )
        ],
        key_points=[
            {
                "id": "a",
                "text": "Compares the plan now with the plan before",
                "covered": True,
                "evidence": [evidence(1, "look at the query plan and compare it with the old one")],
            },
            {
                "id": "b",
                "text": "Looks for locks, load and other queries at the same time",
                "covered": False,
                "evidence": [],
            },
        ],
        strengths=[
            {
                "text": "Begins by measuring instead of guessing.",
                "evidence": evidence(1, "First I would look at the query plan"),
            }
        ],
        gaps=[
            {
                "text": "Stops at one cause.",
                "fix": "Name two more causes and how you would rule each of them out.",
                "dimension": "depth",
                "evidence": None,
            }
        ],
    )


def insufficient_analysis(index: int) -> Json:
    return analysis(
        index,
        status="insufficient",
        status_reason="The answer has 3 words. From about 25 words on there is something to judge.",
    )


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
                "note": "Up from 3.0 last time.",
            },
            {
                "competency_id": "data-stores",
                "previous": None,
                "change": None,
                "n_previous": 0,
                "other_rubric": 1,
                "note": "Judged by another version of the rubric before, so the figures are not compared.",
            },
        ],
        "delivery_comparison": {
            "previous_interview_id": "0190aaaa-0000-7000-8000-000000000009",
            "previous_completed_at": "2026-11-15T10:00:00Z",
            "changes": [
                {"metric": "hedges", "now": 0.8, "previous": 1.6, "difference": -0.8, "note": "0.8 less than last time."}
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
                    {"metric": "hedges", "label": "Hedging phrases", "unit": "per 100 words", "median": 0.8, "answers": 4},
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
    return pending_report() | {"revealed_at": None}


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
        "answered": 1,
        "scored": 0,
        "not_scored": [
            {"question_id": "0190cccc-0000-7000-8000-000000000003", "reason": "The answer was too short to judge."}
        ],
    }
    whole["answers"] = [report_answer(2, "insufficient", insufficient_analysis(2))]
    return whole


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
    summary(6, report_status="pending"),
]


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

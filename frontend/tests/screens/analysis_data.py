"""Analyses of answers, for looking at the screens that show them. Shapes as in openapi.json."""

from __future__ import annotations

from typing import Any

from data import ANSWERS, NOW, Json


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


def unlinked_analysis() -> Json:
    """A story that no word links to its question: how it is told is judged, without a score."""
    told = first_analysis()
    judged = {"specific", "structure"}
    others = {"level": None, "anchor": None, "next_anchor": None, "evidence": [], "rationale": "Not judged without AI."}
    return analysis(
        0,
        status="insufficient",
        status_reason="No words link this story to the question, so without AI it cannot be told whether it is about "
        "it. That says nothing about how good it is. How it is told is judged all the same, without a score.",
        dimensions=[one if one["id"] in judged else one | others for one in told["dimensions"]],
        missing_facts=told["missing_facts"],
        star=told["star"],
    )

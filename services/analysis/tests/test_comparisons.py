"""What is set beside other interviews, without a database."""

from typing import Any

import pytest
from analysis.models import Report
from analysis.use_cases.delivery_summary import compare_delivery
from analysis.use_cases.trends import majors, trends_of
from contracts.analysis import DeliverySummary, InterviewReport
from contracts.interview import LevelRef
from kit.clock import now
from kit.ids import new_id


def document(value: float, *versions: str, delivery: dict[str, Any] | None = None) -> InterviewReport:
    score = {"value": value, "low": value - 0.3, "high": value + 0.3, "band": "solid", "uncertainty": "low"}
    return InterviewReport.model_validate(
        {
            "interview_id": new_id(),
            "status": "done",
            "coverage": {"planned": 1, "answered": 1, "scored": 1, "not_scored": []},
            "overall": {"score": None, "why_not_shown": "One answer."},
            "competencies": [
                {
                    "competency": {"id": "ownership", "label": "Ownership"},
                    "score": score | {"computed_by": "mean_of_answers_v1"},
                    "questions": 1,
                    "best_evidence": None,
                    "rubric_versions": versions,
                }
            ],
            "priorities": [],
            "kept_well": [],
            "limits": [],
            "created_at": now(),
            "delivery_summary": delivery,
        }
    )


MID, SENIOR = LevelRef(id="mid", label="Mid-level"), LevelRef(id="senior", label="Senior")


def earlier(one: InterviewReport, level: LevelRef = MID) -> Report:
    return Report(interview_id=one.interview_id, report=one, level=level, completed_at=now())


def spoken(pace: float, source: str = "voice") -> dict[str, Any]:
    figure = {"metric": "pace", "label": "Pace", "unit": "words per minute", "median": pace, "answers": 2}
    return {"source": source, "figures": [figure], "not_measured": []}


@pytest.mark.parametrize(
    ("version", "major"),
    [
        ("behavioural-1", "behavioural-1"),
        ("behavioural-3.2", "behavioural-3"),
        ("behavioural-edited-3.2", "behavioural-edited-3"),
        ("2.0.1", "2"),
        ("first", "first"),
    ],
)
def test_major_version_is_what_comes_before_the_point(version: str, major: str) -> None:
    assert majors([version]) == {major}


def test_trend_never_mixes_major_versions_of_a_rubric() -> None:
    now_ = document(3.8, "behavioural-2.1")
    before = [earlier(document(2.0, "behavioural-1")), earlier(document(3.0, "behavioural-2")), earlier(document(1.5))]
    [trend] = trends_of(now_, MID, before)
    assert (trend.previous, trend.change, trend.n_previous, trend.other_rubric) == (3.0, 0.8, 1, 2)
    assert trend.note == "Up from 3.0 last time. 2 made with another rubric left out."
    [marked] = trends_of(now_, MID, before[:1])
    assert (marked.previous, marked.change, marked.n_previous, marked.other_rubric) == (None, None, 0, 1)
    assert "another version of the rubric" in marked.note


def test_trend_never_mixes_an_edited_rubric_with_a_shipped_one() -> None:
    now_ = document(3.8, "behavioural-edited-3.1")
    before = [earlier(document(2.0, "behavioural-3")), earlier(document(3.0, "behavioural-edited-3"))]
    [trend] = trends_of(now_, MID, before)
    assert (trend.previous, trend.n_previous, trend.other_rubric) == (3.0, 1, 1)


def test_trend_never_mixes_levels_of_experience() -> None:
    now_ = document(3.8, "behavioural-2.1")
    before = [earlier(document(2.0, "behavioural-2"), SENIOR), earlier(document(3.0, "behavioural-2"))]
    before += [earlier(document(4.0, "behavioural-1"), SENIOR)]
    [trend] = trends_of(now_, MID, before)
    assert (trend.previous, trend.change, trend.n_previous) == (3.0, 0.8, 1)
    assert (trend.other_rubric, trend.other_level) == (1, 1)
    assert trend.note == (
        "Up from 3.0 last time. 1 made with another rubric left out. 1 made for another level of experience left out."
    )
    [marked] = trends_of(now_, MID, before[:1])
    assert (marked.previous, marked.n_previous, marked.other_rubric, marked.other_level) == (None, 0, 0, 1)
    assert marked.note == "Judged for another level of experience before, so the figures are not compared."


def test_delivery_is_compared_with_the_newest_interview_of_the_same_kind() -> None:
    before = [earlier(document(3, delivery=spoken(90, "typed"))), earlier(document(3, delivery=spoken(120)))]
    compared = compare_delivery(DeliverySummary.model_validate(spoken(150)), before)
    assert compared is not None
    assert compared.previous_interview_id == before[1].interview_id
    [change] = compared.changes
    assert (change.previous, change.difference, change.note) == (120, 30, "Up from 120 last time.")


def test_what_was_not_measured_last_time_has_no_difference() -> None:
    nothing = {"source": "voice", "figures": [], "not_measured": []}
    compared = compare_delivery(DeliverySummary.model_validate(spoken(150)), [earlier(document(3, delivery=nothing))])
    assert compared is not None
    [change] = compared.changes
    assert (change.previous, change.difference, change.note) == (None, None, "Not measured last time.")


def test_spoken_and_typed_together_are_not_compared() -> None:
    compared = compare_delivery(
        DeliverySummary.model_validate(spoken(150, "mixed")), [earlier(document(3, delivery=spoken(120, "mixed")))]
    )
    assert compared is not None
    assert compared.changes == []
    assert compared.why_not_shown is not None

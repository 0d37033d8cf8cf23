"""How a competency came out before.

Figures of two major versions of a rubric, or of two levels of experience, are never set against each other: a level of
the rubric means something else there.
"""

import re
from collections.abc import Sequence

from contracts.analysis import CompetencyResult, InterviewReport
from contracts.interview import LevelRef

from analysis.models import Report
from analysis.schemas import CompetencyTrend

OTHER_LEVEL = "Judged for another level of experience before, so the figures are not compared."
FIRST = "Seen for the first time."
OTHER_RUBRIC = "Judged by another version of the rubric before, so the figures are not compared."


def trends_of(document: InterviewReport, level: LevelRef, earlier: Sequence[Report]) -> list[CompetencyTrend]:
    """Return each competency beside the earlier reports, which come newest first; `level` is that of the document."""
    return [_trend(one, level, earlier) for one in document.competencies]


def majors(versions: Sequence[str]) -> frozenset[str]:
    """Return the versions without what follows the major number: "behavioural-3.1" is "behavioural-3"."""
    return frozenset(re.sub(r"(\d+)[.\d]*$", r"\1", one) for one in versions)


def _trend(result: CompetencyResult, level: LevelRef, earlier: Sequence[Report]) -> CompetencyTrend:
    before = [
        (one, report.level.id == level.id)
        for report in earlier
        if report.report is not None
        for one in report.report.competencies
        if one.competency.id == result.competency.id
    ]
    rubric = majors(result.rubric_versions)
    by_rubric = [(one, here) for one, here in before if rubric and majors(one.rubric_versions) == rubric]
    same = [one for one, here in by_rubric if here]
    other = len(before) - len(by_rubric)
    elsewhere = len(by_rubric) - len(same)
    if not same:
        return CompetencyTrend(
            competency_id=result.competency.id,
            previous=None,
            change=None,
            n_previous=0,
            other_rubric=other,
            other_level=elsewhere,
            note=OTHER_LEVEL if elsewhere else OTHER_RUBRIC if other else FIRST,
        )
    previous = same[0].score
    left_out = [
        f" {other} made with another rubric left out." if other else "",
        f" {elsewhere} made for another level of experience left out." if elsewhere else "",
    ]
    return CompetencyTrend(
        competency_id=result.competency.id,
        previous=previous.value,
        change=round(result.score.value - previous.value, 2),
        n_previous=len(same),
        other_rubric=other,
        other_level=elsewhere,
        note=_note(result, same[0]) + "".join(left_out),
    )


def _note(now: CompetencyResult, before: CompetencyResult) -> str:
    """Say what changed; while each figure lies in the other's range, nothing did for sure."""
    new, old = now.score, before.score
    if old.low <= new.value <= old.high and new.low <= old.value <= new.high:
        return f"No clear change from {old.value:.1f} last time."
    return f"{'Up' if new.value > old.value else 'Down'} from {old.value:.1f} last time."

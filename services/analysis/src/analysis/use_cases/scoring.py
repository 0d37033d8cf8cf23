"""From levels to a figure: the only place where a score comes from."""

import hashlib

from contracts.analysis import (
    AnswerAnalysis,
    AnswerNotice,
    Band,
    DimensionResult,
    Provenance,
    Score,
    Uncertainty,
)
from kit.clock import now

from analysis.delivery import delivery_of
from analysis.engines.port import Judgement
from analysis.models import Analysis

COMPUTED_BY = "weighted_mean_v1"
DISAGREEMENT = 1.5  # of 4 possible points between two raters
MARGIN: dict[Uncertainty, float] = {"low": 0.3, "medium": 0.6, "high": 1.0}
BANDS: tuple[tuple[float, Band], ...] = ((1.75, "beginning"), (2.75, "developing"), (3.5, "solid"), (4.25, "strong"))
NOTHING_JUDGED = "Nothing in the answer could be judged by the rubric."
NO_SCORE = " How it is told is judged all the same, without a score."
PART_JUDGED = "Only part of the rubric could be judged from this answer."


def score_of(judgement: Judgement) -> Score | None:
    """Return the weighted mean of the levels there are, with the range it may lie in; None without any level."""
    value = _mean(judgement.dimensions)
    if value is None:
        return None
    doubt = judgement.doubt
    second = judgement.second
    other = _mean(second.dimensions) if second is not None and second.insufficient is None else None
    if other is not None and abs(other - value) > DISAGREEMENT:
        doubt = "high"
    return figure(value, value - MARGIN[doubt], value + MARGIN[doubt], doubt, COMPUTED_BY)


def figure(value: float, low: float, high: float, uncertainty: Uncertainty, computed_by: str) -> Score:
    """Return a figure on the scale 1 to 5 with its band."""
    value, low, high = (round(min(5.0, max(1.0, one)), 2) for one in (value, low, high))
    return Score(value=value, low=low, high=high, band=band_of(value), uncertainty=uncertainty, computed_by=computed_by)


def band_of(value: float) -> Band:
    """Return the word for a figure."""
    return next((band for limit, band in BANDS if value < limit), "exceptional")


def analysis_of(row: Analysis, judgement: Judgement, fallback_reason: str | None) -> AnswerAnalysis:
    """Write the document of one answer's analysis."""
    score = None if judgement.insufficient else score_of(judgement)
    status, reason = "done", None
    if score is None:
        told = any(one.level is not None for one in judgement.dimensions)
        reason = (judgement.insufficient or NOTHING_JUDGED) + (NO_SCORE if told else "")
        status = "insufficient"
    elif judgement.second is not None and _judged_share(judgement.dimensions) < 0.5:  # noqa: PLR2004  # half
        status, reason = "partial", PART_JUDGED
    delivery = delivery_of(row.text, row.source, row.transcript, row.question.suggested_seconds)
    return AnswerAnalysis.model_validate(
        {
            "answer_id": row.answer_id,
            "question_id": row.question_id,
            "attempt": row.attempt,
            "status": status,
            "status_reason": reason,
            "provenance": Provenance(
                provider=judgement.provider,
                model=judgement.model,
                prompt_version=judgement.prompt_version,
                rubric_version=row.question.rubric.version,
                fallback_reason=fallback_reason,
                input_hash=_input_hash(row),
                created_at=now(),
            ),
            "words": delivery.length.words,  # one count wherever a report says how long an answer is
            "score": score,
            "headline": judgement.headline,
            "dimensions": judgement.dimensions,
            "key_points": judgement.key_points,
            "strengths": judgement.strengths,
            "gaps": judgement.gaps,
            "missing_facts": judgement.missing_facts,
            "limits": judgement.limits,
            "answer_type": judgement.answer_type,
            "star": judgement.star,
            "notices": _notices(row, judgement),
            "quotes_dropped": judgement.quotes_dropped,
            "delivery": delivery,
        }
    )


def _notices(row: Analysis, judgement: Judgement) -> tuple[AnswerNotice, ...]:
    """Name what a reader should know about how this came about."""
    found: list[AnswerNotice] = ["instruction_attempt_ignored"] if judgement.instruction_attempt else []
    if row.transcript is not None and row.transcript.edit_ratio is None:
        found.append("transcript_incomplete")
    elif row.transcript is not None and row.transcript.edit_ratio:
        found.append("transcript_edited")
    return tuple(found)


def _mean(dimensions: tuple[DimensionResult, ...]) -> float | None:
    judged = [(one.weight, one.level) for one in dimensions if one.level is not None]
    weights = sum(weight for weight, _ in judged)
    return sum(weight * level for weight, level in judged) / weights if weights else None


def _judged_share(dimensions: tuple[DimensionResult, ...]) -> float:
    total = sum(one.weight for one in dimensions)
    return sum(one.weight for one in dimensions if one.level is not None) / total if total else 0.0


def _input_hash(row: Analysis) -> str:
    """Name what was judged: two results with the same hash are about the same words and the same rubric."""
    judged = f"{row.question.model_dump_json()}\n{row.role.id}\n{row.level.id}\n{row.text}"
    return f"sha256:{hashlib.sha256(judged.encode()).hexdigest()}"

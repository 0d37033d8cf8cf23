"""The report, computed from the analyses by rules; no model writes any of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.analysis import (
    AnswerAnalysis,
    CompetencyResult,
    Coverage,
    DimensionResult,
    Evidence,
    InterviewReport,
    KeptWell,
    NotScored,
    Overall,
    Priority,
    QuotedEvidence,
    ReportStatus,
    Score,
    Uncertainty,
)
from contracts.interview import CompetencyRef, InterviewCompleted
from kit.clock import now

from analysis.engines.offline.guards import NOT_ENGLISH
from analysis.models import Analysis
from analysis.use_cases.advice import advice
from analysis.use_cases.consistency import differing_figures
from analysis.use_cases.delivery_summary import summarise_delivery
from analysis.use_cases.planning import plan
from analysis.use_cases.scoring import figure

ENOUGH_ANSWERS = 3
COMPUTED_BY = "mean_of_answers_v1"
NOT_ANSWERED = "Not answered."
ESTIMATE = "Scores are an estimate for practice, not a prediction of any decision."
MOST_PRIORITIES = 3
MOST_KEPT = 3
GOOD_LEVEL = 4
SOLID = 3.0
QUOTE_LENGTH = 160  # characters of an answer that is quoted as a whole


@dataclass(frozen=True, slots=True)
class Scored:
    """An answer with a score."""

    row: Analysis
    analysis: AnswerAnalysis
    score: Score


def summarise(completion: InterviewCompleted, rows: Sequence[Analysis]) -> InterviewReport:
    """Write the report of a finished interview from the analyses of its answers, all of them ended."""
    by_answer = {row.answer_id: row for row in rows}
    expected = [by_answer[one.answer_id] for one in completion.questions if one.answer_id is not None]
    scored = [
        Scored(row, row.result, row.result.score)
        for row in expected
        if row.result is not None and row.result.score is not None
    ]
    coverage = Coverage(
        planned=len(completion.questions),
        answered=len(expected),
        scored=len(scored),
        not_scored=tuple(_not_scored(completion, by_answer)),
    )
    competencies = _competencies(completion, scored)
    priorities = _priorities(expected, scored)
    return InterviewReport.model_validate(
        {
            "interview_id": completion.interview_id,
            "status": _status(expected, scored),
            "coverage": coverage,
            "overall": _overall(scored),
            "competencies": competencies,
            "priorities": priorities,
            "kept_well": _kept_well(scored),
            "limits": _limits(coverage, scored),
            "created_at": now(),
            "rubric_versions": sorted({one.analysis.provenance.rubric_version for one in scored}),
            "consistency": differing_figures(expected),
            "delivery_summary": summarise_delivery(expected),
            "next_plan": plan(expected, priorities, competencies),
        }
    )


def _not_scored(completion: InterviewCompleted, by_answer: dict[UUID, Analysis]) -> Iterable[NotScored]:
    for question in completion.questions:
        row = by_answer.get(question.answer_id) if question.answer_id else None
        if row is None:
            yield NotScored(question_id=question.question_id, reason=NOT_ANSWERED)
        elif row.result is None or row.result.score is None:
            yield NotScored(question_id=question.question_id, reason=row.status_reason or "")


def _status(expected: Sequence[Analysis], scored: Sequence[Scored]) -> ReportStatus:
    if not scored:
        return "failed" if any(row.status == "failed" for row in expected) else "insufficient"
    return "done" if len(scored) == len(expected) else "partial"


def _overall(scored: Sequence[Scored]) -> Overall:
    if len(scored) < ENOUGH_ANSWERS:
        answers = "1 answer has" if len(scored) == 1 else f"{len(scored) or 'No'} answers have"
        reason = f"{answers} a score; an overall figure needs at least {ENOUGH_ANSWERS}."
        return Overall(score=None, why_not_shown=reason)
    return Overall(score=_mean([one.score for one in scored]), why_not_shown=None)


def _mean(scores: Sequence[Score]) -> Score:
    count = len(scores)
    return figure(
        sum(one.value for one in scores) / count,
        sum(one.low for one in scores) / count,
        sum(one.high for one in scores) / count,
        _doubt([one.uncertainty for one in scores]),
        COMPUTED_BY,
    )


def _doubt(doubts: Sequence[Uncertainty]) -> Uncertainty:
    """Return the doubt that at least half of the scores have."""
    high = sum(one == "high" for one in doubts)
    some = sum(one != "low" for one in doubts)
    if 2 * high >= len(doubts):
        return "high"
    return "medium" if 2 * some >= len(doubts) else "low"


def _competencies(completion: InterviewCompleted, scored: Sequence[Scored]) -> tuple[CompetencyResult, ...]:
    """Return each competency that has a score, in the order the interview asked for them."""
    known: dict[str, CompetencyRef] = {one.competency.id: one.competency for one in completion.questions}
    results = []
    for name, competency in known.items():
        answers = [one for one in scored if one.row.question.competency.id == name]
        if answers:
            best = max(answers, key=lambda one: one.score.value)
            results.append(
                CompetencyResult(
                    competency=competency,
                    score=_mean([one.score for one in answers]),
                    questions=len(answers),
                    best_evidence=_quoted(best, _best_evidence(best.analysis)),
                    rubric_versions=tuple(sorted({one.analysis.provenance.rubric_version for one in answers})),
                )
            )
    return tuple(results)


def _priorities(expected: Sequence[Analysis], scored: Sequence[Scored]) -> tuple[Priority, ...]:
    """Return what would help most: too short answers first, then the scales with the most to gain."""
    found = [*_say_more(expected), *_weak_scales(scored), *_link(expected)]
    return tuple(
        Priority(rank=rank, text=text, why=why, do_next=do_next, evidence=evidence, redo_question_ids=redo)
        for rank, (text, why, do_next, evidence, redo) in enumerate(found[:MOST_PRIORITIES], start=1)
    )


_Found = tuple[str, str, str, tuple[QuotedEvidence, ...], tuple[UUID, ...]]


def _say_more(expected: Sequence[Analysis]) -> Iterable[_Found]:
    short = [row for row in expected if row.status == "insufficient" and row.text.strip() and not _told(row)]
    foreign = [row for row in short if row.status_reason == NOT_ENGLISH]
    kinds = (
        (
            [row for row in short if row not in foreign],
            "Give answers that can be judged.",
            "Answer these questions again, in a few full sentences of your own.",
        ),
        (
            foreign,
            "Answer in English.",
            "Answer these questions again in English. Other languages can be judged with AI only.",
        ),
    )
    answers = "answer" if len(expected) == 1 else "answers"
    for rows, text, do_next in kinds:
        if rows:
            why = (
                f"{len(rows)} of {len(expected)} {answers} could not be judged; "
                f"for question {rows[0].question.position} the reason is: {rows[0].status_reason}"
            )
            quotes = tuple(QuotedEvidence(answer_id=row.answer_id, quote=_beginning(row.text)) for row in rows[:2])
            yield text, why, do_next, quotes, tuple(row.question_id for row in rows[:2])


def _link(expected: Sequence[Analysis]) -> Iterable[_Found]:
    """What helps a story that may be a good one, while no words show that it is about the question."""
    stories = [row for row in expected if row.status == "insufficient" and _told(row)]
    if stories:
        told = "1 story has" if len(stories) == 1 else f"{len(stories)} stories have"
        yield (
            "Say how your story answers the question.",
            f"{told} no score, because no words link it to its question. That says nothing about how good it is.",
            "Begin with one sentence that takes up what was asked, then tell the same story.",
            tuple(QuotedEvidence(answer_id=row.answer_id, quote=_beginning(row.text)) for row in stories[:2]),
            tuple(row.question_id for row in stories[:2]),
        )


def _told(row: Analysis) -> bool:
    return row.result is not None and any(one.level is not None for one in row.result.dimensions)


def _weak_scales(scored: Sequence[Scored]) -> Iterable[_Found]:
    """Group the levels by scale; the gain is what the answers would win if none were below a good level."""
    scales: dict[str, list[tuple[Scored, DimensionResult]]] = {}
    for one in scored:
        for dimension in one.analysis.dimensions:
            if dimension.level is not None:
                scales.setdefault(dimension.id, []).append((one, dimension))
    gains = {
        name: sum(found.weight * max(0, GOOD_LEVEL - (found.level or 0)) for _, found in results)
        for name, results in scales.items()
    }
    for name in sorted(gains, key=lambda one: (-gains[one], one)):
        results = sorted(scales[name], key=lambda pair: pair[1].level or 0)
        below = [pair for pair in results if (pair[1].level or 0) < GOOD_LEVEL]
        weakest = below[0][1] if below else None
        if weakest is None or weakest.next_anchor is None:
            continue
        mean = sum(found.level or 0 for _, found in results) / len(results)
        evidence = [_quoted(one, _evidence_for(one, found)) for one, found in below[:2]]
        yield (
            advice(name, weakest.label),
            (
                f"{weakest.label}: level {mean:.1f} on average, below {GOOD_LEVEL} in {len(below)} of {len(results)} "
                "scored answers."
            ),
            _next_action(below[0][0], name) or _what_is_good(below[0][0], weakest),
            tuple(quote for quote in evidence if quote is not None),
            (below[0][0].row.question_id,),
        )


def _next_action(weakest: Scored, dimension: str) -> str | None:
    """Return the first step in the weakest answer, when its analysis names one."""
    gap = next((one for one in weakest.analysis.gaps if one.dimension == dimension), None)
    return f"Begin with question {weakest.row.question.position}. {gap.text} {gap.fix}" if gap else None


def _what_is_good(weakest: Scored, scale: DimensionResult) -> str:
    """Return the good level of the rubric: the level above "no order" is nothing to aim for."""
    question = weakest.row.question
    rubric = next((one for one in question.rubric.dimensions if one.id == scale.id), None)
    good = rubric.anchors[GOOD_LEVEL - 1] if rubric else scale.next_anchor
    return f"Begin with question {question.position}. A good answer reads: {good}"


def _kept_well(scored: Sequence[Scored]) -> tuple[KeptWell, ...]:
    """Return what was done well, from the best answers; at least the best scale when nothing was named."""
    best_first = sorted(scored, key=lambda one: -one.score.value)
    kept: dict[str, KeptWell] = {}
    for one in best_first:
        if kept and one.score.value < SOLID:
            break  # a point found in a weak answer is the likeliest to be chance
        for strength in one.analysis.strengths[:1]:
            quote = _quoted(one, strength.evidence)
            if quote is not None:
                kept.setdefault(strength.text, KeptWell(text=strength.text, evidence=(quote,)))
    if not kept:
        for one in best_first:
            levels = [found for found in one.analysis.dimensions if found.level is not None and found.evidence]
            if levels:
                top = max(levels, key=lambda found: found.level or 0)
                quote = _quoted(one, top.evidence[0])
                if quote is not None and (top.level or 0) > 1:
                    kept[top.label] = KeptWell(text=f"{top.label}: {top.anchor}", evidence=(quote,))
                    break
    return tuple(kept.values())[:MOST_KEPT]


def _limits(coverage: Coverage, scored: Sequence[Scored]) -> tuple[str, ...]:
    limits: dict[str, None] = {}
    unanswered = coverage.planned - coverage.answered
    if unanswered:
        limits[f"{unanswered} of {coverage.planned} questions were not answered."] = None
    if coverage.answered > coverage.scored:
        limits[f"{coverage.answered - coverage.scored} of {coverage.answered} answers have no score."] = None
    fallbacks = [one.analysis.provenance.fallback_reason for one in scored if one.analysis.provenance.fallback_reason]
    if fallbacks:
        answers = "1 answer was" if len(fallbacks) == 1 else f"{len(fallbacks)} answers were"
        limits[f"{answers} judged without AI, because: {fallbacks[0]}."] = None
    for one in scored:
        limits.update(dict.fromkeys(one.analysis.limits))
    limits[ESTIMATE] = None
    return tuple(limits)


def _best_evidence(analysis: AnswerAnalysis) -> Evidence | None:
    levels = [one for one in analysis.dimensions if one.level is not None and one.evidence]
    best = max(levels, key=lambda one: one.level or 0, default=None)
    return best.evidence[0] if best else None


def _evidence_for(scored: Scored, dimension: DimensionResult) -> Evidence | None:
    """Return the words the low level rests on; a level for something missing rests on the answer as a whole."""
    if dimension.evidence:
        return dimension.evidence[0]
    text = _beginning(scored.row.text)
    start = scored.row.text.find(text)
    return Evidence(quote=text, start=start, end=start + len(text)) if text else None


def _quoted(scored: Scored, evidence: Evidence | None) -> QuotedEvidence | None:
    return QuotedEvidence(answer_id=scored.row.answer_id, quote=evidence.quote) if evidence else None


def _beginning(text: str) -> str:
    """Return the first words of an answer as they stand."""
    text = text.strip()
    return text if len(text) <= QUOTE_LENGTH else text[:QUOTE_LENGTH].rsplit(maxsplit=1)[0]

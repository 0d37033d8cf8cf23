"""The engine that needs no key: it checks what an answer covers and how concrete it is, not whether it is true."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from contracts.analysis import DimensionResult, Evidence, Gap, KeyPointResult, Level, Strength, Uncertainty
from contracts.interview import Question, RubricDimension

from analysis.engines.forbidden import about_the_answer
from analysis.engines.instructions import instructions_in
from analysis.engines.offline.coverage import Coverage, cover
from analysis.engines.offline.detail import (
    Details,
    Finding,
    concrete_detail,
    specific_evidence,
    structure,
)
from analysis.engines.offline.document import Document
from analysis.engines.offline.guards import ENOUGH_WORDS, NON_ANSWERS, too_little, unreadable
from analysis.engines.offline.story import answer_type, star, tells_what_happened
from analysis.engines.port import AnswerTask, Judgement
from analysis.engines.star import asks_for_a_story

VERSION = "coverage-3"
LONGEST = 20_000  # characters; the interview service takes no more
TOO_LONG = f"The answer is longer than {LONGEST:,} characters, which is more than can be judged."

COVERAGE_WEIGHT = 0.5  # the rubric's own scales share the other half
DETAIL_WEIGHT = 0.15
UNLINKED = (
    "No words link this story to the question, so without AI it cannot be told whether it is about it. That says "
    "nothing about how good it is."
)
NOT_JUDGED = "Not judged without AI."
OFF_TOPIC = "Not judged, because the answer does not seem to deal with this question."
COVERAGE_ANCHORS = (
    "None, or hardly any, of the key points of a good answer were found.",
    "Some of the key points were found, fewer than about half.",
    "About half of the key points were found.",
    "Most or all of the key points were found.",
    "The key points are there and what is said about them is right, which needs AI or a person to judge.",
)
DETAIL_ANCHORS = (
    "Statements stand without reasons, numbers or examples.",
    "There is one kind of support: reasons, numbers or examples.",
    "Two kinds of support are there.",
    "Reasons, numbers and examples support the explanation.",
    "Reasons, numbers and examples are there and they are right, which needs AI or a person to judge.",
)
# What is counted is the same at every level of experience, and the rubric's sentences need not be: they may ask for
# what nobody looked for here. So a level that was counted comes with a sentence about what was counted.
SPECIFICITY_ANCHORS = (
    "Neither something done by the speaker nor an example was found.",
    "Something the speaker did, or an example, was found, but nothing to picture it by.",
    "Several own actions were found, with a number, a name or a moment they belong to.",
    "Several own actions were found, with a number and with a name or a constraint.",
    "Several own actions were found, with the state before and after.",
)
COUNTED = {"specificity": SPECIFICITY_ANCHORS}
STORY_FIX = "Add a sentence about it, from what you did and saw yourself."
EXPLANATION_FIX = "Add a sentence about it, and why it matters here."
LIMITS = (
    "Judged without AI: this checks which key points the answer covers and how concrete it is, not whether it is true.",
    "Points made in other words than expected may have been missed.",
)


Judge = Callable[[Document, Details], Finding]
HOW_IT_IS_TOLD: Mapping[str, Judge] = {"specificity": specific_evidence, "structure": structure}


class OfflineEngine:
    """Judges by the question's key points. Deterministic; what it costs, `benchmarks/golden.py` prints."""

    provider = "offline"

    async def judge(self, task: AnswerTask) -> Judgement:
        """Judge the answer; never raises for what the answer holds."""
        return judge(task)


def refuse(task: AnswerTask) -> Judgement | None:
    """Return why there is nothing to judge, whoever judges; None when there is something."""
    if too_long := _too_long(task):
        return too_long
    reason = too_little(_document(task))
    return _insufficient(reason, task.text) if reason else None


def judge(task: AnswerTask) -> Judgement:
    """Judge the answer by its words."""
    if too_long := _too_long(task):
        return too_long
    document = _document(task)
    if reason := too_little(document) or unreadable(document):
        return _insufficient(reason, task.text)
    coverage = cover(document, task.question)
    details = Details(document)
    if not coverage.on_topic and asks_for_a_story(task.question) and tells_what_happened(details):
        return _unlinked(document, details, task.question)
    doubt = _doubt(document, coverage)
    dimensions = (_coverage(coverage), *_dimensions(document, details, task.question, coverage))
    return Judgement(
        provider=OfflineEngine.provider,
        model=VERSION,
        prompt_version=None,
        headline=_headline(coverage, details, task.question),
        dimensions=tuple(_with_doubt(one, doubt) for one in dimensions),
        key_points=coverage.points,
        strengths=_strengths(coverage),
        gaps=_gaps(coverage, task.question),
        missing_facts=_missing_facts(details, task.question) if coverage.on_topic else (),
        limits=LIMITS,
        doubt=doubt,
        answer_type=answer_type(document, details, task.question) if coverage.on_topic else None,
        star=star(document, details, task.question),
        instruction_attempt=document.instructed,
    )


def _document(task: AnswerTask) -> Document:
    return Document(task.text, task.question.text, [point.text for point in task.question.key_points])


def _too_long(task: AnswerTask) -> Judgement | None:
    return _insufficient(TOO_LONG) if len(task.text) > LONGEST else None  # and not read any further


def _insufficient(reason: str, text: str = "") -> Judgement:
    return Judgement(
        OfflineEngine.provider,
        VERSION,
        None,
        insufficient=reason,
        limits=LIMITS[:1],
        answer_type="non_answer" if reason in NON_ANSWERS else None,
        instruction_attempt=bool(instructions_in(text)),
    )


def _unlinked(document: Document, details: Details, question: Question) -> Judgement:
    """Judge how a story is told. It may be about the question without a word of it; a score would claim to know."""
    dimensions = tuple(_with_doubt(one, "high") for one in _rubric(document, details, question, HOW_IT_IS_TOLD))
    return replace(
        _insufficient(UNLINKED, document.text),
        dimensions=dimensions,
        missing_facts=_missing_facts(details, question),
        limits=LIMITS,
        star=star(document, details, question),
    )


def _with_doubt(one: DimensionResult, doubt: Uncertainty) -> DimensionResult:
    """Say how sure a level is: never very, and less when no words of the answer stand for it."""
    if one.level is None:
        return one
    unsure: Uncertainty = doubt if one.evidence else "high"
    return one.model_copy(update={"uncertainty": unsure, "rater_levels": (one.level,)})


def _coverage(coverage: Coverage) -> DimensionResult:
    found = [point.evidence[0] for point in coverage.points if point.evidence]
    said = f"{coverage.covered} of {len(coverage.points)} key points were found."
    if not coverage.on_topic:
        said = "Nothing in the answer links it to what was asked."
    finding = Finding(coverage.level, said, tuple(found[:3]))
    return _result("coverage", "Key points covered", COVERAGE_WEIGHT, COVERAGE_ANCHORS, finding)


def _dimensions(document: Document, details: Details, question: Question, coverage: Coverage) -> list[DimensionResult]:
    if not coverage.on_topic:  # details of another matter are no merit here
        return [_unjudged(one, OFF_TOPIC) for one in question.rubric.dimensions]
    # What somebody would do has no situation, task and result to recognise, and no names and figures yet.
    judged = {} if question.kind == "situational" else HOW_IT_IS_TOLD
    results = _rubric(document, details, question, judged)
    if not any(one.id in judged for one in question.rubric.dimensions):
        finding = concrete_detail(document, details)
        results.insert(0, _result("detail", "Reasons, numbers, examples", DETAIL_WEIGHT, DETAIL_ANCHORS, finding))
    return results


def _rubric(
    document: Document, details: Details, question: Question, judged: Mapping[str, Judge]
) -> list[DimensionResult]:
    return [
        _result(
            one.id,
            one.label,
            one.weight * (1 - COVERAGE_WEIGHT),
            COUNTED.get(one.id, one.anchors),
            judged[one.id](document, details),
        )
        if one.id in judged
        else _unjudged(one, NOT_JUDGED)
        for one in question.rubric.dimensions
    ]


def _unjudged(one: RubricDimension, why: str) -> DimensionResult:
    return DimensionResult(
        id=one.id,
        label=one.label,
        weight=one.weight * (1 - COVERAGE_WEIGHT),
        level=None,
        anchor=None,
        next_anchor=None,
        rationale=why,
        evidence=(),
    )


def _result(name: str, label: str, weight: float, anchors: tuple[str, ...], finding: Finding) -> DimensionResult:
    level: Level = finding.level
    return DimensionResult(
        id=name,
        label=label,
        weight=round(weight, 4),
        level=level,
        anchor=anchors[level - 1],
        next_anchor=anchors[level] if level < len(anchors) else None,
        rationale=finding.rationale,
        evidence=finding.evidence,
    )


def _headline(coverage: Coverage, details: Details, question: Question) -> str:
    if not coverage.on_topic:
        return "The answer does not seem to deal with this question."
    said = f"Covers {coverage.covered} of {len(coverage.points)} key points"
    missing = question.kind == "behavioural" and not details.numbers
    return f"{said}; there is no number in it." if missing else f"{said}."


def _strengths(coverage: Coverage) -> tuple[Strength, ...]:
    # A single word may stand there for something else: it covers a point with doubt, and is no praise.
    covered = [
        point for point in coverage.points if point.covered and point.id in coverage.sure and _of_the_answer(point.text)
    ]
    return tuple(Strength(text=point.text, evidence=_first(point)) for point in covered[:3])


def _gaps(coverage: Coverage, question: Question) -> tuple[Gap, ...]:
    # No word to look for is named: an answer gets better by the point, not by the word.
    fix = STORY_FIX if question.kind == "behavioural" else EXPLANATION_FIX
    missing = [point for point in coverage.points if not point.covered and _of_the_answer(point.text)]
    return tuple(
        Gap(text=f"Not found: {point.text}", fix=fix, dimension="coverage", evidence=None) for point in missing[:3]
    )


def _missing_facts(details: Details, question: Question) -> tuple[str, ...]:
    """Ask for what a story lacks; what somebody would do or knows did not happen anywhere yet."""
    if question.kind != "behavioural":
        return ()
    facts = []
    if not details.numbers:
        facts.append("Which number would show the size of it, or the change?")
    if not details.actions:
        facts.append("Which part did you do yourself?")
    if not details.examples:
        facts.append("When and where did this happen?")
    return tuple(facts)


def _doubt(document: Document, coverage: Coverage) -> Uncertainty:
    """Never low: words are not their meaning. High where few words, or few that fit, had to do."""
    few = 2 * coverage.covered < len(coverage.points)
    return "high" if few or document.own_words < 2 * ENOUGH_WORDS else "medium"


@lru_cache(maxsize=20_000)  # key points, which many answers are held against
def _of_the_answer(point: str) -> bool:
    """Whether the point's text can be feedback: an author, or an AI, may have written it about the person."""
    return about_the_answer(point) == point.strip()


def _first(point: KeyPointResult) -> Evidence | None:
    return point.evidence[0] if point.evidence else None

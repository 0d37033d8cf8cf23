"""Makes of a line what the engines are given, and of their judgement what is written."""

from dataclasses import replace
from uuid import UUID

from contracts.analysis import Evidence, Uncertainty
from contracts.interview import CompetencyRef, KeyPoint, LevelRef, Question, RoleRef, Rubric, RubricDimension
from kit.sentence_ends import SENTENCE_END

from analysis.engines import offline
from analysis.engines.offline.grading import OTHER_LANGUAGE, grade, shipped
from analysis.engines.port import AnswerTask, Judgement
from analysis.scoring_command.lines import Line, Point
from analysis.scoring_command.results import Confidence, Outcome
from analysis.use_cases.scoring import NOTHING_JUDGED, score_of

EXPECTATION = "The answer says what is asked for, correctly and completely."
CORRECTNESS = RubricDimension(
    id="correctness",
    label="Correctness",
    weight=1,
    anchors=(
        "Nothing of what is asked for is there, or it is wrong.",
        "A small part of what is asked for is there, or most of it is wrong.",
        "About half of what is asked for is there and right.",
        "Most of what is asked for is there and right; something smaller is missing.",
        "Everything that is asked for is there and right.",
    ),
)
NOT_IN_USE = UUID(int=0)  # the engines join nothing by it
CONFIDENCE: dict[Uncertainty, Confidence] = {"low": "high", "medium": "medium", "high": "low"}


def points_of(line: Line) -> tuple[Point, ...]:
    """Return the key points; where there are none, the sentences of the reference answer are what is looked for."""
    if line.points:
        return line.points
    said = [one.strip() for one in SENTENCE_END.split(line.reference or "") if one.strip()]
    return tuple(Point.model_construct(id=str(place), text=one, terms=()) for place, one in enumerate(said, start=1))


def task_of(line: Line) -> AnswerTask:
    """Return the line as an engine's task. No role and no level are given, so none are made up."""
    rubric = line.rubric
    if not isinstance(rubric, Rubric):
        expectation = rubric or EXPECTATION
        if line.reference:
            expectation += f" A full answer, as its author wrote it: {line.reference}"
        rubric = Rubric(id="reference", version="reference-1", expectation=expectation, dimensions=(CORRECTNESS,))
    question = Question(
        id=NOT_IN_USE,
        position=1,
        kind="technical",
        difficulty=3,
        competency=CompetencyRef(id="not-given", label="not given"),
        text=line.question,
        key_points=tuple(
            KeyPoint(id=one.id, text=one.text, terms=tuple(term.lower() for term in one.terms))
            for one in points_of(line)
        ),
        rubric=rubric,
        suggested_seconds=120,
    )
    unknown = {"id": "not-given"}
    role = RoleRef(**unknown, title="not given", family="not given")
    return AnswerTask(question=question, role=role, level=LevelRef(**unknown, label="not given"), text=line.answer)


def said_nothing(task: AnswerTask) -> Judgement | None:
    """Return why nobody need judge it: no words, or only that it is not known. A short answer is judged.

    So is one in another language: a model compares more than words.
    """
    found = grade(task.question.text, task.text, task.question.key_points)
    if found.reason is None or found.reason == OTHER_LANGUAGE:
        return None
    return Judgement(offline.OfflineEngine.provider, shipped().version, None, insufficient=found.reason)


def outcome_of_grade(line: Line) -> Outcome:
    """Return the result of the engine that needs no key: the trained mark itself, and not the product's rubric."""
    points = points_of(line)
    found = grade(line.question, line.answer, points, reference=line.reference)
    covered, missed = frozenset(found.covered), frozenset(found.missed)
    return Outcome(
        status=found.status,
        provider=offline.OfflineEngine.provider,
        model=shipped().version,
        score=found.score,
        level=found.level,
        confidence=found.confidence,
        reason=found.reason,
        evidence=[Evidence(quote=one.quote, start=one.start, end=one.end) for one in found.evidence],
        covered=[one for one in points if one.id in covered],
        missed=[one for one in points if one.id in missed],
    )


def outcome_of(line: Line, judgement: Judgement) -> Outcome:
    """Return the result; the figure on the scale 1 to 5 is the product's own, moved to 0 to 1."""
    figure = None if judgement.insufficient else score_of(judgement)
    if figure is None:
        # An answer that says nothing earns nothing; one whose scales the model left open was not judged.
        if judgement.insufficient is None:
            return Outcome("failed", judgement.provider, judgement.model, reason=NOTHING_JUDGED)
        nothing = Outcome("insufficient", judgement.provider, judgement.model, 0.0, reason=judgement.insufficient)
        return replace(nothing, missed=points_of(line))
    found = {one.id for one in judgement.key_points if one.covered}
    points = points_of(line)
    places = [place for one in judgement.key_points for place in one.evidence]
    places += [place for one in judgement.dimensions for place in one.evidence]
    evidence = {(one.start, one.end): one for one in places}
    return Outcome(
        status="scored",
        provider=judgement.provider,
        model=judgement.model,
        score=(figure.value - 1) / 4,
        level=int(figure.value + 0.5),
        confidence=CONFIDENCE[figure.uncertainty],
        evidence=[evidence[at] for at in sorted(evidence)],
        covered=[one for one in points if one.id in found],
        missed=[one for one in points if one.id not in found],
    )

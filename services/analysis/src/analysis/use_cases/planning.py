"""What to do next, in steps that take minutes."""

from collections.abc import Sequence
from math import ceil
from uuid import UUID

from contracts.analysis import CompetencyResult, PlanStep, Priority

from analysis.models import Analysis

MOST_STEPS = 3
LOW = 3.0


def plan(
    rows: Sequence[Analysis], priorities: Sequence[Priority], competencies: Sequence[CompetencyResult]
) -> tuple[PlanStep, ...]:
    """Return the questions to answer once more, by priority, then the competency to practise in a new interview."""
    questions = {row.question_id: row.question for row in rows}
    steps: dict[UUID, PlanStep] = {}
    for priority in priorities:
        for question_id in priority.redo_question_ids[:1]:
            question = questions[question_id]
            step = PlanStep(
                text=f"Answer question {question.position} once more. {priority.text}",
                minutes=ceil(question.suggested_seconds / 60),
                question_id=question_id,
            )
            steps.setdefault(question_id, step)
    ordered = [*steps.values()]
    weakest = min(competencies, key=lambda one: one.score.value, default=None)
    if weakest is not None and weakest.score.value < LOW:
        label = weakest.competency.label
        ordered.append(
            PlanStep(text=f"Practise {label} in a new interview for this role.", minutes=None, question_id=None)
        )
    return tuple(ordered[:MOST_STEPS])

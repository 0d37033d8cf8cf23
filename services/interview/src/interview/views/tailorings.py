"""How it is shown what an interview is tailored to."""

from collections.abc import Sequence

from contracts.interview import CompetencyRef

from interview import models
from interview.bank import catalogue
from interview.queries.tailorings import BroughtAlong
from interview.schemas import tailoring as schemas


def tailored_to_view(tailoring: models.Tailoring) -> schemas.TailoredTo:
    """Return what shaped the questions."""
    labels = {competency.id: competency.label for competency in catalogue().competencies}
    return schemas.TailoredTo(
        focus=[CompetencyRef(id=focus, label=labels.get(focus, focus)) for focus in tailoring.focus],
        weak_points=[CompetencyRef.model_validate(weak) for weak in tailoring.weak_points],
        has_job_description="job_description" in tailoring.given,
        has_resume="resume" in tailoring.given,
    )


def tailoring_view(interview: models.Interview, texts: BroughtAlong) -> schemas.Tailoring:
    """Return the same with the texts."""
    shaped = tailored_to_view(interview.tailoring) if interview.tailoring is not None else None
    return schemas.Tailoring(
        focus=shaped.focus if shaped else [],
        weak_points=shaped.weak_points if shaped else [],
        has_job_description=texts.job_description is not None,
        has_resume=texts.resume is not None,
        job_description=texts.job_description,
        resume=texts.resume,
    )


def weak_points_view(marks: Sequence[models.CompetencyMark]) -> schemas.WeakPoints:
    """Return what earlier reports say."""
    return schemas.WeakPoints(
        items=[
            schemas.WeakPoint(
                competency=CompetencyRef(id=mark.competency_id, label=mark.competency_label),
                value=mark.value,
                interview_id=mark.interview_id,
                reported_at=mark.reported_at,
            )
            for mark in marks
        ]
    )

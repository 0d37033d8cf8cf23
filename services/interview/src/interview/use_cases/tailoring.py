"""What a candidate brings along for an interview, and what earlier reports say."""

from collections.abc import Sequence
from uuid import UUID

from contracts.analysis import InterviewReport
from sqlalchemy.ext.asyncio import AsyncSession

from interview.bank import catalogue
from interview.documents import DocumentUse, remove_personal
from interview.errors import CompetencyUnknown, InterviewNotFound
from interview.models import CompetencyMark, Interview, Tailoring
from interview.queries import interviews, tailorings
from interview.schemas.interviews import NewInterview

# "Solid" begins at 3: what is below is worth another question.
_WEAK_BELOW = 3.0
_MOST_WEAK_POINTS = 3


async def tailoring_for(session: AsyncSession, candidate_id: UUID, choice: NewInterview) -> Tailoring | None:
    """Return what an interview is tailored to; None when nothing was brought along.

    The texts lose what names a person here, whether they were read from a file or pasted.

    Raises:
        CompetencyUnknown: the catalogue has no such focus area.
    """
    known = {competency.id for competency in catalogue().competencies}
    if not known.issuperset(choice.focus):
        raise CompetencyUnknown
    weak = await weak_points(session, candidate_id) if choice.use_history else ()
    job_description = _cleaned(choice.job_description, "job_description")
    resume = _cleaned(choice.resume, "resume")
    given = [name for name, text in (("job_description", job_description), ("resume", resume)) if text is not None]
    if not (choice.focus or weak or given):
        return None
    return Tailoring(
        focus=list(dict.fromkeys(choice.focus)),
        weak_points=[{"id": mark.competency_id, "label": mark.competency_label} for mark in weak],
        given=given,
        job_description=job_description,
        resume=resume,
    )


async def weak_points(session: AsyncSession, candidate_id: UUID) -> Sequence[CompetencyMark]:
    """Return what came out low when it was last looked at, weakest first, at most three."""
    known = {competency.id for competency in catalogue().competencies}
    low = [
        mark
        for mark in await tailorings.last_marks(session, candidate_id)
        if mark.value < _WEAK_BELOW and mark.competency_id in known
    ]
    return sorted(low, key=lambda mark: (mark.value, mark.competency_id))[:_MOST_WEAK_POINTS]


async def learn_marks(session: AsyncSession, interview: Interview, report: InterviewReport) -> None:
    """Remember what a report says about each competency."""
    await tailorings.replace_marks(
        session,
        interview.id,
        [
            CompetencyMark(
                interview_id=interview.id,
                competency_id=found.competency.id,
                competency_label=found.competency.label,
                candidate_id=interview.candidate_id,
                value=found.score.value,
                reported_at=report.created_at,
            )
            for found in {found.competency.id: found for found in report.competencies}.values()
        ],
    )


async def read_tailoring(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID
) -> tuple[Interview, tailorings.BroughtAlong]:
    """Return an interview of the candidate with the texts that were brought along for it.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    interview = await interviews.own(session, candidate_id, interview_id)
    if interview is None:
        raise InterviewNotFound
    return interview, await tailorings.texts(session, interview_id)


async def forget_texts(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> None:
    """Delete job description and résumé; the questions stay.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    interview = await interviews.lock_own(session, candidate_id, interview_id)
    if interview is None:
        raise InterviewNotFound
    if interview.tailoring is not None and interview.tailoring.given:
        interview.tailoring.forget_texts()
        interview.changed()


def _cleaned(text: str | None, use: DocumentUse) -> str | None:
    return (remove_personal(text, use).text if text else None) or None

"""What an interview is tailored to, and what earlier reports said."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import CompetencyMark, Interview, Tailoring


@dataclass(frozen=True, slots=True)
class BroughtAlong:
    """The texts of one interview."""

    job_description: str | None = None
    resume: str | None = None


async def texts(session: AsyncSession, interview_id: UUID) -> BroughtAlong:
    """Return the texts of an interview; both null when nothing was brought along."""
    statement = select(Tailoring.job_description, Tailoring.resume).where(Tailoring.interview_id == interview_id)
    row = (await session.execute(statement)).one_or_none()
    return BroughtAlong(*row) if row is not None else BroughtAlong()


async def last_marks(session: AsyncSession, candidate_id: UUID) -> Sequence[CompetencyMark]:
    """Return what the newest report says about each competency that any report looked at.

    A report that its candidate has not asked to see yet says nothing.
    """
    statement = (
        select(CompetencyMark)
        .join(Interview, Interview.id == CompetencyMark.interview_id)
        .where(CompetencyMark.candidate_id == candidate_id, Interview.report_revealed)
        .ext(distinct_on(CompetencyMark.competency_id))
        .order_by(CompetencyMark.competency_id, CompetencyMark.reported_at.desc())
    )
    return (await session.scalars(statement)).all()


async def replace_marks(session: AsyncSession, interview_id: UUID, marks: Sequence[CompetencyMark]) -> None:
    """Let these be what the report of an interview says."""
    await session.execute(delete(CompetencyMark).where(CompetencyMark.interview_id == interview_id))
    session.add_all(marks)

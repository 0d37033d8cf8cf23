"""One question, and what a candidate has been asked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Interview, Question
from interview.states import FINISHED_INTERVIEW


@dataclass(frozen=True, slots=True)
class PreparedQuestion:
    """A question of one of the candidate's interviews."""

    text: str
    competency_id: str
    bank_id: str | None
    prepared_at: datetime


async def prepared_for(session: AsyncSession, candidate_id: UUID) -> Sequence[PreparedQuestion]:
    """Return every question a candidate was asked or may still be asked.

    Follow-ups are not among them: they belong to an answer. Nor is one that was never shown in an interview that is
    over: nobody has seen it.
    """
    statement = (
        select(Question.text, Question.competency_id, Question.bank_id, Interview.created_at)
        .join(Interview, Question.interview_id == Interview.id)
        .where(
            Interview.candidate_id == candidate_id,
            Question.parent_id.is_(None),
            or_(Question.asked_at.is_not(None), Interview.status.not_in(FINISHED_INTERVIEW)),
        )
        .order_by(Interview.created_at, Question.position)
    )
    return [PreparedQuestion(*row) for row in await session.execute(statement)]


async def find(session: AsyncSession, interview_id: UUID, question_id: UUID) -> Question | None:
    """Return one question of an interview, without its draft and answers."""
    statement = select(Question).where(Question.id == question_id, Question.interview_id == interview_id)
    return (await session.scalars(statement)).one_or_none()


async def lock_history(session: AsyncSession, candidate_id: UUID) -> None:
    """Let only one transaction at a time add to a candidate's history."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(candidate_id), 0))))

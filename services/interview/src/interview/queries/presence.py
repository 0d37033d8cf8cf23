"""What was visible during the answers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Presence, Question


async def find(session: AsyncSession, question_id: UUID) -> Presence | None:
    """Return what was counted during the answer to one question."""
    return await session.get(Presence, question_id)


async def in_order(session: AsyncSession, interview_id: UUID) -> Sequence[Presence]:
    """Return what was counted during each answer, in the order of the questions."""
    statement = (
        select(Presence)
        .join(Question, Presence.question_id == Question.id)
        .where(Presence.interview_id == interview_id)
        .order_by(Question.position, Question.follow_up_number)
    )
    return (await session.scalars(statement)).all()


async def forget(session: AsyncSession, interview_id: UUID) -> None:
    """Delete all of it."""
    await session.execute(delete(Presence).where(Presence.interview_id == interview_id))

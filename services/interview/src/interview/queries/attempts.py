"""Finding further attempts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Attempt


async def of_question(session: AsyncSession, question_id: UUID) -> Sequence[Attempt]:
    """Return the further attempts at a question, in their order."""
    statement = select(Attempt).where(Attempt.question_id == question_id).order_by(Attempt.number)
    return (await session.scalars(statement)).all()


async def find(session: AsyncSession, question_id: UUID, number: int) -> Attempt | None:
    """Return one attempt."""
    statement = select(Attempt).where(Attempt.question_id == question_id, Attempt.number == number)
    return (await session.scalars(statement)).one_or_none()

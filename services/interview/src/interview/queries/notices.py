"""Finding notices."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Notice


async def find(session: AsyncSession, interview_id: UUID, notice_id: UUID) -> Notice | None:
    """Return one notice of an interview."""
    return await session.get(Notice, (interview_id, notice_id))


async def count(session: AsyncSession, interview_id: UUID) -> int:
    """Return how many notices an interview has."""
    return await session.scalar(select(func.count()).where(Notice.interview_id == interview_id)) or 0


async def oldest_first(session: AsyncSession, interview_id: UUID) -> Sequence[Notice]:
    """Return the notices of an interview in the order in which they began."""
    statement = select(Notice).where(Notice.interview_id == interview_id).order_by(Notice.started_at, Notice.id)
    return (await session.scalars(statement)).all()

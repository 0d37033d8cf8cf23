"""Wordings of follow-ups that were asked for ahead."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Wording


async def of(session: AsyncSession, question_id: UUID) -> Sequence[Wording]:
    """Return all that were asked for while a question was answered."""
    return (await session.scalars(select(Wording).where(Wording.question_id == question_id))).all()


async def ready_for(session: AsyncSession, question_id: UUID) -> Sequence[Wording]:
    """Return those that are there, the newest first."""
    statement = (
        select(Wording).where(Wording.question_id == question_id, Wording.status == "ready").order_by(Wording.id.desc())
    )
    return (await session.scalars(statement)).all()


async def find(session: AsyncSession, wording_id: UUID) -> Wording | None:
    """Return one."""
    return await session.get(Wording, wording_id)


async def lock(session: AsyncSession, wording_id: UUID) -> Wording | None:
    """Return one, to be changed."""
    return await session.get(Wording, wording_id, with_for_update=True)

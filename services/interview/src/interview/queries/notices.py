"""Notices, and the consent they were made under."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Consent, Notice


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


async def consent_at(
    session: AsyncSession, interview_id: UUID, *, given_before: datetime, not_withdrawn_at: datetime
) -> Consent | None:
    """Return the newest consent to notices that was given by one moment and still in force at another."""
    statement = (
        select(Consent)
        .where(
            Consent.interview_id == interview_id,
            Consent.capture == "face_monitoring",
            Consent.given_at <= given_before,
            or_(Consent.withdrawn_at.is_(None), Consent.withdrawn_at > not_withdrawn_at),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()

"""The ledger of consents."""

from collections.abc import Sequence
from uuid import UUID

from kit.pagination import Cursor
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Consent, Interview
from interview.statements import Capture


async def active(session: AsyncSession, interview_id: UUID, capture: Capture) -> Consent | None:
    """Return the consent in force, or None."""
    statement = select(Consent).where(
        Consent.interview_id == interview_id, Consent.capture == capture, Consent.withdrawn_at.is_(None)
    )
    return (await session.scalars(statement)).one_or_none()


async def given(session: AsyncSession, interview_id: UUID, capture: Capture) -> Sequence[Consent]:
    """Return every consent to a capture that was given for an interview, the first one first."""
    statement = (
        select(Consent).where(Consent.interview_id == interview_id, Consent.capture == capture).order_by(Consent.id)
    )
    return (await session.scalars(statement)).all()


async def newest_first(
    session: AsyncSession, candidate_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[tuple[Consent, str]]:
    """Return a candidate's consents with the role of the interview, one more than `limit` when there are more."""
    statement = (
        select(Consent, Interview.role_title)
        .join(Interview, Consent.interview_id == Interview.id)
        .where(Interview.candidate_id == candidate_id)
        .order_by(Consent.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(Consent.id < after.id)
    return [(consent, role_title) for consent, role_title in await session.execute(statement)]

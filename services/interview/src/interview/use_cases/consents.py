"""Whether a capture may happen."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import ConsentMissing
from interview.models import Consent


async def require(session: AsyncSession, interview_id: UUID, capture: str) -> Consent:
    """Let a capture pass while there is consent to it.

    Raises:
        ConsentMissing: it was never given, or was withdrawn.
    """
    statement = select(Consent).where(
        Consent.interview_id == interview_id, Consent.capture == capture, Consent.withdrawn_at.is_(None)
    )
    consent = (await session.scalars(statement)).first()
    if consent is None:
        raise ConsentMissing(capture)
    return consent

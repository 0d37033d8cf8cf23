"""What the AI costs: this service's own calls, and what the analysis service tells of its own.

Both are in one ledger, because an interview's allowance is one.
"""

from contracts.base import AiUsage, AiUsedEvent
from contracts.interview import InterviewAiUsed
from kit.ai import AISettings, Charge, Ledger, Usage, record_usage
from kit.database import Database
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import ai_usage


def ledger_of(database: Database, settings: AISettings) -> Ledger:
    """Return the ledger of this process."""
    return Ledger(database, ai_usage, settings, _tell)


async def note_usage(session: AsyncSession, event: AiUsedEvent) -> None:
    """Enter what another service used."""
    usage = Usage(**event.usage.model_dump())
    charge = Charge(event.candidate_id, event.interview_id, event.usage.purpose)
    await record_usage(session, ai_usage, charge, usage)


async def _tell(session: AsyncSession, charge: Charge, usage: Usage) -> None:
    told = AiUsage.model_validate(usage, from_attributes=True)
    await publish(session, InterviewAiUsed(interview_id=charge.job, candidate_id=charge.account, usage=told))

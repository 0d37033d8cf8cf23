"""What the AI cost."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admin.models import ai_usage


@dataclass(frozen=True, slots=True)
class Spending:
    """Sums over requests to AI providers; `cost_usd` is None when none of them had a known price."""

    requests: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal | None
    without_cost: int


async def spent_on(session: AsyncSession, interview_id: UUID) -> Spending:
    """Sum what one interview used."""
    return await _sum(session, ai_usage.c.job_id == interview_id)


async def spent_since(session: AsyncSession, moment: datetime) -> Spending:
    """Sum what everybody used."""
    return await _sum(session, ai_usage.c.used_at >= moment)


async def _sum(session: AsyncSession, which: ColumnElement[bool]) -> Spending:
    columns = ai_usage.c
    statement = select(
        func.count(),
        func.coalesce(func.sum(columns.input_tokens), 0),
        func.coalesce(func.sum(columns.output_tokens), 0),
        func.sum(columns.cost_usd),
        func.count().filter(columns.cost_usd.is_(None)),
    ).where(which)
    return Spending(*(await session.execute(statement)).one())

"""The ledger of AI calls: one row a request, in the schema of the service that made it or was told of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.ai.spending import AllowanceSpent, Charge, SpendingSettings, Usage, cost_of
from kit.clock import now
from kit.database import Database
from kit.ids import new_id

log = structlog.get_logger(__name__)

DAY = timedelta(days=1)
Tell = Callable[[AsyncSession, Charge, Usage], Awaitable[object]]


def usage_table(metadata: sa.MetaData) -> sa.Table:
    """Define the ledger in the schema of `metadata`."""
    table = sa.Table(
        "ai_usage",
        metadata,
        sa.Column("id", PG_UUID(as_uuid=True), primary_key=True),
        sa.Column("account_id", PG_UUID(as_uuid=True)),
        sa.Column("job_id", PG_UUID(as_uuid=True)),
        sa.Column("purpose", sa.Text),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("input_tokens", sa.Integer),
        sa.Column("output_tokens", sa.Integer),
        sa.Column("cost_usd", sa.Numeric(14, 8)),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
    )
    sa.Index("ix_ai_usage_account_id_used_at", table.c.account_id, table.c.used_at)
    sa.Index("ix_ai_usage_job_id", table.c.job_id)
    return table


async def record_usage(session: AsyncSession, table: sa.Table, charge: Charge | None, usage: Usage) -> None:
    """Add one request to the ledger; one that stands there already is left as it is."""
    payer = {"account_id": charge.account, "job_id": charge.job} if charge else {}
    await session.execute(insert(table).values(**asdict(usage), **payer).on_conflict_do_nothing(index_elements=["id"]))


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used so far: tokens of both directions, and US dollars where prices are known."""

    tokens: int
    usd: Decimal


class Ledger:
    """The meter of one process. `tell` runs in the transaction that records, to let other services know."""

    def __init__(self, database: Database, table: sa.Table, settings: SpendingSettings, tell: Tell) -> None:
        self._database = database
        self._table = table
        self._settings = settings
        self._tell = tell

    async def admit(self, charge: Charge | None) -> None:
        """Let a call pass while job and account have something left; see `Meter.admit`."""
        if charge is None:
            return
        limits = self._settings
        job, day = await self._spent(charge)
        if _reached(job, limits.ai_tokens_per_interview, limits.ai_usd_per_interview):
            raise AllowanceSpent("The AI allowance of this interview is used up")
        if _reached(day, limits.ai_tokens_per_user_day, limits.ai_usd_per_user_day):
            raise AllowanceSpent("The AI allowance of this account for 24 hours is used up")

    async def note(
        self, charge: Charge | None, *, provider: str, model: str, input_tokens: int | None, output_tokens: int | None
    ) -> None:
        """Write one request down, whatever becomes of the caller meanwhile; see `Meter.note`."""
        at = now()
        cost = cost_of(model, input_tokens, output_tokens, at.date(), self._settings.ai_prices)
        usage = Usage(
            new_id(), charge.purpose if charge else None, provider, model, input_tokens, output_tokens, cost, at
        )
        if charge is None:
            log.warning("ai_usage_without_charge", provider=provider, model=model)
        await asyncio.shield(self._record(charge, usage))

    async def _record(self, charge: Charge | None, usage: Usage) -> None:
        try:
            async with self._database.transaction() as session:
                await record_usage(session, self._table, charge, usage)
                if charge is not None:
                    await self._tell(session, charge, usage)
        except Exception:
            log.exception(
                "ai_usage_not_recorded",
                usage_id=str(usage.id),
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
            )

    async def _spent(self, charge: Charge) -> tuple[Spent, Spent]:
        """Return what the job used, and what the account used in the last 24 hours."""
        c = self._table.c
        tokens = sa.func.coalesce(c.input_tokens, 0) + sa.func.coalesce(c.output_tokens, 0)
        of_job, of_day = c.job_id == charge.job, sa.and_(c.account_id == charge.account, c.used_at > now() - DAY)
        sums = [
            sa.func.coalesce(sa.func.sum(what).filter(which), 0)
            for which in (of_job, of_day)
            for what in (tokens, c.cost_usd)
        ]
        statement = sa.select(*sums).where(sa.or_(of_job, of_day))
        async with self._database.transaction() as session:
            job_tokens, job_usd, day_tokens, day_usd = (await session.execute(statement)).one()
        return Spent(job_tokens, Decimal(job_usd)), Spent(day_tokens, Decimal(day_usd))


def _reached(spent: Spent, tokens: int | None, usd: Decimal | None) -> bool:
    return (tokens is not None and spent.tokens >= tokens) or (usd is not None and spent.usd >= usd)

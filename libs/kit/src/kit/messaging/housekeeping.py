"""Keeps outbox and inbox small and their gauges true; independent of the broker."""

import asyncio
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
import structlog

from kit.clock import now
from kit.database import Database, translated_errors
from kit.messaging import metrics

MEASURE_EVERY: Final = timedelta(seconds=5)
SWEEP_EVERY: Final = timedelta(minutes=1)

# What was sent is kept a while to look at, and not longer: it may be what somebody said in an interview.
KEEP_PUBLISHED: Final = timedelta(hours=1)

# Longer than any message lives: a week in a queue, or among the dead letters until somebody sends it again.
KEEP_RECEIVED: Final = timedelta(days=14)

_CHUNK: Final = 1000

log = structlog.get_logger(__name__)


class Housekeeping:
    """Measures and sweeps the messaging tables of one service."""

    def __init__(
        self,
        database: Database,
        *,
        outbox: sa.Table | None,
        inbox: sa.Table | None,
        keep_published: timedelta = KEEP_PUBLISHED,
        keep_received: timedelta = KEEP_RECEIVED,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._inbox = inbox
        self._keep_published = keep_published
        self._keep_received = keep_received

    async def run(self) -> None:
        """Work until cancelled; a database that is away is waited for."""
        rounds = 0
        per_sweep = int(SWEEP_EVERY / MEASURE_EVERY)
        while True:
            try:
                await self.measure()
                if rounds % per_sweep == 0:
                    await self.sweep()
            except Exception as error:  # noqa: BLE001 - the next round finds out whether it is still so
                log.debug("messaging.housekeeping_failed", error=type(error).__name__)
            rounds += 1
            await asyncio.sleep(MEASURE_EVERY.total_seconds())

    async def measure(self) -> None:
        """Set the gauges of the outbox."""
        if self._outbox is None:
            return
        columns = self._outbox.c
        statement = sa.select(sa.func.count(), sa.func.min(columns.created_at)).where(columns.published_at.is_(None))
        with translated_errors():
            async with self._database.engine.connect() as connection:
                count, oldest = (await connection.execute(statement)).one()
        metrics.outbox_pending.set(count)
        metrics.outbox_oldest_seconds.set(max(0.0, (now() - oldest).total_seconds()) if oldest else 0)

    async def sweep(self) -> int:
        """Delete what was published or received long enough ago, and return the number of rows."""
        deleted = 0
        if self._outbox is not None:
            deleted += await self._delete_older(self._outbox, self._outbox.c.published_at, self._keep_published)
        if self._inbox is not None:
            deleted += await self._delete_older(self._inbox, self._inbox.c.received_at, self._keep_received)
        return deleted

    async def _delete_older(self, table: sa.Table, column: sa.Column[object], keep: timedelta) -> int:
        deleted = 0
        key = sa.tuple_(*table.primary_key)
        old = sa.select(*table.primary_key).where(column < now() - keep).limit(_CHUNK).with_for_update(skip_locked=True)
        while True:
            with translated_errors():
                async with self._database.engine.begin() as connection:
                    result = await connection.execute(table.delete().where(key.in_(old)))
            deleted += result.rowcount
            if result.rowcount < _CHUNK:
                return deleted

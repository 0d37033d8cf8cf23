"""The relay: sends what the outbox holds and marks what the broker has confirmed.

Rows are claimed with SKIP LOCKED, so any number of relays may run. A crash between the broker's answer and the mark
sends an event twice, never not at all; the inbox of the receiver drops the second.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
import structlog
from aio_pika.abc import AbstractChannel, AbstractExchange
from sqlalchemy.ext.asyncio import AsyncConnection

from kit.clock import now
from kit.database import Database, translated_errors
from kit.messaging import metrics
from kit.messaging.broker import (
    PUBLISH_TIMEOUT,
    BrokerUnavailable,
    Refused,
    Unroutable,
    connected,
    open_channel,
    send,
    supervise,
)
from kit.messaging.envelope import encode, message_for
from kit.messaging.topology import EXCHANGE, declare_exchanges

BATCH: Final = 200
POLL: Final = timedelta(seconds=1)

# A row nobody can take yet steps aside, so that it does not stand in front of the others for ever.
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=1)
_WORTH_A_WARNING = 3  # refusals, after about a quarter of a minute

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Row:
    id: UUID
    event_type: str
    subject: str
    body: str
    traceparent: str | None
    created_at: datetime
    attempts: int


class Relay:
    """Sends the outbox of one service."""

    def __init__(
        self,
        database: Database,
        table: sa.Table,
        amqp_url: str,
        *,
        name: str,
        batch: int = BATCH,
        poll: timedelta = POLL,
        publish_timeout: timedelta = PUBLISH_TIMEOUT,
    ) -> None:
        self._database = database
        self._table = table
        self._amqp_url = amqp_url
        self._name = name
        self._batch = batch
        self._poll = poll
        self._publish_timeout = publish_timeout
        self._work = asyncio.Event()
        self._stopping = asyncio.Event()
        self.is_connected = False

    def wake(self) -> None:
        """Look into the outbox now instead of at the next poll."""
        self._work.set()

    def stop(self) -> None:
        """Let `run` return after the batch in hand."""
        self._stopping.set()
        self._work.set()

    async def run(self) -> None:
        """Send until stopped, over as many connections as it takes."""
        await supervise(f"{self._name} relay", self._session, self._stopping)

    async def _session(self, is_up: Callable[[], None]) -> None:
        # The broker first, then the database. The other way round every try took a connection to the database
        # along, and a minute without a broker used up all of them.
        async with connected(self._amqp_url, f"{self._name} relay") as connection:
            channel = await open_channel(connection, publishes=True)
            await declare_exchanges(channel)
            exchange = await channel.get_exchange(EXCHANGE, ensure=False)
            self._set_connected(connected=True)
            try:
                while not self._stopping.is_set():
                    self._work.clear()
                    sent = await self.send_batch(exchange)
                    is_up()
                    if sent < self._batch:
                        await self._pause(channel)
            finally:
                self._set_connected(connected=False)

    async def send_batch(self, exchange: AbstractExchange) -> int:
        """Send one batch and return how many rows it had.

        Raises:
            BrokerUnavailable: the broker left some unanswered; the answered ones are marked.
        """
        with translated_errors():
            async with self._database.engine.begin() as connection:
                rows = await self._claim(connection)
                if not rows:
                    return 0
                answers = await asyncio.gather(*(self._send(exchange, row) for row in rows))
                await self._mark(connection, rows, answers)
        lost = [answer for answer in answers if isinstance(answer, BrokerUnavailable)]
        if lost:
            raise lost[0]
        return len(rows)

    async def _claim(self, connection: AsyncConnection) -> list[_Row]:
        columns = self._table.c
        statement = (
            sa.select(
                columns.id,
                columns.event_type,
                columns.subject,
                columns.body,
                columns.traceparent,
                columns.created_at,
                columns.attempts,
            )
            .where(columns.published_at.is_(None), columns.available_at <= now())
            .order_by(columns.id)
            .limit(self._batch)
            .with_for_update(skip_locked=True)
        )
        return [_Row(*row) for row in await connection.execute(statement)]

    async def _send(self, exchange: AbstractExchange, row: _Row) -> Exception | None:
        body = encode(
            message_id=row.id,
            event_type=row.event_type,
            subject=row.subject,
            time=row.created_at,
            traceparent=row.traceparent,
            data=row.body,
        )
        message = message_for(body, message_id=str(row.id), event_type=row.event_type, traceparent=row.traceparent)
        try:
            await send(exchange, message, row.event_type, self._publish_timeout)
        except (Unroutable, Refused, BrokerUnavailable) as error:
            return error
        return None

    async def _mark(
        self, connection: AsyncConnection, rows: Sequence[_Row], answers: Sequence[Exception | None]
    ) -> None:
        table = self._table
        confirmed = [row.id for row, answer in zip(rows, answers, strict=True) if answer is None]
        if confirmed:
            await connection.execute(
                table.update()
                .where(table.c.id == sa.any_(_array(confirmed)))
                .values(published_at=now(), last_error=None)
            )
            metrics.outbox_published_total.inc(len(confirmed))
        for row, answer in zip(rows, answers, strict=True):
            if isinstance(answer, Unroutable | Refused):
                await self._put_aside(connection, row, answer)

    async def _put_aside(self, connection: AsyncConnection, row: _Row, answer: Unroutable | Refused) -> None:
        unroutable = isinstance(answer, Unroutable)
        counter = metrics.outbox_unroutable_total if unroutable else metrics.outbox_refused_total
        counter.labels(row.event_type).inc()
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(row.attempts, 10))
        if row.attempts in {0, _WORTH_A_WARNING}:
            # At the first start of all, events are ready before the process that declares their queue.
            tell = log.warning if row.attempts else log.info
            tell("outbox.put_aside", event_type=row.event_type, message_id=str(row.id), why=type(answer).__name__)
        await connection.execute(
            self._table.update()
            .where(self._table.c.id == row.id)
            .values(
                attempts=row.attempts + 1,
                available_at=now() + pause,
                last_error="no queue takes it" if unroutable else "a queue refused it",
            )
        )

    async def _pause(self, channel: AbstractChannel) -> None:
        """Wait for work, for the next poll, or for the end of the channel."""
        work = asyncio.ensure_future(self._work.wait())
        closed = asyncio.ensure_future(channel.closed())
        try:
            await asyncio.wait({work, closed}, timeout=self._poll.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
            if closed.done():
                raise BrokerUnavailable("the channel was closed")
        finally:
            work.cancel()
            closed.cancel()

    def _set_connected(self, *, connected: bool) -> None:
        self.is_connected = connected
        metrics.broker_connected.labels("relay").set(connected)


def _array(ids: list[UUID]) -> Any:
    return sa.cast(sa.literal(ids, sa.ARRAY(sa.Uuid)), sa.ARRAY(sa.Uuid))

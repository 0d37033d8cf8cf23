"""A service of two tables that sends itself events, over proxies that can take the broker or the database away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import aio_pika
import pytest
import sqlalchemy as sa
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage
from kit.clock import now
from kit.database import Database, schema_metadata
from kit.messaging import Messaging, Subscriptions, inbox_table, outbox_table, publish, run_messaging
from kit.messaging.broker import send
from kit.messaging.envelope import encode, message_for
from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

SERVICE = "kit_messaging"
QUEUE = f"{SERVICE}.something_happened"
WITHIN = 150.0  # in vain; the usual wait is over in tenths of a second, and a loaded machine may need many
DELAYS = tuple(timedelta(milliseconds=ms) for ms in (50, 100, 150))

metadata = schema_metadata(SERVICE)
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
effects = sa.Table(
    "effects", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("times", sa.Integer, nullable=False)
)


class SomethingHappened(BaseModel):
    event_type: ClassVar[str] = f"{SERVICE}.something_happened.v1"

    key: str

    @property
    def subject(self) -> str:
        return self.key


class NobodyCares(SomethingHappened):
    event_type: ClassVar[str] = f"{SERVICE}.nobody_cares.v1"


class Proxy:
    """A TCP proxy on a port of its own that can go away and come back."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._thawed = asyncio.Event()
        self._thawed.set()
        self.port = 0

    async def up(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def down(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    def freeze(self) -> None:
        """Pass nothing on, and say nothing about it."""
        self._thawed.clear()

    def thaw(self) -> None:
        self._thawed.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))
        self._writers -= {writer, far_writer}

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while data := await reader.read(65536):
                await self._thawed.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@dataclass
class House:
    """The service under test with what a test asks about it."""

    database: Database
    amqp_url: str
    direct_amqp_url: str
    broker_proxy: Proxy
    database_proxy: Proxy
    observer: Any
    subscriptions: Subscriptions = field(default_factory=lambda: Subscriptions(SERVICE))

    queue: ClassVar[str] = QUEUE

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[Messaging]:
        given: dict[str, Any] = {
            "subscriptions": self.subscriptions,
            "delays": DELAYS,
            "poll": timedelta(milliseconds=200),
        } | options
        async with run_messaging(service=SERVICE, database=self.database, amqp_url=self.amqp_url, **given) as messaging:
            yield messaging

    async def ready(self, messaging: Messaging) -> None:
        async def is_ready() -> bool:
            with suppress(Exception):
                await messaging.ping()
                return True
            return False

        await self.eventually(is_ready)

    async def tell(self, *keys: str, event: type[SomethingHappened] = SomethingHappened) -> list[UUID]:
        async with self.database.transaction() as session:
            return [await publish(session, event(key=key)) for key in keys]

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.observer.fetch(statement)]

    async def effects(self) -> dict[str, int]:
        return {str(key): int(times) for key, times in await self.rows("SELECT key, times FROM kit_messaging.effects")}

    async def unsent(self) -> int:
        rows = await self.rows("SELECT count(*) FROM kit_messaging.outbox WHERE published_at IS NULL")
        return int(rows[0][0])

    async def eventually(self, is_so: Callable[[], Awaitable[bool]], within: float = WITHIN) -> None:
        deadline = asyncio.get_running_loop().time() + within
        while not await is_so():
            if asyncio.get_running_loop().time() > deadline:
                pytest.fail(f"not so within {within} s")
            await asyncio.sleep(0.05)

    async def all_sent(self) -> None:
        async def are_sent() -> bool:
            return await self.unsent() == 0

        await self.eventually(are_sent)

    async def has_depth(self, queue: str, number: int) -> None:
        async def is_so() -> bool:
            return await self.depth(queue) == number

        await self.eventually(is_so)

    async def all_done(self, *keys: str) -> None:
        async def are_done() -> bool:
            return set(await self.effects()) >= set(keys)

        await self.eventually(are_done)

    @asynccontextmanager
    async def channel(self) -> AsyncIterator[AbstractChannel]:
        async with (
            await aio_pika.connect(self.direct_amqp_url) as connection,
            connection.channel(on_return_raises=True) as channel,
        ):
            yield channel

    async def depth(self, queue: str) -> int:
        async with self.channel() as channel:
            declared = await channel.declare_queue(queue, passive=True)
            return declared.declaration_result.message_count or 0

    async def dead(self, number: int = 1) -> list[AbstractIncomingMessage]:
        """Wait for so many dead letters and take them."""

        async def are_there() -> bool:
            return await self.depth(f"{self.queue}.dead") >= number

        await self.eventually(are_there)
        letters = []
        async with self.channel() as channel:
            queue = await channel.get_queue(f"{self.queue}.dead")
            while letter := await queue.get(fail=False):
                await letter.ack()
                letters.append(letter)
        return letters

    async def post(self, message: aio_pika.Message, times: int = 1) -> None:
        """Put a message straight into the queue."""
        async with self.channel() as channel:
            for _ in range(times):
                await send(channel.default_exchange, message, self.queue)

    def message(self, key: str, message_id: UUID, *, event_type: str | None = None) -> aio_pika.Message:
        event = SomethingHappened(key=key)
        body = encode(
            message_id=message_id,
            event_type=event_type or event.event_type,
            subject=key,
            time=now(),
            traceparent=None,
            data=event.model_dump_json(),
        )
        return message_for(body, message_id=str(message_id), event_type=event.event_type, traceparent=None)


async def note(session: AsyncSession, key: str) -> None:
    """Record one more effect of the key."""
    statement = insert(effects).values(key=key, times=1)
    await session.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"times": effects.c.times + 1}))

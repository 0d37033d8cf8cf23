"""A service of two tables that sends itself events, over proxies that can take the broker or the database away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import aio_pika
import pytest
import pytest_asyncio
import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.database import Database, schema_metadata
from kit.messaging import inbox_table, outbox_table, publish, run_messaging
from kit.messaging.broker import send
from kit.messaging.envelope import encode, message_for
from kit.messaging.runner import Messaging
from kit.messaging.subscriptions import Subscriptions
from kit.settings import ServiceSettings
from kit.testing.brokers import TestBroker
from kit.testing.tokens import TokenFactory

SERVICE = "kit_messaging"
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
        self.port = 0

    @property
    def connections(self) -> int:
        return len(self._writers) // 2

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

    Event: ClassVar[type[SomethingHappened]] = SomethingHappened
    Unwanted: ClassVar[type[NobodyCares]] = NobodyCares
    outbox: ClassVar[sa.Table] = outbox
    inbox: ClassVar[sa.Table] = inbox
    queue: ClassVar[str] = f"{SERVICE}.something_happened"

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[Messaging]:
        given = {"subscriptions": self.subscriptions, "delays": DELAYS, "poll": timedelta(milliseconds=200)} | options
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
        return dict(await self.rows(f"SELECT key, times FROM {SERVICE}.effects"))  # type: ignore[arg-type] # noqa: S608

    async def unsent(self) -> int:
        rows = await self.rows(f"SELECT count(*) FROM {SERVICE}.outbox WHERE published_at IS NULL")  # noqa: S608
        return int(rows[0][0])

    async def eventually(self, is_so: Callable[[], Awaitable[bool]], within: float = 15) -> None:
        deadline = asyncio.get_running_loop().time() + within
        while not await is_so():
            if asyncio.get_running_loop().time() > deadline:
                pytest.fail(f"not so within {within} s")
            await asyncio.sleep(0.05)

    async def all_done(self, *keys: str, within: float = 15) -> None:
        async def are_done() -> bool:
            return set(await self.effects()) >= set(keys)

        await self.eventually(are_done, within)

    @asynccontextmanager
    async def channel(self) -> AsyncIterator[aio_pika.abc.AbstractChannel]:
        async with (
            await aio_pika.connect(self.direct_amqp_url) as connection,
            connection.channel(on_return_raises=True) as channel,
        ):
            yield channel

    async def depth(self, queue: str) -> int:
        async with self.channel() as channel:
            declared = await channel.declare_queue(queue, passive=True)
            return declared.declaration_result.message_count or 0

    async def dead(self, number: int = 1) -> list[aio_pika.abc.AbstractIncomingMessage]:
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
        from kit.clock import now  # noqa: PLC0415

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


@pytest.fixture
def noting() -> Callable[[AsyncSession, str], Awaitable[None]]:
    return note


@pytest.fixture(scope="session")
def service() -> str:
    return SERVICE


def through(url: str, proxy: Proxy) -> str:
    parts = urlsplit(url)
    credentials = parts.netloc.rpartition("@")[0]
    return urlunsplit((parts.scheme, f"{credentials}@127.0.0.1:{proxy.port}", parts.path, parts.query, ""))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tables(service_database_url: str) -> None:
    from kit.migrations import async_url  # noqa: PLC0415

    engine = sa.ext.asyncio.create_async_engine(async_url(service_database_url))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    tables: None,
    clean_tables: None,
    service_database_url: str,
    rabbitmq: str,
    broker: TestBroker,
    tokens: TokenFactory,
) -> AsyncIterator[House]:
    import asyncpg  # noqa: PLC0415

    broker_parts, database_parts = urlsplit(rabbitmq), urlsplit(service_database_url)
    broker_proxy = Proxy(broker_parts.hostname or "", broker_parts.port or 5672)
    database_proxy = Proxy(database_parts.hostname or "", database_parts.port or 5432)
    await broker_proxy.up()
    await database_proxy.up()
    settings = ServiceSettings(
        environment="test",
        port=0,
        ops_port=0,
        database_url=through(service_database_url, database_proxy),
        amqp_url=rabbitmq,
        jwks_url=tokens.jwks_url,
    )
    database = Database(settings, application_name="house")
    observer = await asyncpg.connect(service_database_url)
    yield House(
        database=database,
        amqp_url=through(rabbitmq, broker_proxy),
        direct_amqp_url=rabbitmq,
        broker_proxy=broker_proxy,
        database_proxy=database_proxy,
        observer=observer,
    )
    await observer.close()
    await database.dispose()
    await broker_proxy.down()
    await database_proxy.down()
    await broker.delete_queues()

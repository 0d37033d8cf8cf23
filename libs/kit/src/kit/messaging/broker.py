"""Connections to RabbitMQ, and how to live with their loss.

Plain connections, not aio-pika's robust ones: a publish on a robust connection hangs until the broker is back, and a
reconnect behind our back cannot be put in order with the database. Here a session ends when its connection does, and
the next one starts from the beginning.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import aio_pika
import structlog
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange
from aio_pika.exceptions import AMQPError, ChannelInvalidStateError, DeliveryError, PublishError

from kit.database import is_unavailable

CONNECT_TIMEOUT = timedelta(seconds=5)
PUBLISH_TIMEOUT = timedelta(seconds=5)
CALL_TIMEOUT = timedelta(seconds=10)
_CLOSE_TIMEOUT = timedelta(seconds=3)
_HEARTBEAT_SECONDS = 10

log = structlog.get_logger(__name__)


class BrokerUnavailable(Exception):  # noqa: N818 - a state of the world, like DatabaseUnavailable
    """The broker is away, does not answer in time, or closed the channel."""


class Unroutable(Exception):  # noqa: N818 - says what the message is
    """No queue takes this message (yet)."""


class Refused(Exception):  # noqa: N818 - says what happened
    """The broker answered that it did not take the message."""


class Backoff:
    """Growing waits with jitter, so that the processes of a deployment do not come back in step."""

    def __init__(self, first: timedelta = timedelta(seconds=0.5), longest: timedelta = timedelta(seconds=5)) -> None:
        self._first = first.total_seconds()
        self._longest = longest.total_seconds()
        self._failures = 0

    def reset(self) -> None:
        """Start again with the shortest wait."""
        self._failures = 0

    def next(self) -> float:
        """Return the next wait in seconds."""
        full = min(self._longest, self._first * float(2 ** min(self._failures, 16)))
        self._failures += 1
        return full * (0.5 + random.random() / 2)  # noqa: S311 - spreads load, guards nothing


@asynccontextmanager
async def connected(amqp_url: str, name: str) -> AsyncIterator[AbstractConnection]:
    """Connect for the block; every way in and out is bounded.

    Raises:
        BrokerUnavailable: no connection within `CONNECT_TIMEOUT`.
    """
    try:
        connection = await aio_pika.connect(
            amqp_url,
            timeout=CONNECT_TIMEOUT.total_seconds(),
            client_properties={"connection_name": name},
            heartbeat=_HEARTBEAT_SECONDS,
        )
    except (AMQPError, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise BrokerUnavailable(f"{type(error).__name__} while connecting") from error
    try:
        yield connection
    finally:
        await _close(connection)


async def open_channel(connection: AbstractConnection, *, publishes: bool) -> AbstractChannel:
    """Open a channel; one that publishes confirms, and raises what the broker returns."""
    async with answered("open a channel"):
        channel = connection.channel(publisher_confirms=publishes, on_return_raises=publishes)
        await channel.initialize()
    return channel


@asynccontextmanager
async def answered(what: str, limit: timedelta = CALL_TIMEOUT) -> AsyncIterator[None]:
    """Bound calls to the broker and give their failures one name."""
    try:
        async with asyncio.timeout(limit.total_seconds()):
            yield
    except (AMQPError, ChannelInvalidStateError, OSError, TimeoutError) as error:
        raise BrokerUnavailable(f"{type(error).__name__} while trying to {what}") from error


async def send(
    exchange: AbstractExchange, message: aio_pika.Message, routing_key: str, limit: timedelta = PUBLISH_TIMEOUT
) -> None:
    """Publish and return when the broker has taken responsibility (confirmed, and routed to a queue).

    Raises:
        Unroutable: no queue is bound for it.
        Refused: a queue could not take it.
        BrokerUnavailable: no answer in time, which leaves open whether the message arrived.
    """
    try:
        async with asyncio.timeout(limit.total_seconds()):
            await exchange.publish(message, routing_key, mandatory=True)
    except PublishError as error:
        raise Unroutable(routing_key) from error
    except DeliveryError as error:
        raise Refused(routing_key) from error
    except (AMQPError, ChannelInvalidStateError, OSError, TimeoutError, asyncio.CancelledError) as error:
        # aiormq cancels a publish whose channel dies; a cancellation of ours is one that was asked for.
        if isinstance(error, asyncio.CancelledError) and asked_to_stop():
            raise
        raise BrokerUnavailable(f"{type(error).__name__} while publishing") from error


async def supervise(
    name: str, session: Callable[[Callable[[], None]], Awaitable[None]], stopping: asyncio.Event
) -> None:
    """Run `session` again and again until it is time to stop; wait longer after each failure in a row.

    `session` gets a function to call when all is well, which forgets earlier failures.
    """
    backoff = Backoff()
    while not stopping.is_set():
        try:
            await session(backoff.reset)
        except Exception as error:
            wait = backoff.next()
            log.warning(
                "messaging.interrupted",
                part=name,
                error=type(error).__name__,
                detail=str(error)[:200] if isinstance(error, BrokerUnavailable) else None,
                retry_in_seconds=round(wait, 2),
                exc_info=not _is_expected(error),
            )
            await pause(stopping, timedelta(seconds=wait))


async def pause(until: asyncio.Event, limit: timedelta) -> None:
    """Wait until the event is set, but no longer than `limit`."""
    with suppress(TimeoutError):
        async with asyncio.timeout(limit.total_seconds()):
            await until.wait()


def _is_expected(error: Exception) -> bool:
    return isinstance(error, BrokerUnavailable) or is_unavailable(error)


def asked_to_stop() -> bool:
    """Tell a cancellation of this task from the cancellation of something it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _close(connection: AbstractConnection) -> None:
    # A frozen broker never says goodbye; aiormq's own bounds end the rest in the background.
    closing = asyncio.ensure_future(connection.close())
    await asyncio.wait({closing}, timeout=_CLOSE_TIMEOUT.total_seconds())
    if closing.done() and not closing.cancelled():
        closing.exception()

"""Consumers: take messages, have them handled, settle them; and stop when it is the infrastructure that fails.

Answering a database outage by refusing messages sent innocents to the dead letters. So nothing is refused then: the
session ends, the broker takes its unsettled messages back, and the next session begins when the database answers.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
import structlog
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue
from sqlalchemy.pool import QueuePool

from kit.database import Database, DatabaseUnavailable
from kit.messaging import metrics
from kit.messaging.broker import BrokerUnavailable, answered, connected, open_channel, supervise
from kit.messaging.envelope import attempt_of
from kit.messaging.handling import Handling, Outcome
from kit.messaging.settling import Settling
from kit.messaging.subscriptions import Subscription, Subscriptions, WorkerContext
from kit.messaging.topology import RETRY_DELAYS, SUSPECT_AFTER, declare, queue_in, suspect_queue

GRACE: Final = timedelta(seconds=20)
SUSPECT_POLL: Final = timedelta(seconds=1)
_WELL_AFTER: Final = timedelta(seconds=10)

log = structlog.get_logger(__name__)


@dataclass(eq=False)
class _Session:
    """One stretch of consuming, from connect to the first thing that breaks."""

    settling: Settling
    over: asyncio.Future[None]
    consuming: list[tuple[AbstractQueue, str]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.over.done()

    def fail(self, error: Exception) -> None:
        if not self.over.done():
            self.over.set_exception(error)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """End the session with whatever the block raises; a message left unsettled would never come back otherwise."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - handed on to the session, which ends with it
            self.fail(error)


class Consumers:
    """Consumes the queues of one service."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        context: WorkerContext,
        inbox: sa.Table | None,
        amqp_url: str,
        *,
        name: str,
        grace: timedelta = GRACE,
        delays: tuple[timedelta, ...] = RETRY_DELAYS,
    ) -> None:
        self._subscriptions = subscriptions
        self._context = context
        self._handling = Handling(context, inbox)
        self._amqp_url = amqp_url
        self._name = name
        self._grace = grace
        self._delays = delays
        self._slots = {s.queue: asyncio.Semaphore(s.concurrency) for s in subscriptions}
        # Handlers beyond the pool would run into its timeout, which looks like an outage and stops them all. One
        # connection is left to the relay and to readiness.
        self._transactions = asyncio.Semaphore(max(1, _pool_size(context.database) - 1))
        self._tasks: set[asyncio.Task[Any]] = set()
        # Handlers outlive a lost connection. When the broker delivers their message again, the new delivery waits for
        # the handler that is already at it instead of starting (and paying for) the same work a second time.
        self._handlers: dict[tuple[str, str], asyncio.Task[Outcome]] = {}
        self._session: _Session | None = None
        self._stopping = asyncio.Event()
        self._deadline = 0.0
        self.is_connected = False
        self.interruptions = 0

    def stop(self) -> None:
        """Let `run` return: take nothing more, finish what is in hand within the grace time."""
        self._stopping.set()
        self._deadline = asyncio.get_running_loop().time() + self._grace.total_seconds()
        if self._session is not None and not self._session.is_over:
            self._session.over.set_result(None)

    async def run(self) -> None:
        """Consume until stopped, over as many sessions as it takes."""
        try:
            await supervise(f"{self._name} consumers", self._consume, self._stopping)
            await self._finish()
        finally:
            await self._cancel_handlers()

    async def _consume(self, is_up: Callable[[], None]) -> None:
        # Two connections: a broker short of disk or memory stops reading from one that publishes, and the
        # acknowledgements must still get through.
        async with (
            connected(self._amqp_url, f"{self._name} consumers") as incoming,
            connected(self._amqp_url, f"{self._name} retries") as outgoing,
            AsyncExitStack() as stack,
        ):
            publishing = await open_channel(outgoing, publishes=True)
            await declare(publishing, self._subscriptions, self._delays)
            # After the broker, so that waiting for one never holds the other; before the first message.
            await self._context.database.ping()
            session = _Session(
                await Settling.over(publishing, self._delays), asyncio.get_running_loop().create_future()
            )
            session.over.add_done_callback(lambda over: over.exception())
            _fail_when_closed(session, publishing)
            if self._stopping.is_set():
                return
            stack.push_async_callback(self._end, session)
            self._session = session
            for subscription in self._subscriptions:
                await self._subscribe(session, await open_channel(incoming, publishes=False), subscription)
            suspects = await open_channel(incoming, publishes=False)
            self._track(asyncio.create_task(self._take_suspects(session, suspects), name="suspects"))
            self._set_connected(connected=True)
            # A session that breaks at its first message has not been well: the waits go on growing.
            well = asyncio.get_running_loop().call_later(_WELL_AFTER.total_seconds(), is_up)
            stack.callback(well.cancel)
            await session.over

    async def _subscribe(self, session: _Session, channel: AbstractChannel, subscription: Subscription) -> None:
        async with answered(f"consume {subscription.queue}"):
            await channel.set_qos(prefetch_count=subscription.prefetch)
            queue = await channel.get_queue(subscription.queue, ensure=False)
            tag = await queue.consume(partial(self._receive, session, subscription))
        session.consuming.append((queue, tag))
        _fail_when_closed(session, channel)
        # A broker that ends a consumer (its queue was deleted) leaves the channel open: nobody would notice.
        underlay = await channel.get_underlay_channel()
        underlay.on_consumer_cancel_callbacks.add(
            lambda _: session.fail(BrokerUnavailable(f"the broker stopped delivering {subscription.queue}"))
        )

    async def _receive(self, session: _Session, subscription: Subscription, message: AbstractIncomingMessage) -> None:
        self._track(asyncio.create_task(self._work(session, subscription, message)))

    async def _work(self, session: _Session, subscription: Subscription, message: AbstractIncomingMessage) -> None:
        async with (
            self._slots[subscription.queue],
            self._transactions if subscription.mode == "transactional" else nullcontext(),
        ):
            if session.is_over:
                return  # not begun; it goes back to the queue with the channel
            with session.failing():
                if _deliveries_before(message) >= SUSPECT_AFTER:
                    await session.settling.suspect(subscription.queue, message)
                    return
                outcome = await self._handle_once(subscription, message)
                await self._settle(session, subscription, message, outcome)

    async def _handle_once(self, subscription: Subscription, message: AbstractIncomingMessage) -> Outcome:
        key = (subscription.queue, message.message_id or "")
        handler = self._handlers.get(key) if message.message_id else None
        if handler is None:
            handler = asyncio.create_task(self._handling.handle(subscription, message), name=":".join(key))
            self._handlers[key] = handler
            handler.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(handler)

    def _forget(self, key: tuple[str, str], done: asyncio.Task[Outcome]) -> None:
        if self._handlers.get(key) is done:
            del self._handlers[key]

    async def _settle(
        self, session: _Session, subscription: Subscription, message: AbstractIncomingMessage, outcome: Outcome
    ) -> None:
        if outcome.verdict == "infrastructure":
            session.fail(DatabaseUnavailable())
        else:
            await session.settling.settle(subscription.queue, message, outcome)

    async def _take_suspects(self, session: _Session, channel: AbstractChannel) -> None:
        """Take the suspects one at a time: if one kills this process, it has no neighbour to take along."""
        queue = await channel.get_queue(suspect_queue(self._subscriptions.service), ensure=False)
        with session.failing():
            while not session.is_over:
                async with answered("take a suspect"):
                    message = await queue.get(fail=False)
                if message is None:
                    await asyncio.wait({session.over}, timeout=SUSPECT_POLL.total_seconds())
                else:
                    await self._try_suspect(session, message)

    async def _try_suspect(self, session: _Session, message: AbstractIncomingMessage) -> None:
        queue = queue_in(message.routing_key or "")
        log.warning("message.suspect", queue=queue, message_id=message.message_id)
        try:
            subscription = self._subscriptions.queue(queue)
        except KeyError:
            await session.settling.settle(queue, message, Outcome("dead", "no-handler", attempt=attempt_of(message)))
            return
        outcome = await self._handle_once(subscription, message)
        if outcome.verdict == "infrastructure":
            # The broker counts the deliveries of suspects, and this one must not count.
            await session.settling.suspect(queue, message)
        await self._settle(session, subscription, message, outcome)

    async def _end(self, session: _Session) -> None:
        """Stop taking messages; when stopping for good, see those in hand through."""
        self._set_connected(connected=False)
        self.interruptions += not self._stopping.is_set()
        if not self._stopping.is_set():
            return
        try:
            async with answered("stop consuming"):
                for queue, tag in session.consuming:
                    await queue.cancel(tag)
        except BrokerUnavailable:
            log.debug("messaging.stopped_without_goodbye")
        await self._finish()

    async def _finish(self) -> None:
        """Let what is in hand come to its end, with or without a broker, until the grace time is over."""
        left = self._deadline - asyncio.get_running_loop().time()
        if self._tasks and left > 0:
            await asyncio.wait(self._tasks, timeout=left)

    async def _cancel_handlers(self) -> None:
        left = [*self._tasks, *self._handlers.values()]
        for task in left:
            task.cancel()
        if left:
            log.warning("messaging.handlers_cut_off", count=len(self._handlers))
            await asyncio.wait(left, timeout=5)

    def _track(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _set_connected(self, *, connected: bool) -> None:
        self.is_connected = connected
        metrics.broker_connected.labels("consumers").set(connected)


def _fail_when_closed(session: _Session, channel: AbstractChannel) -> None:
    closed = asyncio.ensure_future(channel.closed())
    closed.add_done_callback(lambda _: session.fail(BrokerUnavailable("a channel was closed")))


def _pool_size(database: Database) -> int:
    pool = database.engine.pool
    return pool.size() if isinstance(pool, QueuePool) else 1


def _deliveries_before(message: AbstractIncomingMessage) -> int:
    count = message.headers.get("x-delivery-count", 0)
    return count if isinstance(count, int) else 0

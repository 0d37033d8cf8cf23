"""What a service listens to: which event, which handler, in which way."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.database import Database
from kit.messaging.events import EventPayload, name_of

EventT = TypeVar("EventT", bound=EventPayload)
Mode = Literal["transactional", "long"]

MAX_ATTEMPTS = 6


class Reject(Exception):  # noqa: N818 - reads as what the handler asks for
    """Raised by a handler for a message that no retry will mend; it goes to the dead letters at once."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the event came: `attempt` counts from 1 and grows with every retry, not with broker redeliveries."""

    message_id: UUID
    attempt: int
    max_attempts: int
    traceparent: str | None
    occurred_at: datetime

    @property
    def is_last(self) -> bool:
        """Whether another failure sends the message to the dead letters."""
        return self.attempt >= self.max_attempts


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """What a long handler works with; `resources` is whatever the worker's main gave to `run_messaging`."""

    database: Database
    settings: Any
    resources: Any = None


TransactionalHandler = Callable[[AsyncSession, EventT], Awaitable[None]]
LongHandler = Callable[[WorkerContext, EventT, Delivery], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One queue and its handler. Times are bounds per delivery."""

    queue: str
    event: type[EventPayload]
    mode: Mode
    handler: Callable[..., Awaitable[None]]
    concurrency: int
    prefetch: int
    timeout: timedelta
    max_attempts: int


@dataclass
class Subscriptions:
    """The subscriptions of one service, filled by decorators in its `consumers.py`."""

    service: str
    _by_queue: dict[str, Subscription] = field(default_factory=dict)

    def on(
        self,
        event: type[EventT],
        *,
        concurrency: int = 4,
        timeout: timedelta = timedelta(seconds=30),
        max_attempts: int = MAX_ATTEMPTS,
    ) -> Callable[[TransactionalHandler[EventT]], TransactionalHandler[EventT]]:
        """Register a TRANSACTIONAL handler: inbox row, the handler's effects and its events commit together.

        Keep `concurrency` below the service's database pool.
        """

        def register(handler: TransactionalHandler[EventT]) -> TransactionalHandler[EventT]:
            # RabbitMQ: a quorum queue at prefetch 1 is 17 times slower than at 100; short work takes ten at least.
            prefetch = max(10, 2 * concurrency)
            self._add(
                Subscription(
                    queue=self._queue(event),
                    event=event,
                    mode="transactional",
                    handler=handler,
                    concurrency=concurrency,
                    prefetch=prefetch,
                    timeout=timeout,
                    max_attempts=max_attempts,
                )
            )
            return handler

        return register

    def long(
        self,
        event: type[EventT],
        *,
        concurrency: int = 4,
        timeout: timedelta = timedelta(minutes=10),
        max_attempts: int = MAX_ATTEMPTS,
    ) -> Callable[[LongHandler[EventT]], LongHandler[EventT]]:
        """Register a LONG handler: no session is open; it makes its own short transactions and its own claim.

        It may run again after a crash, and while an earlier run of it still goes on in another process.
        """

        def register(handler: LongHandler[EventT]) -> LongHandler[EventT]:
            self._add(
                Subscription(
                    queue=self._queue(event),
                    event=event,
                    mode="long",
                    handler=handler,
                    concurrency=concurrency,
                    prefetch=concurrency,
                    timeout=timeout,
                    max_attempts=max_attempts,
                )
            )
            return handler

        return register

    def _add(self, subscription: Subscription) -> None:
        if subscription.queue in self._by_queue:
            raise ValueError(f"{subscription.queue} has a handler already")
        self._by_queue[subscription.queue] = subscription

    def _queue(self, event: type[EventPayload]) -> str:
        return f"{self.service}.{name_of(event.event_type)}"

    def __iter__(self) -> Iterator[Subscription]:
        return iter(self._by_queue.values())

    def __len__(self) -> int:
        return len(self._by_queue)

    def queue(self, name: str) -> Subscription:
        """Return the subscription whose queue is `name` or raise KeyError."""
        return self._by_queue[name]

"""Starts and stops a process's messaging: the relay of its outbox and the consumers of its queues."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import structlog

from kit.database import Database
from kit.messaging.broker import PUBLISH_TIMEOUT, BrokerUnavailable
from kit.messaging.consumer import GRACE, Consumers
from kit.messaging.housekeeping import Housekeeping
from kit.messaging.inbox import inbox_of
from kit.messaging.outbox import outbox_of
from kit.messaging.relay import POLL, Relay
from kit.messaging.subscriptions import Subscriptions, WorkerContext
from kit.messaging.topology import RETRY_DELAYS

# What stopping may take beside the grace time: a batch in flight, a connection just being made, goodbyes.
_MARGIN: Final = timedelta(seconds=5) + PUBLISH_TIMEOUT

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Messaging:
    """The running messaging of one process."""

    service: str
    relay: Relay | None = None
    consumers: Consumers | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def ping(self) -> None:
        """Raise unless every part has a working connection to the broker.

        For a worker's readiness; an API with an outbox serves without a broker.
        """
        for name, part in (("relay", self.relay), ("consumers", self.consumers)):
            if part is not None and not part.is_connected:
                raise BrokerUnavailable(f"the {name} have no connection")

    def start(self, part: Coroutine[Any, Any, None], name: str) -> None:
        """Run a part until `stop`."""
        task = asyncio.create_task(part, name=name)
        task.add_done_callback(_report_end)
        self._tasks.append(task)

    async def stop(self, grace: timedelta) -> None:
        """Stop taking messages, finish those in hand within `grace`, and end."""
        if self.consumers is not None:
            self.consumers.stop()
        if self.relay is not None:
            self.relay.stop()
        ending = {task for task in self._tasks if not task.get_name().endswith("housekeeping")}
        if ending:
            await asyncio.wait(ending, timeout=(grace + _MARGIN).total_seconds())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def run_messaging(
    *,
    service: str,
    database: Database,
    amqp_url: str,
    subscriptions: Subscriptions | None = None,
    settings: Any = None,
    resources: Any = None,
    relay: bool = True,
    grace: timedelta | None = None,
    poll: timedelta = POLL,
    delays: tuple[timedelta, ...] = RETRY_DELAYS,
) -> AsyncIterator[Messaging]:
    """Run the relay of `service`'s outbox, when it has one, and the consumers of `subscriptions`, when given.

    Returns at once whether or not the broker and the database are up, and keeps trying. On exit consumers stop taking
    messages and finish those in hand within a grace time.

    Args:
        service: the room's name; also the schema of its outbox and inbox.
        database: the service's; the relay is woken by its commits.
        amqp_url: of the broker.
        subscriptions: what this process consumes.
        settings: handed to long handlers; its `shutdown_timeout` is the grace time when `grace` is not given.
        resources: handed to long handlers.
        relay: False where another process of the service sends the outbox.
        grace: time for messages in hand when stopping.
        poll: how often the relay looks into the outbox without being woken.
        delays: the waits before the second, third, … attempt; the last one repeats.
    """
    if grace is None:
        grace = getattr(settings, "shutdown_timeout", GRACE)
    outbox, inbox = outbox_of(service), inbox_of(service)
    messaging = Messaging(service)
    housekeeping = Housekeeping(database, outbox=outbox, inbox=inbox)
    messaging.start(housekeeping.run(), f"{service} housekeeping")
    if relay and outbox is not None:
        messaging.relay = Relay(database, outbox, amqp_url, name=service, poll=poll)
        database.after_commit.append(messaging.relay.wake)
        messaging.start(messaging.relay.run(), f"{service} relay")
    if subscriptions:
        context = WorkerContext(database, settings, resources)
        messaging.consumers = Consumers(
            subscriptions, context, inbox, amqp_url, name=service, grace=grace, delays=delays
        )
        messaging.start(messaging.consumers.run(), f"{service} consumers")
    try:
        yield messaging
    finally:
        await messaging.stop(grace)
        if messaging.relay is not None:
            database.after_commit.remove(messaging.relay.wake)


def _report_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("messaging.part_ended", part=task.get_name(), exc_info=error)

"""Starts and stops a process's messaging: the relay of its outbox and the consumers of its queues."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from kit.database import Database
from kit.messaging.subscriptions import Subscriptions


@dataclass(slots=True)
class Messaging:
    """The running messaging of one process."""

    service: str

    async def ping(self) -> None:
        """Raise unless the broker can be reached; for a worker's readiness, never for an API's."""


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
) -> AsyncIterator[Messaging]:
    """Run the relay of `service`'s outbox, when it has one, and the consumers of `subscriptions`, when given.

    Returns at once whether or not the broker is up, and keeps trying. On exit consumers stop taking messages and
    finish those in flight within a grace time.
    """
    _ = (database, amqp_url, subscriptions, settings, resources, relay)
    yield Messaging(service)

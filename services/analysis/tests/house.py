"""The analysis service under test: its worker, its API, and what it published."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import aio_pika
import httpx2
from analysis.consumers import subscriptions
from analysis.reconciler import reconcile
from analysis.settings import AnalysisSettings
from analysis.worker import desk
from contracts.base import Event
from fake_gemini import Fault
from kit.background import running
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import EXCHANGE, WorkerContext, run_messaging
from kit.messaging.envelope import encode, message_for
from kit.testing.brokers import TestBroker
from kit.testing.tokens import TokenFactory
from sqlalchemy import text

PATIENCE = 150.0


@dataclass
class House:
    """What a test works with."""

    settings: AnalysisSettings
    database: Database
    broker: TestBroker
    tokens: TokenFactory
    client: httpx2.AsyncClient

    @asynccontextmanager
    async def working(self, using: AnalysisSettings | None = None) -> AsyncIterator[None]:
        """Run a worker in this process: consumers, relay and reconciler, on the real broker."""
        settings = using or self.settings
        async with desk(settings, self.database) as resources:
            context = WorkerContext(self.database, settings, resources)
            async with (
                run_messaging(
                    service="analysis",
                    database=self.database,
                    amqp_url=settings.amqp_url,
                    subscriptions=subscriptions,
                    settings=settings,
                    resources=resources,
                ),
                running([("reconciler", partial(reconcile, context))]),
            ):
                await self.queues_ready()
                yield

    async def queues_ready(self) -> None:
        """Wait until the queues are bound: what is published before that is nobody's."""

        async def ready() -> bool:
            bindings = (await self.broker.api("GET", f"bindings/{self.broker.vhost}")).json()
            bound = {one["destination"] for one in bindings if one["source"] == EXCHANGE}
            return {one.queue for one in subscriptions} <= bound

        await eventually(ready)

    async def post(self, *events: Event, message_id: UUID | None = None) -> None:
        """Send events as the interview service's relay does."""
        connection = await aio_pika.connect(self.broker.url)
        async with connection:
            channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
            exchange = await channel.get_exchange(EXCHANGE)
            for event in events:
                one = message_id or new_id()
                body = encode(
                    message_id=one,
                    event_type=event.event_type,
                    subject=event.subject,
                    time=now(),
                    traceparent=None,
                    data=event.model_dump_json(),
                )
                message = message_for(body, message_id=str(one), event_type=event.event_type, traceparent=None)
                await exchange.publish(message, routing_key=event.event_type, mandatory=True)

    async def published(self, name: str, interview_id: UUID) -> list[dict[str, Any]]:
        """Return what went into the outbox about one interview, oldest first."""
        async with self.database.transaction() as session:
            rows = await session.execute(
                text("SELECT body FROM analysis.outbox WHERE event_type = :type AND subject = :subject ORDER BY id"),
                {"type": f"analysis.{name}.v1", "subject": str(interview_id)},
            )
            return [json.loads(body) for (body,) in rows]

    async def row(self, answer_id: UUID) -> dict[str, Any]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                text("SELECT * FROM analysis.analyses WHERE answer_id = :id"), {"id": answer_id}
            )
            found = rows.mappings().all()
        assert len(found) <= 1, "an answer has one analysis"
        return dict(found[0]) if found else {}

    async def ended(self, answer_id: UUID, *, patience: float = PATIENCE) -> dict[str, Any]:
        """Wait until an answer's analysis has ended and return its row."""

        async def over() -> dict[str, Any] | None:
            row = await self.row(answer_id)
            return row if row.get("status") in {"done", "partial", "insufficient", "failed"} else None

        return await eventually(over, patience=patience)

    async def report(self, interview_id: UUID, *, patience: float = PATIENCE) -> dict[str, Any]:
        """Wait for the report's event and return the newest report."""

        async def there() -> dict[str, Any] | None:
            reports = await self.published("report_ready", interview_id)
            return dict(reports[-1]["report"]) if reports else None

        return await eventually(there, patience=patience)

    async def reveal(self, interview_id: UUID, candidate_id: UUID) -> None:
        """Ask to see a report, as its candidate does."""
        path = f"/reports/{interview_id}/reveal"
        response = await self.client.post(path, headers=self.headers(candidate_id))
        assert response.status_code == 204, response.text

    async def get(self, path: str, user_id: UUID, role: str = "candidate") -> httpx2.Response:
        return await self.client.get(path, headers=self.headers(user_id, role))

    def headers(self, user_id: UUID, role: str = "candidate") -> dict[str, str]:
        return self.tokens.headers(user_id=user_id, role="admin" if role == "admin" else "candidate")


def facing(fault: Fault, settings: AnalysisSettings) -> AnalysisSettings:
    """Wait a second for a model that hangs. Any other may take its time, as it does on a busy machine."""
    return settings.model_copy(update={"gemini_timeout": timedelta(seconds=1)}) if fault.kind == "hang" else settings


async def eventually(look: Callable[[], Awaitable[Any]], *, patience: float = PATIENCE) -> Any:
    """Look until there is something to see."""
    ends = asyncio.get_running_loop().time() + patience
    while True:
        found = await look()
        if found:
            return found
        assert asyncio.get_running_loop().time() < ends, "it did not happen in time"
        await asyncio.sleep(0.05)

"""From a delivery to an outcome: what the message says, what the handler did, and whose fault a failure is."""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

import sqlalchemy as sa
import structlog
from aio_pika.abc import AbstractIncomingMessage

from kit.database import Database, is_unavailable
from kit.messaging import metrics
from kit.messaging.broker import asked_to_stop
from kit.messaging.envelope import TRACEPARENT_HEADER, Envelope, PoisonError, attempt_of, decode, event_in
from kit.messaging.events import EventPayload
from kit.messaging.inbox import first_delivery
from kit.messaging.subscriptions import Delivery, Reject, Subscription, WorkerContext
from kit.tracing import trace_scope

Verdict = Literal["done", "duplicate", "retry", "dead", "infrastructure"]

# A statement that ran out of time or waited too long for a lock: the database may be ill, or the handler may be slow.
_AMBIGUOUS_STATES = frozenset({"57014", "55P03", "25P02", "25P03"})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery. `reason` is a short code, `detail` says more and quotes nothing of the message."""

    verdict: Verdict
    reason: str = ""
    detail: str = ""
    attempt: int = 1
    error: BaseException | None = None


class Handling:
    """Runs the handlers of one service."""

    def __init__(self, context: WorkerContext, inbox: sa.Table | None) -> None:
        self._context = context
        self._inbox = inbox

    async def handle(self, subscription: Subscription, message: AbstractIncomingMessage) -> Outcome:
        """Handle one delivery; whatever a handler raises becomes an outcome."""
        traceparent = message.headers.get(TRACEPARENT_HEADER)
        with trace_scope(str(traceparent) if traceparent else None):
            started = perf_counter()
            with metrics.messages_in_progress.labels(subscription.queue).track_inprogress():
                outcome = await self._outcome(subscription, message)
            metrics.message_handling_seconds.labels(subscription.queue).observe(perf_counter() - started)
            metrics.messages_total.labels(subscription.queue, outcome.verdict).inc()
            _report(subscription, message, outcome, perf_counter() - started)
            return outcome

    async def _outcome(self, subscription: Subscription, message: AbstractIncomingMessage) -> Outcome:
        attempt = attempt_of(message)
        try:
            envelope = decode(message.body)
            event = event_in(envelope, subscription.event)
        except PoisonError as error:
            return Outcome("dead", error.reason, error.detail, attempt, error)
        try:
            async with asyncio.timeout(subscription.timeout.total_seconds()):
                is_first = await self._run(subscription, envelope, event, attempt)
        except Reject as error:
            return Outcome("dead", "rejected", error.reason[:200], attempt, error)
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and asked_to_stop():
                raise
            if await self._is_infrastructure(error):
                return Outcome("infrastructure", type(error).__name__, attempt=attempt, error=error)
            exhausted = attempt >= subscription.max_attempts
            return Outcome(
                "dead" if exhausted else "retry",
                "attempts-exhausted" if exhausted else "failed",
                type(error).__name__,
                attempt,
                error,
            )
        return Outcome("done" if is_first else "duplicate", attempt=attempt)

    async def _run(self, subscription: Subscription, envelope: Envelope, event: EventPayload, attempt: int) -> bool:
        """Run the handler; False when the inbox knows the message."""
        if subscription.mode == "long":
            delivery = Delivery(
                message_id=envelope.id,
                attempt=attempt,
                max_attempts=subscription.max_attempts,
                traceparent=envelope.traceparent,
                occurred_at=envelope.time,
            )
            await subscription.handler(self._context, event, delivery)
            return True
        if self._inbox is None:
            raise LookupError("a transactional handler needs inbox_table(metadata) in its service's schema")
        async with self._context.database.transaction() as session:
            if not await first_delivery(session, self._inbox, envelope.id, subscription.queue):
                return False
            await subscription.handler(session, event)
        return True

    async def _is_infrastructure(self, error: BaseException) -> bool:
        """Tell the database's failures, which no message is to blame for, from the handler's."""
        cause: BaseException | None = error
        while cause is not None:
            if is_unavailable(cause):
                return _state(cause) not in _AMBIGUOUS_STATES or not await _answers(self._context.database)
            if isinstance(cause, TimeoutError):
                return not await _answers(self._context.database)
            cause = cause.__cause__
        return False


def _state(error: BaseException | None) -> str | None:
    """Return the SQLSTATE behind an error of the database."""
    while error is not None:
        state = getattr(getattr(error, "orig", None) or error, "sqlstate", None)
        if isinstance(state, str):
            return state
        error = error.__cause__
    return None


async def _answers(database: Database) -> bool:
    try:
        async with asyncio.timeout(2):
            await database.ping()
    except Exception:  # noqa: BLE001 - any failure is the answer
        return False
    return True


def _report(subscription: Subscription, message: AbstractIncomingMessage, outcome: Outcome, seconds: float) -> None:
    facts = {
        "queue": subscription.queue,
        "message_id": message.message_id,
        "attempt": outcome.attempt,
        "outcome": outcome.verdict,
        "seconds": round(seconds, 4),
    }
    if outcome.verdict in {"done", "duplicate"}:
        log.info("message.handled", **facts)
        return
    expected = isinstance(outcome.error, PoisonError | Reject) or outcome.verdict == "infrastructure"
    log.warning(
        "message.failed",
        **facts,
        reason=outcome.reason,
        detail=outcome.detail,
        exc_info=None if expected else outcome.error,
    )

"""The dead letters of a queue: how many, which and why, and how to send them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aio_pika.abc import AbstractChannel, AbstractIncomingMessage
from aio_pika.exceptions import ChannelNotFoundEntity

from kit.messaging.broker import BrokerUnavailable, answered, connected, open_channel, send
from kit.messaging.envelope import TRACEPARENT_HEADER, Envelope, PoisonError, attempt_of, copy_of, decode
from kit.messaging.settling import DETAIL_HEADER, DIED_AT_HEADER, REASON_HEADER, acknowledge
from kit.messaging.topology import REQUEUE_EXCHANGE, RETRY_EXCHANGE, dead_queue, suspect_key

_NAME = "dead letters"
_LIMIT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One dead letter without its data. `event_type` and `subject` are None when the body is no envelope."""

    message_id: str | None
    event_type: str | None
    subject: str | None
    reason: str
    detail: str
    attempt: int
    died_at: datetime | None


async def count(amqp_url: str, queues: Iterable[str]) -> dict[str, int]:
    """Return the number of dead letters of each queue; a queue that was never declared has none.

    Raises:
        BrokerUnavailable: the broker is away.
    """
    counts: dict[str, int] = {}
    async with connected(amqp_url, _NAME) as connection:
        for queue in queues:
            channel = await open_channel(connection, publishes=False)
            counts[queue] = await _count(channel, queue)
    return counts


async def peek(amqp_url: str, queue: str, limit: int = 50) -> list[DeadLetter]:
    """Return the first dead letters of `queue` and leave them where they are.

    Raises:
        BrokerUnavailable: the broker is away.
    """
    letters: list[DeadLetter] = []
    async with connected(amqp_url, _NAME) as connection:
        channel = await open_channel(connection, publishes=False)
        present = await _count(channel, queue)
        if not present:
            return letters
        source = await channel.get_queue(dead_queue(queue), ensure=False)
        for _ in range(min(limit, present)):
            async with answered("look at a dead letter"):
                message = await source.get(fail=False)
            if message is None:
                break
            letters.append(_letter(message))
        # Not acknowledged: closing the channel puts them back.
    return letters


async def redrive(amqp_url: str, queue: str, *, limit: int | None = None, together: bool = False) -> int:
    """Send the dead letters of `queue` again, with their attempts forgotten, and return how many.

    They go among the suspects of the service, which takes those one at a time: one that kills its worker takes no
    neighbour along. With `together` they go straight into the queue, which is faster and right after an outage.

    Raises:
        BrokerUnavailable: the broker is away, or the service has never run; what was not sent stays.
    """
    sent = 0
    async with connected(amqp_url, _NAME) as connection:
        channel = await open_channel(connection, publishes=True)
        # Counted first: what dies again meanwhile is left for the next time.
        present = await _count(channel, queue)
        if not present:
            return sent
        source = await channel.get_queue(dead_queue(queue), ensure=False)
        target = await channel.get_exchange(REQUEUE_EXCHANGE if together else RETRY_EXCHANGE, ensure=False)
        key = f"redrive.{queue}" if together else suspect_key(queue)
        for _ in range(present if limit is None else min(limit, present)):
            async with answered("take a dead letter"):
                message = await source.get(fail=False)
            if message is None:
                break
            headers = {name: message.headers[name] for name in (TRACEPARENT_HEADER,) if name in message.headers}
            await send(target, copy_of(message, headers), key)
            await acknowledge(message)
            sent += 1
    return sent


async def _count(channel: AbstractChannel, queue: str) -> int:
    try:
        async with answered(f"count the dead letters of {queue}", _LIMIT):
            declared = await channel.declare_queue(dead_queue(queue), passive=True)
    except BrokerUnavailable as error:
        if isinstance(error.__cause__, ChannelNotFoundEntity):
            return 0
        raise
    return declared.declaration_result.message_count or 0


def _letter(message: AbstractIncomingMessage) -> DeadLetter:
    headers = message.headers
    envelope: Envelope | None
    try:
        envelope = decode(message.body)
    except PoisonError:
        envelope = None
    # The broker buries what it delivered too often itself, and says so in its own words.
    reason = str(headers.get(REASON_HEADER) or headers.get("x-first-death-reason") or "unknown").replace("_", "-")
    died_at = headers.get(DIED_AT_HEADER)
    return DeadLetter(
        message_id=message.message_id,
        event_type=envelope.type if envelope else None,
        subject=envelope.subject if envelope else None,
        reason=reason,
        detail=str(headers.get(DETAIL_HEADER) or ""),
        attempt=attempt_of(message),
        died_at=datetime.fromisoformat(died_at) if isinstance(died_at, str) else None,
    )

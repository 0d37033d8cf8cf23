"""The names on the broker and how they hang together.

    events    topic    <event type>                →  <queue>                 e.g. analysis.answer_submitted
    retry     topic    <delay>.<queue>             →  <service>.retry.<delay>  waits, then on to `requeue`
    retry     topic    suspect.<queue>             →  <service>.suspect        taken one at a time
    requeue   topic    <delay>.<queue>             →  <queue>
    dead      topic    <anything>.<queue>          →  <queue>.dead

All queues are quorum queues and every declaration may be repeated. Delays are queues and not per-message times,
because a queue only looks at its head: one message with ten minutes would hold up those with a second.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from aio_pika import ExchangeType
from aio_pika.abc import AbstractChannel

from kit.messaging.broker import answered
from kit.messaging.subscriptions import Subscription, Subscriptions

EXCHANGE: Final = "interview-kit.events"
RETRY_EXCHANGE: Final = "interview-kit.retry"
REQUEUE_EXCHANGE: Final = "interview-kit.requeue"
DEAD_EXCHANGE: Final = "interview-kit.dead"

RETRY_DELAYS: Final[tuple[timedelta, ...]] = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
)

# Only a backstop: what counts towards it differs between RabbitMQ 3.10 and 4, so attempts are counted in a header.
DELIVERY_LIMIT: Final = 20

# A message that has come back this often without an outcome may have killed its worker, or was near one that did.
SUSPECT_AFTER: Final = 2
SUSPECT_DELIVERY_LIMIT: Final = 2


def service_of(queue: str) -> str:
    """Return the service that consumes `queue`."""
    return queue.split(".", 1)[0]


def dead_queue(queue: str) -> str:
    """Return the queue of the dead letters of `queue`."""
    return f"{queue}.dead"


def suspect_queue(service: str) -> str:
    """Return the queue of a service's suspects."""
    return f"{service}.suspect"


def suspect_key(queue: str) -> str:
    """Return the routing key on the retry exchange that puts a message of `queue` among the suspects."""
    return f"suspect.{queue}"


def dead_key(queue: str) -> str:
    """Return the routing key on the dead exchange for `queue`."""
    return f"dead.{queue}"


def queue_in(key: str) -> str:
    """Return the queue a routing key `<why>.<queue>` speaks of."""
    return key.split(".", 1)[1]


def delay_name(delay: timedelta) -> str:
    """Return the part of names that stands for a delay: `500ms`, `5s`."""
    milliseconds = int(delay.total_seconds() * 1000)
    return f"{milliseconds // 1000}s" if milliseconds % 1000 == 0 else f"{milliseconds}ms"


def retry_key(queue: str, attempt: int, delays: tuple[timedelta, ...] = RETRY_DELAYS) -> str:
    """Return the routing key on the retry exchange after the failed attempt number `attempt` (from 1)."""
    return f"{delay_name(delays[min(attempt, len(delays)) - 1])}.{queue}"


async def declare_exchanges(channel: AbstractChannel) -> None:
    """Declare the exchanges; a publisher needs no more."""
    for name in (EXCHANGE, RETRY_EXCHANGE, REQUEUE_EXCHANGE, DEAD_EXCHANGE):
        async with answered(f"declare the exchange {name}"):
            await channel.declare_exchange(name, ExchangeType.TOPIC, durable=True)


async def declare(
    channel: AbstractChannel, subscriptions: Subscriptions, delays: tuple[timedelta, ...] = RETRY_DELAYS
) -> None:
    """Declare everything the subscriptions of one service need."""
    await declare_exchanges(channel)
    service = subscriptions.service
    for delay in delays:
        name = delay_name(delay)
        await _queue(
            channel,
            f"{service}.retry.{name}",
            _dead_letters_to(REQUEUE_EXCHANGE) | {"x-message-ttl": int(delay.total_seconds() * 1000)},
            {RETRY_EXCHANGE: [f"{name}.{service}.*"]},
        )
    await _queue(
        channel,
        suspect_queue(service),
        _dead_letters_to(DEAD_EXCHANGE) | {"x-delivery-limit": SUSPECT_DELIVERY_LIMIT},
        {RETRY_EXCHANGE: [suspect_key(f"{service}.*")]},
    )
    for subscription in subscriptions:
        await _declare_subscription(channel, subscription)


async def _declare_subscription(channel: AbstractChannel, subscription: Subscription) -> None:
    queue = subscription.queue
    # The dead letters first: a message must never be able to die into nowhere.
    await _queue(channel, dead_queue(queue), {}, {DEAD_EXCHANGE: [f"*.{queue}"]})
    await _queue(
        channel,
        queue,
        _dead_letters_to(DEAD_EXCHANGE)
        | {"x-dead-letter-routing-key": dead_key(queue), "x-delivery-limit": DELIVERY_LIMIT},
        {REQUEUE_EXCHANGE: [f"*.{queue}"], EXCHANGE: [subscription.event.event_type]},
    )


def _dead_letters_to(exchange: str) -> dict[str, Any]:
    # The default strategy, at-most-once, may lose a message on its way between two queues.
    return {
        "x-dead-letter-exchange": exchange,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


async def _queue(
    channel: AbstractChannel, name: str, arguments: Mapping[str, Any], bindings: Mapping[str, Iterable[str]]
) -> None:
    async with answered(f"declare the queue {name}"):
        queue = await channel.declare_queue(name, durable=True, arguments={"x-queue-type": "quorum"} | dict(arguments))
        for exchange, keys in bindings.items():
            for key in keys:
                await queue.bind(exchange, key)

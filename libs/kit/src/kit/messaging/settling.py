"""From an outcome to the broker: acknowledge, send on another round, or bury."""

from datetime import timedelta
from typing import Any, Final

from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractIncomingMessage

from kit.clock import now
from kit.messaging import metrics
from kit.messaging.broker import BrokerUnavailable, Refused, Unroutable, answered, send
from kit.messaging.envelope import ATTEMPT_HEADER, TRACEPARENT_HEADER, copy_of
from kit.messaging.handling import Outcome
from kit.messaging.topology import DEAD_EXCHANGE, RETRY_DELAYS, RETRY_EXCHANGE, dead_key, retry_key, suspect_key

QUEUE_HEADER: Final = "x-ik-queue"
REASON_HEADER: Final = "x-ik-reason"
DETAIL_HEADER: Final = "x-ik-detail"
DIED_AT_HEADER: Final = "x-ik-died-at"


class Settling:
    """Settles deliveries over one channel for publishing.

    A message is sent on first and acknowledged then. A crash in between leaves two of it, which handlers bear; the
    other order could leave none.
    """

    def __init__(
        self,
        retry: AbstractExchange,
        dead: AbstractExchange,
        delays: tuple[timedelta, ...] = RETRY_DELAYS,
    ) -> None:
        self._retry = retry
        self._dead = dead
        self._delays = delays

    @classmethod
    async def over(cls, channel: AbstractChannel, delays: tuple[timedelta, ...] = RETRY_DELAYS) -> "Settling":
        """Settle over `channel`, which confirms, and whose exchanges have been declared."""
        retry = await channel.get_exchange(RETRY_EXCHANGE, ensure=False)
        dead = await channel.get_exchange(DEAD_EXCHANGE, ensure=False)
        return cls(retry, dead, delays)

    async def settle(self, queue: str, message: AbstractIncomingMessage, outcome: Outcome) -> None:
        """Tell the broker about an outcome; one that is the infrastructure's fault leaves the message with it.

        Raises:
            BrokerUnavailable: the broker did not take it; it will deliver the message again.
        """
        match outcome.verdict:
            case "done" | "duplicate":
                await acknowledge(message)
            case "retry":
                await self._pass_on(
                    self._retry,
                    message,
                    retry_key(queue, outcome.attempt, self._delays),
                    _carried(message) | {ATTEMPT_HEADER: outcome.attempt + 1},
                )
            case "dead":
                await self._pass_on(
                    self._dead,
                    message,
                    dead_key(queue),
                    _carried(message)
                    | {
                        ATTEMPT_HEADER: outcome.attempt,
                        QUEUE_HEADER: queue,
                        REASON_HEADER: outcome.reason,
                        DETAIL_HEADER: outcome.detail,
                        DIED_AT_HEADER: now().isoformat(),
                    },
                )
            case "infrastructure":
                pass

    async def suspect(self, queue: str, message: AbstractIncomingMessage) -> None:
        """Put the message among the suspects, where each is taken alone.

        Raises:
            BrokerUnavailable: as `settle`.
        """
        metrics.messages_total.labels(queue, "suspect").inc()
        await self._pass_on(self._retry, message, suspect_key(queue), _carried(message))

    async def _pass_on(
        self, exchange: AbstractExchange, message: AbstractIncomingMessage, key: str, headers: dict[str, Any]
    ) -> None:
        try:
            await send(exchange, copy_of(message, headers), key)
        except (Unroutable, Refused) as error:
            # Its queue was declared when we started: somebody deleted it. Starting again declares it again.
            raise BrokerUnavailable(f"no queue for {key}") from error
        await acknowledge(message)


async def acknowledge(message: AbstractIncomingMessage) -> None:
    """Acknowledge, or raise BrokerUnavailable."""
    async with answered("acknowledge"):
        await message.ack()


def _carried(message: AbstractIncomingMessage) -> dict[str, Any]:
    """Return the headers that stay with a message; the broker's own (x-death, x-delivery-count) start anew."""
    kept = (ATTEMPT_HEADER, TRACEPARENT_HEADER)
    return {name: message.headers[name] for name in kept if name in message.headers}

"""What every provider's adapter does alike: deadline, places, retries, circuit breaker, one repair, counting."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import ClassVar, Generic, Self, TypeVar, cast

import structlog
from pydantic import BaseModel, ValidationError

from kit.ai import metrics
from kit.ai.breaker import CircuitBreaker
from kit.ai.errors import ModelOutputInvalid, ModelRefused, ModelUnavailable
from kit.ai.pace import Pace
from kit.ai.port import AudioPart, Generated, ValueT
from kit.ai.retry import RetryPolicy
from kit.ai.spending import Meter, current_charge

log = structlog.get_logger(__name__)

QUOTED_REPLY = 4_000  # characters of a bad reply shown to the model again; the rest adds cost, not help
TalkT = TypeVar("TalkT")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply as text, without the model's thoughts; tokens as the provider counted them, None when it did not.

    `cut_off`: the provider ended it at its length limit. `refusal`: its rules blocked it, in a sentence for users.
    """

    text: str
    model: str | None
    input_tokens: int | None
    output_tokens: int | None
    cut_off: bool = False
    refusal: str | None = None


class Again(Exception):  # noqa: N818  # not raised to callers
    """The provider answered that it does not know a way of asking; `talk` asks the same in another. No attempt is used.

    Whoever raises it sees to it that there is an end to the other ways.
    """

    def __init__(self, talk: object) -> None:
        super().__init__()
        self.talk = talk


class Fault(Exception):  # noqa: N818  # not raised to callers
    """A request that brought no reply. `unwell`: it says something about the provider, and not about our request."""

    def __init__(self, error: ModelUnavailable, *, unwell: bool) -> None:
        super().__init__(error.reason)
        self.error = error
        self.unwell = unwell


class ProviderModel(ABC, Generic[TalkT]):
    """A model behind a provider's API. One per process: it owns the connections, the places and the circuit breaker.

    `TalkT` is what the provider calls a conversation. Close it with `aclose()` or use it as an async context manager.
    """

    provider: ClassVar[str]
    label: ClassVar[str]
    """The provider's name in sentences for users."""

    def __init__(
        self,
        model: str,
        *,
        concurrency: int,
        policy: RetryPolicy,
        breaker: CircuitBreaker | None,
        per_minute: int | None = None,
        meter: Meter | None = None,
    ) -> None:
        self.model = model
        self._policy = policy
        self._breaker = breaker or CircuitBreaker()
        self._places = asyncio.Semaphore(concurrency)
        self._pace = Pace(per_minute)
        self._meter = meter

    async def __aenter__(self) -> Self:
        """Return the model itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    @abstractmethod
    async def aclose(self) -> None:
        """Close the connections."""

    @abstractmethod
    def _begin(self, system: str, prompt: str, schema: type[BaseModel], audio: Sequence[AudioPart]) -> TalkT:
        """Return the conversation with its first turn."""

    @abstractmethod
    def _go_on(self, talk: TalkT, reply: str, request: str) -> TalkT:
        """Return the conversation with a reply (may be empty) and our next turn."""

    @abstractmethod
    async def _send(self, talk: TalkT) -> Reply:
        """Send one request.

        Raises:
            Fault: there is no reply.
            Again: the provider wants to be asked in another way.
        """

    async def generate(
        self,
        *,
        system: str,
        prompt: str,
        schema: type[ValueT],
        deadline: timedelta,
        audio: Sequence[AudioPart] = (),
    ) -> Generated[ValueT]:
        """Ask the model; see `StructuredModel.generate`."""
        ends = time.monotonic() + deadline.total_seconds()
        started = time.perf_counter()
        try:
            async with asyncio.timeout(deadline.total_seconds()), self._places:
                if self._meter is not None:
                    await self._meter.admit(current_charge())
                return await self._generate(self._begin(system, prompt, schema, audio), schema, ends)
        except TimeoutError as error:
            reason = f"{self.label} did not answer within {deadline.total_seconds():g} seconds"
            raise ModelUnavailable(reason) from error
        finally:
            metrics.SECONDS.labels(self.provider, self.model).observe(time.perf_counter() - started)

    async def _generate(self, talk: TalkT, schema: type[ValueT], ends: float) -> Generated[ValueT]:
        first = await self._ask(talk, ends)
        replies = [first]
        try:
            value = self._parse(first, schema)
        except ModelOutputInvalid as fault:
            log.info("ai_reply_repaired", provider=self.provider, model=self.model, fault=fault.detail)
            request = f"That reply cannot be used. {fault.detail}. Reply again with the corrected JSON only."
            second = await self._ask(self._go_on(talk, first.text[:QUOTED_REPLY], request), ends)
            replies.append(second)
            value = self._parse(second, schema)
        return Generated(
            value=value,
            model=first.model or self.model,
            input_tokens=_sum(reply.input_tokens for reply in replies),
            output_tokens=_sum(reply.output_tokens for reply in replies),
        )

    async def _ask(self, talk: TalkT, ends: float) -> Reply:
        """Send until there is a reply, the attempts are used up, or waiting would pass the deadline."""
        attempt = 1
        while True:
            if wait := self._breaker.wait():
                raise ModelUnavailable(f"{self.label} has been failing and is given a rest", retry_after=wait)
            await self._take_turn(ends)
            try:
                reply = await self._send(talk)
            except Again as again:
                self._breaker.succeeded()
                metrics.CALLS.labels(self.provider, self.model, "way_refused").inc()
                talk = cast("TalkT", again.talk)
            except Fault as fault:
                error = fault.error
                if fault.unwell:
                    self._breaker.failed(error.retry_after)
                metrics.CALLS.labels(self.provider, self.model, "failed").inc()
                delay = self._policy.delay(attempt, error.retry_after)
                if error.permanent or attempt >= self._policy.attempts or time.monotonic() + delay >= ends:
                    raise error from fault.__cause__
                log.info("ai_request_retried", provider=self.provider, reason=error.reason, delay=round(delay, 2))
                await asyncio.sleep(delay)
                attempt += 1
            else:
                await self._count(reply)
                if reply.refusal is not None:
                    raise ModelRefused(reply.refusal)
                return reply

    async def _count(self, reply: Reply) -> None:
        """Count what a reply used, before anybody looks at it: one that is of no use has been paid for as well."""
        for direction, count in (("input", reply.input_tokens), ("output", reply.output_tokens)):
            metrics.TOKENS.labels(self.provider, self.model, direction).inc(count or 0)
        if self._meter is not None:
            await self._meter.note(
                current_charge(),
                provider=self.provider,
                model=reply.model or self.model,
                input_tokens=reply.input_tokens,
                output_tokens=reply.output_tokens,
            )

    async def _take_turn(self, ends: float) -> None:
        """Wait until the provider may be asked once more this minute, unless that would pass the deadline."""
        while wait := self._pace.wait():
            if time.monotonic() + wait >= ends:
                raise ModelUnavailable(f"{self.label} has been asked as often as it may be in a minute", wait)
            await asyncio.sleep(wait)

    def _answered(self) -> None:
        """Note that the provider replied, whatever it replied."""
        self._breaker.succeeded()
        metrics.CALLS.labels(self.provider, self.model, "answered").inc()

    def _parse(self, reply: Reply, schema: type[ValueT]) -> ValueT:
        """Validate strictly what the model wrote.

        Raises:
            ModelOutputInvalid: with the places of the faults, never the values.
        """
        if reply.cut_off:
            raise ModelOutputInvalid(f"{self.label}'s reply was cut off", "the reply was too long and was cut off")
        if not reply.text.strip():
            raise ModelOutputInvalid(f"{self.label} replied with nothing", "the reply was empty")
        try:
            return schema.model_validate_json(reply.text)
        except ValidationError as error:
            faults = [
                f"{'.'.join(str(part) for part in fault['loc']) or 'reply'}: {fault['msg']}"
                for fault in error.errors(include_url=False, include_input=False)[:8]
            ]
            reason = f"{self.label}'s reply did not have the asked shape"
            raise ModelOutputInvalid(reason, "; ".join(faults)) from error


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return what the provider counted in all; None when it counted nothing."""
    told = [count for count in counts if count is not None]
    return sum(told) if told else None

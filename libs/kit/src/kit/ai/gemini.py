"""The Gemini adapter: the one place that knows Google's SDK."""

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import httpx2
import structlog
from google import genai
from google.genai import errors as sdk_errors
from google.genai import types
from pydantic import ValidationError

from kit.ai import metrics
from kit.ai.breaker import CircuitBreaker
from kit.ai.errors import ModelOutputInvalid, ModelRefused, ModelUnavailable
from kit.ai.port import AudioPart, Generated, ValueT
from kit.ai.retry import RetryPolicy, parse_retry_after
from kit.ai.schema import gemini_schema
from kit.ai.settings import GeminiSettings

log = structlog.get_logger(__name__)

REFUSED = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "ESCALATION"}
TRANSIENT = {408, 429, 500, 502, 503, 504, 529}
QUOTED_REPLY = 4_000  # characters of a bad reply shown to the model again; the rest adds cost, not help


class GeminiModel:
    """Asks Gemini. One per process: it owns a connection pool, the concurrency limit and the circuit breaker.

    Close it with `aclose()` or use it as an async context manager.
    """

    provider = "gemini"

    def __init__(
        self,
        settings: GeminiSettings,
        *,
        policy: RetryPolicy | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Make the client; nothing is sent yet.

        Raises:
            ValueError: the settings have no API key.
        """
        if settings.gemini_api_key is None:
            raise ValueError("GEMINI_API_KEY is not set")
        self.model = settings.gemini_model
        self._timeout = settings.gemini_timeout.total_seconds()
        self._thinking = settings.gemini_thinking_level
        self._policy = policy or RetryPolicy(attempts=settings.gemini_max_attempts)
        self._breaker = breaker or CircuitBreaker()
        self._places = asyncio.Semaphore(settings.gemini_concurrency)
        # Our own client, because the SDK otherwise picks whichever HTTP library is installed, and with aiohttp
        # sleeps up to ten seconds after a refused connection, deaf to any deadline.
        self._http = httpx2.AsyncClient(
            timeout=httpx2.Timeout(self._timeout, connect=min(10.0, self._timeout)),
            limits=httpx2.Limits(max_connections=settings.gemini_concurrency + 2),
        )
        self._client = genai.Client(
            api_key=settings.gemini_api_key.get_secret_value(),
            vertexai=False,
            http_options=types.HttpOptions(
                base_url=settings.gemini_base_url,
                api_version=settings.gemini_api_version,
                timeout=int(self._timeout * 1000),
                retry_options=types.HttpRetryOptions(attempts=1),
                httpx_async_client=self._http,
            ),
        )

    async def __aenter__(self) -> Self:
        """Return the model itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()
        self._client.close()

    async def generate(
        self,
        *,
        system: str,
        prompt: str,
        schema: type[ValueT],
        deadline: timedelta,
        audio: Sequence[AudioPart] = (),
    ) -> Generated[ValueT]:
        """Ask Gemini; see `StructuredModel.generate`."""
        ends = time.monotonic() + deadline.total_seconds()
        started = time.perf_counter()
        try:
            async with asyncio.timeout(deadline.total_seconds()), self._places:
                return await self._generate(system, _question(prompt, audio), schema, ends)
        except TimeoutError as error:
            raise ModelUnavailable(f"Gemini did not answer within {deadline.total_seconds():g} seconds") from error
        finally:
            metrics.SECONDS.labels(self.provider, self.model).observe(time.perf_counter() - started)

    async def _generate(
        self, system: str, question: types.Content, schema: type[ValueT], ends: float
    ) -> Generated[ValueT]:
        config = self._config(system, gemini_schema(schema))
        contents = [question]
        spent = _Tokens()
        first = await self._ask(contents, config, ends)
        spent.add(first)
        text = _text(first)
        try:
            value = _parse(text, schema)
        except ModelOutputInvalid as fault:
            log.info("ai_reply_repaired", provider=self.provider, model=self.model, fault=fault.detail)
            contents = [*contents, *_repair(text, fault.detail)]
            second = await self._ask(contents, config, ends)
            spent.add(second)
            value = _parse(_text(second), schema)
        for direction, count in (("input", spent.input), ("output", spent.output)):
            metrics.TOKENS.labels(self.provider, self.model, direction).inc(count or 0)
        return Generated(
            value=value, model=first.model_version or self.model, input_tokens=spent.input, output_tokens=spent.output
        )

    def _config(self, system: str, schema: dict[str, Any]) -> types.GenerateContentConfig:
        # No temperature, top_p or top_k: Gemini 3 asks for them to be left out and some models refuse them.
        thinking = types.ThinkingConfig(thinking_level=types.ThinkingLevel(self._thinking)) if self._thinking else None
        return types.GenerateContentConfig(
            system_instruction=system,
            response_mime_type="application/json",
            response_json_schema=schema,
            thinking_config=thinking,
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )

    async def _ask(
        self, contents: list[types.Content], config: types.GenerateContentConfig, ends: float
    ) -> types.GenerateContentResponse:
        """Send until there is a reply, the attempts are used up, or waiting would pass the deadline."""
        attempt = 0
        while True:
            attempt += 1
            if wait := self._breaker.wait():
                raise ModelUnavailable("Gemini has been failing and is given a rest", retry_after=wait)
            try:
                reply = await self._send(contents, config)
            except ModelUnavailable as error:
                delay = self._policy.delay(attempt, error.retry_after)
                if error.permanent or attempt >= self._policy.attempts or time.monotonic() + delay >= ends:
                    raise
                log.info("ai_request_retried", provider=self.provider, reason=error.reason, delay=round(delay, 2))
                await asyncio.sleep(delay)
            else:
                _refuse_blocked(reply)
                return reply

    async def _send(
        self, contents: list[types.Content], config: types.GenerateContentConfig
    ) -> types.GenerateContentResponse:
        """Send one request and turn every way it can fail into one of ours."""
        try:
            reply = await self._client.aio.models.generate_content(model=self.model, contents=contents, config=config)
        except sdk_errors.APIError as error:
            fault, counts = _api_fault(error, self.model)
        except httpx2.TimeoutException as error:
            fault, counts = ModelUnavailable(f"Gemini did not answer within {self._timeout:g} seconds"), True
            fault.__cause__ = error
        except httpx2.HTTPError as error:
            fault, counts = ModelUnavailable("Gemini could not be reached"), True
            fault.__cause__ = error
        except (sdk_errors.UnknownApiResponseError, ValueError, TypeError, AttributeError) as error:
            # A 200 with a body that is not what the API promises; the SDK has no single error for it.
            fault, counts = ModelUnavailable("Gemini sent a reply that could not be read"), True
            fault.__cause__ = error
        else:
            self._breaker.succeeded()
            metrics.CALLS.labels(self.provider, self.model, "answered").inc()
            return reply
        if counts:
            self._breaker.failed(fault.retry_after)
        metrics.CALLS.labels(self.provider, self.model, "failed").inc()
        raise fault


def _question(prompt: str, audio: Sequence[AudioPart]) -> types.Content:
    """Put the sound inside the request: a file uploaded first would lie with the vendor for two days."""
    sound = [types.Part.from_bytes(data=part.data, mime_type=part.mime_type) for part in audio]
    return types.Content(role="user", parts=[types.Part(text=prompt), *sound])


class _Tokens:
    """Sums what the provider counted; stays None when it counted nothing."""

    def __init__(self) -> None:
        self.input: int | None = None
        self.output: int | None = None

    def add(self, reply: types.GenerateContentResponse) -> None:
        usage = reply.usage_metadata
        if usage is None:
            return
        if usage.prompt_token_count is not None:
            self.input = (self.input or 0) + usage.prompt_token_count
        if usage.candidates_token_count is not None:
            thoughts = usage.thoughts_token_count or 0
            self.output = (self.output or 0) + usage.candidates_token_count + thoughts


def _api_fault(error: sdk_errors.APIError, model: str) -> tuple[ModelUnavailable, bool]:
    """Return our error, and whether it says that the provider is unwell (and not that our request was wrong)."""
    body = error.details if isinstance(error.details, dict) else {}
    inner = body.get("error", body)
    details = [item for item in inner.get("details") or [] if isinstance(item, dict)] if isinstance(inner, dict) else []
    key_refused = error.code in {401, 403} or any(item.get("reason") == "API_KEY_INVALID" for item in details)
    if key_refused:
        fault, counts = ModelUnavailable("Gemini refused the API key", permanent=True), False
    elif error.code == 404:  # noqa: PLR2004  # HTTP
        fault, counts = ModelUnavailable(f"Gemini has no model named {model}", permanent=True), False
    elif error.code == 429:  # noqa: PLR2004  # HTTP
        spent_for_today = any("PerDay" in json.dumps(item) for item in details)
        reason = "The Gemini quota for today is used up" if spent_for_today else "Gemini's rate limit was reached"
        fault, counts = ModelUnavailable(reason, _retry_after(error, details), permanent=spent_for_today), True
    elif error.code in TRANSIENT:
        reason = f"Gemini had a fault of its own (HTTP {error.code})"
        fault, counts = ModelUnavailable(reason, _retry_after(error, details)), True
    else:
        fault, counts = ModelUnavailable(f"Gemini rejected the request (HTTP {error.code})", permanent=True), False
    fault.__cause__ = error
    return fault, counts


def _retry_after(error: sdk_errors.APIError, details: list[dict[str, Any]]) -> float | None:
    """Return the longest wait the provider asked for, from the header and from google.rpc.RetryInfo ("2.5s")."""
    headers = getattr(error.response, "headers", None) or {}
    told = [headers.get("retry-after")] + [
        str(item.get("retryDelay", "")).removesuffix("s")
        for item in details
        if str(item.get("@type", "")).endswith("google.rpc.RetryInfo")
    ]
    return max((wait for wait in map(parse_retry_after, told) if wait is not None), default=None)


def _refuse_blocked(reply: types.GenerateContentResponse) -> None:
    feedback = reply.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise ModelRefused("Gemini's safety rules blocked the question or the answer")
    for candidate in reply.candidates or []:
        if candidate.finish_reason is not None and candidate.finish_reason.value in REFUSED:
            raise ModelRefused("Gemini's safety rules blocked its own reply")


def _text(reply: types.GenerateContentResponse) -> str:
    """Return the reply without the model's thoughts; empty when there is none."""
    for candidate in reply.candidates or []:
        parts = (candidate.content.parts if candidate.content else None) or []
        return "".join(part.text or "" for part in parts if not part.thought)
    return ""


def _parse(text: str, schema: type[ValueT]) -> ValueT:
    """Validate strictly what the model wrote.

    Raises:
        ModelOutputInvalid: with the places of the faults, never the values.
    """
    if not text.strip():
        raise ModelOutputInvalid("Gemini replied with nothing", "the reply was empty")
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in fault['loc']) or 'reply'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)[:8]
        ]
        raise ModelOutputInvalid("Gemini's reply did not have the asked shape", "; ".join(faults)) from error


def _repair(text: str, fault: str) -> list[types.Content]:
    request = f"That reply cannot be used. {fault}. Reply again with the corrected JSON only."
    turns = [types.Content(role="user", parts=[types.Part(text=request)])]
    if text.strip():
        turns.insert(0, types.Content(role="model", parts=[types.Part(text=text[:QUOTED_REPLY])]))
    return turns

"""The Gemini adapter: the one place that knows Google's SDK."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx2
from google import genai
from google.genai import errors as sdk_errors
from google.genai import types
from pydantic import BaseModel

from kit.ai.breaker import CircuitBreaker
from kit.ai.errors import ModelUnavailable
from kit.ai.port import AudioPart
from kit.ai.provider import Fault, ProviderModel, Reply
from kit.ai.retry import RetryPolicy, parse_retry_after
from kit.ai.schema import gemini_schema
from kit.ai.settings import GeminiSettings
from kit.ai.spending import Meter

REFUSED = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "ESCALATION"}
TRANSIENT = {408, 429, 500, 502, 503, 504, 529}


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns so far, and how a reply is to look."""

    contents: tuple[types.Content, ...]
    config: types.GenerateContentConfig


class GeminiModel(ProviderModel[Talk]):
    """Asks Gemini."""

    provider = "gemini"
    label = "Gemini"

    def __init__(
        self,
        settings: GeminiSettings,
        *,
        policy: RetryPolicy | None = None,
        breaker: CircuitBreaker | None = None,
        meter: Meter | None = None,
    ) -> None:
        """Make the client; nothing is sent yet.

        Raises:
            ValueError: the settings have no API key.
        """
        if settings.gemini_api_key is None:
            raise ValueError("GEMINI_API_KEY is not set")
        super().__init__(
            settings.gemini_model,
            concurrency=settings.gemini_concurrency,
            policy=policy or RetryPolicy(attempts=settings.gemini_max_attempts),
            breaker=breaker,
            per_minute=settings.gemini_requests_per_minute,
            meter=meter,
        )
        self._timeout = settings.gemini_timeout.total_seconds()
        self._thinking = settings.gemini_thinking_level
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

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()
        self._client.close()

    def _begin(self, system: str, prompt: str, schema: type[BaseModel], audio: Sequence[AudioPart]) -> Talk:
        return Talk((_question(prompt, audio),), self._config(system, gemini_schema(schema)))

    def _go_on(self, talk: Talk, reply: str, request: str) -> Talk:
        turns = [types.Content(role="user", parts=[types.Part(text=request)])]
        if reply.strip():
            turns.insert(0, types.Content(role="model", parts=[types.Part(text=reply)]))
        return Talk((*talk.contents, *turns), talk.config)

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

    async def _send(self, talk: Talk) -> Reply:
        """Send one request and turn every way it can fail into one of ours."""
        try:
            reply = await self._client.aio.models.generate_content(
                model=self.model, contents=list(talk.contents), config=talk.config
            )
        except sdk_errors.APIError as error:
            fault, unwell = _api_fault(error, self.model)
            raise Fault(fault, unwell=unwell) from error
        except httpx2.TimeoutException as error:
            reason = f"Gemini did not answer within {self._timeout:g} seconds"
            raise Fault(ModelUnavailable(reason), unwell=True) from error
        except httpx2.HTTPError as error:
            raise Fault(ModelUnavailable("Gemini could not be reached"), unwell=True) from error
        except (sdk_errors.UnknownApiResponseError, ValueError, TypeError, AttributeError) as error:
            # A 200 with a body that is not what the API promises; the SDK has no single error for it.
            raise Fault(ModelUnavailable("Gemini sent a reply that could not be read"), unwell=True) from error
        self._answered()
        spent = _tokens(reply)
        return Reply(_text(reply), reply.model_version, *spent, refusal=_refusal(reply))


def _question(prompt: str, audio: Sequence[AudioPart]) -> types.Content:
    """Put the sound inside the request: a file uploaded first would lie with the vendor for two days."""
    sound = [types.Part.from_bytes(data=part.data, mime_type=part.mime_type) for part in audio]
    return types.Content(role="user", parts=[types.Part(text=prompt), *sound])


def _tokens(reply: types.GenerateContentResponse) -> tuple[int | None, int | None]:
    """Return what Gemini counted: the question, and the reply with the thoughts."""
    usage = reply.usage_metadata
    if usage is None:
        return None, None
    output = None
    if usage.candidates_token_count is not None:
        output = usage.candidates_token_count + (usage.thoughts_token_count or 0)
    return usage.prompt_token_count, output


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


def _refusal(reply: types.GenerateContentResponse) -> str | None:
    feedback = reply.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        return "Gemini's safety rules blocked the question or the answer"
    for candidate in reply.candidates or []:
        if candidate.finish_reason is not None and candidate.finish_reason.value in REFUSED:
            return "Gemini's safety rules blocked its own reply"
    return None


def _text(reply: types.GenerateContentResponse) -> str:
    """Return the reply without the model's thoughts; empty when there is none."""
    for candidate in reply.candidates or []:
        parts = (candidate.content.parts if candidate.content else None) or []
        return "".join(part.text or "" for part in parts if not part.thought)
    return ""

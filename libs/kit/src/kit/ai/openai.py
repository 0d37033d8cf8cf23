"""The adapter for every endpoint that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, llama.cpp and others.

Plain HTTP, because what these servers share is the wire format and not a client. They differ in how they let a reply be
bound to a schema, so the adapter begins with the strictest way and steps down when a server refuses it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx2
import structlog
from pydantic import BaseModel

from kit.ai.breaker import CircuitBreaker
from kit.ai.errors import ModelRefused, ModelUnavailable
from kit.ai.port import AudioPart
from kit.ai.provider import Fault, ProviderModel, Reply
from kit.ai.retry import RetryPolicy, parse_retry_after
from kit.ai.schema import gemini_schema
from kit.ai.settings import OpenAISettings

log = structlog.get_logger(__name__)

Way = Literal["json_schema", "json_object_with_schema", "json_object", "plain"]
WAYS: tuple[Way, ...] = ("json_schema", "json_object_with_schema", "json_object", "plain")
TRANSIENT = {408, 409, 429, 500, 502, 503, 504, 529}
# How servers say that they do not know a way. llama.cpp's Python server says it with a 500.
_FORMAT_REFUSED = {400, 404, 415, 422, 500, 501}
_ABOUT_FORMAT = re.compile(r"response_format|json_schema|json_object|structured output|guided", re.IGNORECASE)
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns so far, and how a reply is to look."""

    messages: tuple[dict[str, str], ...]
    schema: dict[str, Any]


class OpenAIModel(ProviderModel[Talk]):
    """Asks an OpenAI-compatible server."""

    provider = "openai"
    label = "The AI server"

    def __init__(
        self,
        settings: OpenAISettings,
        *,
        policy: RetryPolicy | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Make the client; nothing is sent yet.

        Raises:
            ValueError: the settings name no model.
        """
        if settings.openai_model is None:
            raise ValueError("OPENAI_MODEL is not set")
        super().__init__(
            settings.openai_model,
            concurrency=settings.openai_concurrency,
            policy=policy or RetryPolicy(attempts=settings.openai_max_attempts),
            breaker=breaker,
        )
        self._timeout = settings.openai_timeout.total_seconds()
        key = settings.openai_api_key
        self._http = httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {key.get_secret_value()}"} if key is not None else {},
            timeout=httpx2.Timeout(self._timeout, connect=min(10.0, self._timeout)),
            limits=httpx2.Limits(max_connections=settings.openai_concurrency + 2),
        )
        self._url = f"{settings.openai_base_url.rstrip('/')}/chat/completions"
        self._way: Way = WAYS[0]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _begin(self, system: str, prompt: str, schema: type[BaseModel], audio: Sequence[AudioPart]) -> Talk:
        if audio:
            raise ModelUnavailable(f"{self.label} is not asked to listen", permanent=True)
        turns = ({"role": "system", "content": system}, {"role": "user", "content": prompt})
        return Talk(turns, gemini_schema(schema))

    def _go_on(self, talk: Talk, reply: str, request: str) -> Talk:
        said = ({"role": "assistant", "content": reply},) if reply.strip() else ()
        return replace(talk, messages=(*talk.messages, *said, {"role": "user", "content": request}))

    async def _send(self, talk: Talk) -> Reply:
        """Send one request, stepping down to a way of binding the reply that the server takes."""
        while True:
            way = self._way
            answer = await self._post(_body(self.model, talk, way))
            if answer.status_code == 200:  # noqa: PLR2004  # HTTP
                return self._read(answer)
            if _refuses_format(answer) and way != WAYS[-1]:
                lower = WAYS[WAYS.index(way) + 1]
                log.info("ai_format_refused", model=self.model, way=way, next_way=lower, status=answer.status_code)
                # Another call may have stepped down meanwhile: never step up again.
                self._way = max(self._way, lower, key=WAYS.index)
                continue
            error, unwell = _fault(answer, self.model)
            raise Fault(error, unwell=unwell)

    async def _post(self, body: dict[str, Any]) -> httpx2.Response:
        try:
            return await self._http.post(self._url, json=body)
        except httpx2.TimeoutException as error:
            reason = f"{self.label} did not answer within {self._timeout:g} seconds"
            raise Fault(ModelUnavailable(reason), unwell=True) from error
        except httpx2.HTTPError as error:
            raise Fault(ModelUnavailable(f"{self.label} could not be reached"), unwell=True) from error

    def _read(self, answer: httpx2.Response) -> Reply:
        try:
            reply = answer.json()
            choice = reply["choices"][0]
            message = choice["message"]
            usage = reply.get("usage") or {}
            text, refusal, end = message.get("content"), message.get("refusal"), choice.get("finish_reason")
            model, asked, said = reply.get("model"), usage.get("prompt_tokens"), usage.get("completion_tokens")
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            reason = f"{self.label} sent a reply that could not be read"
            raise Fault(ModelUnavailable(reason), unwell=True) from error
        self._answered()
        if refusal or end == "content_filter":
            raise ModelRefused(
                f"The rules of {self.label[0].lower()}{self.label[1:]} blocked the question or the reply"
            )
        return Reply(
            text=extract(text) if isinstance(text, str) else "",
            model=model if isinstance(model, str) and model else None,
            input_tokens=asked if isinstance(asked, int) else None,
            output_tokens=said if isinstance(said, int) else None,
        )


def extract(text: str) -> str:
    """Return the first JSON object in a reply; servers without a JSON mode wrap it in prose or a code fence."""
    text = _THOUGHTS.sub("", text).strip()
    start = text.find("{")
    if start < 0:
        return text
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return text[start:]  # broken off: what is wrong with it is said when it is checked
    return text[start:end]


def _body(model: str, talk: Talk, way: Way) -> dict[str, Any]:
    messages = [dict(message) for message in talk.messages]
    if way != "json_schema":
        schema = json.dumps(talk.schema, ensure_ascii=False)
        messages[0]["content"] += f"\n\nReply with one JSON object and nothing else. Its JSON Schema:\n{schema}"
    body: dict[str, Any] = {"model": model, "messages": messages, "stream": False}
    match way:
        case "json_schema":
            named = {"name": "reply", "strict": True, "schema": talk.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        case "json_object_with_schema":
            body["response_format"] = {"type": "json_object", "schema": talk.schema}
        case "json_object":
            body["response_format"] = {"type": "json_object"}
        case "plain":
            pass
    return body


def _refuses_format(answer: httpx2.Response) -> bool:
    return answer.status_code in _FORMAT_REFUSED and bool(_ABOUT_FORMAT.search(answer.text))


def _fault(  # noqa: PLR0911  # one fault a line
    answer: httpx2.Response, model: str
) -> tuple[ModelUnavailable, bool]:
    """Return our error, and whether it says that the provider is unwell (and not that our request was wrong)."""
    status = answer.status_code
    wait = parse_retry_after(answer.headers.get("retry-after"))
    if status in {401, 403}:
        return ModelUnavailable("The AI server refused the API key", permanent=True), False
    if status == 404:  # noqa: PLR2004  # HTTP
        return ModelUnavailable(f"The AI server has no model named {model}", permanent=True), False
    if "context length" in answer.text.lower():
        return ModelUnavailable("The text is longer than the AI server's model can read", permanent=True), False
    if status == 429:  # noqa: PLR2004  # HTTP
        if "insufficient_quota" in answer.text:
            return ModelUnavailable("The quota of the AI server is used up", wait, permanent=True), True
        return ModelUnavailable("The AI server's rate limit was reached", wait), True
    if status in TRANSIENT:
        return ModelUnavailable(f"The AI server had a fault of its own (HTTP {status})", wait), True
    return ModelUnavailable(f"The AI server rejected the request (HTTP {status})", permanent=True), False

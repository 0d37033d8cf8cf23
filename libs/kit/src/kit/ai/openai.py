"""The adapter for every endpoint that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, llama.cpp and others.

Plain HTTP, because what these servers share is the wire format and not a client. They differ in how they let a reply be
bound to a schema, so the adapter begins with the strictest way and steps down when a server refuses it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx2
import structlog
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from kit.ai.breaker import CircuitBreaker
from kit.ai.errors import ModelUnavailable
from kit.ai.port import AudioPart
from kit.ai.provider import Again, Fault, ProviderModel, Reply
from kit.ai.retry import RetryPolicy, parse_retry_after
from kit.ai.schema import strict_schema
from kit.ai.settings import OpenAISettings
from kit.ai.spending import Meter

log = structlog.get_logger(__name__)

Way = Literal["json_schema", "json_object_with_schema", "json_object", "plain"]
WAYS: tuple[Way, ...] = ("json_schema", "json_object_with_schema", "json_object", "plain")
TRANSIENT = {408, 409, 429, 500, 502, 503, 504, 529}
_REFUSING = {400, 415, 422, 501}
_ABOUT_FORMAT = re.compile(
    r"response.?format|json.?schema|json.?object|structured.?output|grammar|guided", re.IGNORECASE
)
# llama.cpp's Python server answers its own validation error with a 500. Any other 500 is a fault, and is retried.
_VALIDATION = re.compile(
    r"validation|literal_error|input should be|not supported|unsupported|failed to parse", re.IGNORECASE
)
_TOO_LONG = re.compile(
    r"context.?(?:length|window|size)|maximum context|too many tokens|prompt is too long", re.IGNORECASE
)
_MARKS = re.compile(r'[{}]|"(?:[^"\\]|\\.)*"', re.DOTALL)  # braces, and the strings whose braces do not count


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns so far, and how a reply is to look."""

    messages: tuple[dict[str, str], ...]
    schema: dict[str, Any]
    way: Way = WAYS[0]


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
        meter: Meter | None = None,
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
            per_minute=settings.openai_requests_per_minute,
            meter=meter,
        )
        self._timeout = settings.openai_timeout.total_seconds()
        key = settings.openai_api_key
        self._http = httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {key.get_secret_value()}"} if key is not None else {},
            timeout=httpx2.Timeout(self._timeout, connect=min(10.0, self._timeout)),
            limits=httpx2.Limits(max_connections=settings.openai_concurrency + 2),
        )
        self._url = f"{settings.openai_base_url.rstrip('/')}/chat/completions"
        self._way: Way = WAYS[0]  # the strictest that this server is known to take

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _begin(self, system: str, prompt: str, schema: type[BaseModel], audio: Sequence[AudioPart]) -> Talk:
        if audio:
            raise ModelUnavailable(f"{self.label} cannot listen", permanent=True)
        turns = ({"role": "system", "content": system}, {"role": "user", "content": prompt})
        return Talk(turns, strict_schema(schema))

    def _go_on(self, talk: Talk, reply: str, request: str) -> Talk:
        said = ({"role": "assistant", "content": reply},) if reply.strip() else ()
        # A server that took the schema and did not use it has told the model nothing of the shape.
        request = f"{request}\nIts JSON Schema:\n{json.dumps(talk.schema, ensure_ascii=False)}"
        return replace(talk, messages=(*talk.messages, *said, {"role": "user", "content": request}))

    async def _send(self, talk: Talk) -> Reply:
        """Send one request in the strictest way this server is known to take, or step down from it."""
        way = max(talk.way, self._way, key=WAYS.index)
        answer = await self._post(_body(self.model, talk, way))
        if answer.status_code == 200:  # noqa: PLR2004  # HTTP
            reply = self._read(answer)
            # Only what worked is remembered, and another call may have stepped down meanwhile.
            self._way = max(self._way, way, key=WAYS.index)
            return reply
        if way != WAYS[-1] and _refuses_format(answer):
            lower = WAYS[WAYS.index(way) + 1]
            log.info("ai_format_refused", model=self.model, way=way, next_way=lower, status=answer.status_code)
            raise Again(replace(talk, way=lower))
        if answer.status_code == 400 and _failed_generation(answer):  # noqa: PLR2004  # HTTP
            self._answered()
            return Reply("", None, None, None)
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
            reply = _Completion.model_validate_json(answer.content)
        except ValidationError as error:
            reason = f"{self.label} sent a reply that could not be read"
            raise Fault(ModelUnavailable(reason), unwell=True) from error
        self._answered()
        choice = reply.choices[0] if reply.choices else _Choice()
        refused = bool(choice.message.refusal) or choice.finish_reason == "content_filter"
        usage = reply.usage or _Usage()
        return Reply(
            text=extract(choice.message.content or ""),
            model=reply.model,
            input_tokens=usage.prompt_tokens,
            output_tokens=usage.completion_tokens,
            cut_off=choice.finish_reason == "length",
            refusal="The rules of the AI server blocked the question or the reply" if refused else None,
        )


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message = _Message()
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(BaseModel):
    """What is read of a completion; every other field differs from server to server."""

    choices: list[_Choice]
    model: str | None = None
    usage: _Usage | None = None


def extract(text: str) -> str:
    """Return the one JSON object in a reply; servers without a JSON mode wrap it in prose or a code fence.

    Of several objects none is chosen: one of them may be the model repeating what the candidate wrote.
    """
    text = text.rpartition("</think>")[2].strip()
    found = [piece for piece in _braced(text) if _is_json(piece)]
    return found[0] if len(found) == 1 else text


def _braced(text: str) -> Iterator[str]:
    """Yield what stands in outermost braces, in one pass: json's decoder would nest as deep as the reply does."""
    depth = start = 0
    for mark in _MARKS.finditer(text):
        match mark.group():
            case "{":
                start = start if depth else mark.start()
                depth += 1
            case "}" if depth:
                depth -= 1
                if not depth:
                    yield text[start : mark.end()]


def _is_json(text: str) -> bool:
    try:
        from_json(text)
    except ValueError:
        return False
    return True


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
    """Tell a server that does not know the format from one that has a fault."""
    told = answer.text
    if _TOO_LONG.search(told) or _failed_generation(answer) or not _ABOUT_FORMAT.search(told):
        return False
    return answer.status_code in _REFUSING or (answer.status_code == 500 and bool(_VALIDATION.search(told)))  # noqa: PLR2004  # HTTP


def _failed_generation(answer: httpx2.Response) -> bool:
    """Tell whether a server that checks replies itself (Groq) threw one away."""
    return "json_validate_failed" in answer.text


NO_API = "There is no OpenAI-compatible API at the address of the AI server"


def _fault(  # noqa: PLR0911  # one fault a line
    answer: httpx2.Response, model: str
) -> tuple[ModelUnavailable, bool]:
    """Return our error, and whether it says that the provider is unwell (and not that our request was wrong)."""
    status = answer.status_code
    wait = parse_retry_after(answer.headers.get("retry-after"))
    if status in {401, 403}:
        return ModelUnavailable("The AI server refused the API key", permanent=True), False
    if status == 404:  # noqa: PLR2004  # HTTP
        # A server that lacks the model says so in its own words; one that lacks the path speaks of no model.
        about_model = "model" in answer.text.lower()
        lacking = f"The AI server has no model named {model}" if about_model else NO_API
        return ModelUnavailable(lacking, permanent=True), False
    if status in {400, 413, 422} and _TOO_LONG.search(answer.text):
        return ModelUnavailable("The text is longer than the AI server's model can read", permanent=True), False
    if status == 402:  # noqa: PLR2004  # HTTP
        return ModelUnavailable("The quota of the AI server is used up", permanent=True), False
    if status == 429:  # noqa: PLR2004  # HTTP
        if "insufficient_quota" in answer.text:
            return ModelUnavailable("The quota of the AI server is used up", wait, permanent=True), True
        return ModelUnavailable("The AI server's rate limit was reached", wait), True
    if status in TRANSIENT:
        return ModelUnavailable(f"The AI server had a fault of its own (HTTP {status})", wait), True
    return ModelUnavailable(f"The AI server rejected the request (HTTP {status})", permanent=True), False

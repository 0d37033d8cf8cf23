"""The HTTP side: checks a request as Google does, then answers it or does what the script says."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from fake_gemini import asking, following, hearing, judging, prompts, rewriting, shapes, wire
from fake_gemini.faults import Fault, Script
from fake_gemini.serving import Served

API_KEY = "fake-gemini-key"
MODELS = {
    "gemini-3.8-flash",
    "gemini-3.7-flash",
    "gemini-3.6-flash",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.1-flash-lite",
}
FIELDS = {"contents", "systemInstruction", "generationConfig", "safetySettings", "tools", "toolConfig", "cachedContent"}
SAMPLING = {"temperature", "topP", "topK", "candidateCount"}


class FakeGemini(Served):
    """The server. `async with FakeGemini() as fake` runs it on a free loopback port in the caller's event loop."""

    def __init__(self, *, port: int = 0, latency: float = 0.0) -> None:
        self.script = Script()
        self.ears = hearing.Ears()
        self.latency = latency
        self.requests: list[dict[str, Any]] = []
        self._open = asyncio.Event()
        self._open.set()
        super().__init__(port)
        self.app = Starlette(
            routes=[
                Route("/_control/faults", self._add_faults, methods=["POST"]),
                Route("/_control/heard", self._add_heard, methods=["POST"]),
                Route("/_control/requests", self._list_requests),
                Route("/_control/latency", self._set_latency, methods=["POST"]),
                Route("/_control/reset", self._reset, methods=["POST"]),
                Route("/{version}/models/{call:path}", self._generate, methods=["POST"]),
            ]
        )

    def next(self, *faults: Fault) -> None:
        """Let the next requests go wrong, in this order."""
        self.script.add(*faults)

    def hear(self, *said: str) -> None:
        """Say what the next recordings hold, in this order; without it they hold nothing."""
        self.ears.add(*said)

    def hold(self) -> None:
        """Keep every reply back until `let_go`, so that what a test does meanwhile comes first for sure."""
        self._open.clear()

    def let_go(self) -> None:
        """Answer again."""
        self._open.set()

    def reset(self) -> None:
        """Forget faults, latency, requests and what was said, and hold nobody."""
        self.let_go()
        self.script.clear()
        self.ears.clear()
        self.requests.clear()
        self.latency = 0.0

    # -- control ---------------------------------------------------------------------------------------------------

    async def _add_faults(self, request: Request) -> Response:
        self.next(*(Fault.model_validate(item) for item in await request.json()))
        return JSONResponse({}, status_code=202)

    async def _add_heard(self, request: Request) -> Response:
        self.hear(*(str(said) for said in await request.json()))
        return JSONResponse({}, status_code=202)

    async def _list_requests(self, _: Request) -> Response:
        return JSONResponse(self.requests)

    async def _set_latency(self, request: Request) -> Response:
        self.latency = float((await request.json())["seconds"])
        return JSONResponse({}, status_code=202)

    async def _reset(self, _: Request) -> Response:
        self.reset()
        return JSONResponse({})

    # -- the API ---------------------------------------------------------------------------------------------------

    async def _generate(self, request: Request) -> Response:
        model, _, verb = request.path_params["call"].partition(":")
        refusal = self._refuse(request, model, verb)
        if refusal is not None:
            return refusal
        try:
            body = json.loads(await request.body())
        except ValueError:
            return JSONResponse(wire.error(400, "Invalid JSON payload received."), status_code=400)
        self.requests.append({"version": request.path_params["version"], "model": model, "verb": verb, "body": body})
        if problem := _malformed(body):
            return JSONResponse(wire.error(400, problem), status_code=400)
        await self._open.wait()
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self.script.take()
        if fault is not None and (special := await _go_wrong(fault)) is not None:
            return special
        reply = _reply(model, body, fault, self.ears)
        if verb == "streamGenerateContent":
            return _stream(reply, sse=request.query_params.get("alt") == "sse")
        return JSONResponse(reply)

    def _refuse(self, request: Request, model: str, verb: str) -> Response | None:
        key = request.headers.get("x-goog-api-key") or request.query_params.get("key")
        if not key:
            message = "Method doesn't allow unregistered callers. Please use API Key or other form of identity."
            return JSONResponse(wire.error(403, message), status_code=403)
        if key != API_KEY:
            return JSONResponse(wire.key_invalid(), status_code=400)
        if model not in MODELS or verb not in {"generateContent", "streamGenerateContent"}:
            version = request.path_params["version"]
            message = f"models/{model} is not found for API version {version}, or is not supported for {verb}."
            return JSONResponse(wire.error(404, message), status_code=404)
        return None


class _CutOff(Response):
    """Promises more than it sends, so that the connection breaks under the client."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI
        """Send the beginning."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"candidates":'})


def _malformed(body: Any) -> str | None:  # noqa: PLR0911  # one complaint a line
    """Return Google's complaint about a request, or None."""
    if not isinstance(body, dict):
        return "Invalid JSON payload received."
    for name in body.keys() - FIELDS:
        return f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.'
    if not body.get("contents"):
        return "* GenerateContentRequest.contents: contents is not specified"
    if problem := hearing.complaint(body):
        return problem
    config = body.get("generationConfig", {})
    for name in sorted(config.keys() & SAMPLING):
        return f"{name} is not supported by this model."
    if "responseSchema" in config and "responseJsonSchema" in config:
        return "Only one of response_schema and response_json_schema can be set."
    if '"additionalProperties"' in json.dumps(config.get("responseSchema", {})):
        return 'Invalid JSON payload received. Unknown name "additionalProperties" at response_schema.'
    if _schema(body) and config.get("responseMimeType") != "application/json":
        return "response_mime_type must be application/json when a response schema is set."
    return None


def _schema(body: dict[str, Any]) -> dict[str, Any]:
    config = body.get("generationConfig", {})
    return config.get("responseJsonSchema") or config.get("responseSchema") or {}


async def _go_wrong(fault: Fault) -> Response | None:
    """Return a reply that is no reply; None when the fault lies in the content."""
    if fault.kind == "status":
        details = [wire.retry_info(fault.retry_after)] if fault.retry_after is not None else []
        headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after is not None else {}
        return JSONResponse(wire.error(fault.status, details=details), status_code=fault.status, headers=headers)
    if fault.kind == "quota_day":
        return JSONResponse(wire.error(429, details=[wire.quota_failure("Day")]), status_code=429)
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "hang":
        await asyncio.sleep(3600)
    if fault.kind == "disconnect":
        return _CutOff()
    if fault.kind == "not_json":
        return PlainTextResponse("<html><body>Bad gateway</body></html>", media_type="text/html")
    return None


def _reply(  # noqa: PLR0911  # a table
    model: str, body: dict[str, Any], fault: Fault | None, ears: hearing.Ears
) -> dict[str, Any]:
    kind = fault.kind if fault else None
    if kind == "empty":
        return wire.reply(model, body, None)
    if kind == "blocked":
        return wire.blocked(model, body)
    if kind == "safety":
        return wire.reply(model, body, "", "SAFETY")
    if kind == "garbage":
        return wire.reply(model, body, "Sure! Here is what I think: {score: ten}")
    if kind == "wrong_shape":
        return wire.reply(model, body, json.dumps({"score": 9, "verdict": "hire"}))
    if fault is not None and kind == "reply":
        return wire.reply(model, body, fault.body if isinstance(fault.body, str) else json.dumps(fault.body))
    text = _content(body, ears)
    if kind == "truncated":
        return wire.reply(model, body, text[: max(1, len(text) // 2)], "MAX_TOKENS")
    return wire.reply(model, body, text)


def _content(body: dict[str, Any], ears: hearing.Ears) -> str:  # noqa: PLR0911  # a table
    schema = _schema(body)
    if not schema:
        return "A plain reply."
    if hearing.hears(schema, body):
        return json.dumps(hearing.hear(schema, body, ears), ensure_ascii=False)
    data = prompts.data_of(body)
    if judging.judges(schema):
        return json.dumps(judging.judge(schema, data), ensure_ascii=False)
    if following.follows(schema):
        return json.dumps(following.follow(data), ensure_ascii=False)
    if rewriting.rewrites(schema):
        return json.dumps(rewriting.rewrite(schema, data), ensure_ascii=False)
    if asking.asks(schema):
        return json.dumps(asking.ask(schema, data), ensure_ascii=False)
    return json.dumps(shapes.fill(schema), ensure_ascii=False)


def _stream(reply: dict[str, Any], *, sse: bool) -> Response:
    """Send the reply's text in three parts, as the API streams it."""
    chunks = [reply]
    candidates = reply.get("candidates")
    if candidates and candidates[0]["content"]["parts"]:
        text = candidates[0]["content"]["parts"][0]["text"]
        size = max(1, -(-len(text) // 3))
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        chunks = [
            {
                **reply,
                "candidates": [
                    {
                        **{key: value for key, value in candidates[0].items() if key != "finishReason"},
                        "content": {"role": "model", "parts": [{"text": piece}]},
                        **({"finishReason": candidates[0]["finishReason"]} if number == len(pieces) else {}),
                    }
                ],
            }
            for number, piece in enumerate(pieces, start=1)
        ]

    async def lines() -> AsyncIterator[str]:
        if sse:
            for chunk in chunks:
                yield f"data: {json.dumps(chunk, ensure_ascii=False)}\r\n\r\n"
        else:
            yield json.dumps(chunks, ensure_ascii=False)

    return StreamingResponse(lines(), media_type="text/event-stream" if sse else "application/json")

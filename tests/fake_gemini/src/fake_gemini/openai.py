"""A server that speaks OpenAI's chat completions, with the habits of the servers people run themselves.

`TAKES` says which ways of binding a reply it knows. What it refuses it refuses as they do: OpenAI with a 400 that names
the parameter, llama.cpp's Python server as `fake_gemini.llama_cpp` says. Figures and shapes of both were read off the
real servers.
"""

import asyncio
import json
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from fake_gemini import asking, following, judging, llama_cpp, rewriting, shapes
from fake_gemini.prompts import data_in
from fake_gemini.serving import Served

OPENAI_KEY = "fake-openai-key"
OPENAI_MODEL = "small-instruct"
Manner = Literal["openai", "ollama", "llama_cpp", "bare"]
# By manner: the response formats it takes, "json_object+schema" being llama.cpp's own.
TAKES: dict[Manner, frozenset[str]] = {
    "openai": frozenset({"json_schema", "json_object"}),
    "ollama": frozenset({"json_schema", "json_object"}),
    "llama_cpp": frozenset({"json_object", "json_object+schema"}),
    "bare": frozenset(),
}
Trouble = dict[str, Any]
"""One of: {"status", "retry_after"?, "message"?, "code"?}, {"content"}, {"choices"}, {"finish"}, {"refusal"}, {"wrap"},
{"seconds"}, {"not_json"}."""


class FakeOpenAI(Served):
    """The server; `next` lets requests go wrong, `requests` holds what came."""

    def __init__(self, manner: Manner = "openai", *, key: str | None = OPENAI_KEY) -> None:
        super().__init__()
        self.manner: Manner = manner
        self.key = key
        self.requests: list[dict[str, Any]] = []
        self._troubles: list[Trouble] = []
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    def next(self, *troubles: Trouble) -> None:
        """Let the next requests go wrong, in this order; requests whose format is refused do not count."""
        self._troubles += troubles

    async def _complete(self, request: Request) -> Response:
        if self.key is not None and request.headers.get("authorization") != f"Bearer {self.key}":
            return self._refuse_key()
        body = json.loads(await request.body())
        self.requests.append(body)
        if (refused := self._refuse(body)) is not None:
            return refused
        trouble = self._troubles.pop(0) if self._troubles else {}
        if "seconds" in trouble:
            await asyncio.sleep(trouble["seconds"])
        if "status" in trouble:
            wait = trouble.get("retry_after")
            headers = {"Retry-After": f"{wait:g}"} if wait is not None else {}
            return _error(trouble["status"], trouble.get("message", "Something broke."), trouble.get("code"), headers)
        if "not_json" in trouble:
            return PlainTextResponse("<html>Bad gateway</html>", media_type="text/html")
        completion = _completion(body, trouble)
        if self.manner == "llama_cpp":
            completion = llama_cpp.as_it_replies(completion, body["model"])
        return JSONResponse(completion)

    def _refuse_key(self) -> Response:
        if self.manner == "llama_cpp":
            return JSONResponse(llama_cpp.KEY_REFUSED, status_code=401)
        return _error(401, "Incorrect API key provided.", "invalid_api_key")

    def _refuse(self, body: dict[str, Any]) -> Response | None:
        """Refuse what cannot be answered, in the order in which the real servers look."""
        llama = self.manner == "llama_cpp"
        if not llama and body.get("model") != OPENAI_MODEL:
            return _error(404, f"The model `{body.get('model')}` does not exist.", "model_not_found")
        if (refused := self._refuse_format(body.get("response_format"))) is not None:
            return refused
        if llama and (requested := _words(body)) >= llama_cpp.CONTEXT:
            return JSONResponse(llama_cpp.too_long(requested), status_code=400)
        return None

    def _refuse_format(self, wanted: dict[str, Any] | None) -> Response | None:
        if wanted is None:
            return None
        kind = f"{wanted['type']}+schema" if wanted["type"] == "json_object" and "schema" in wanted else wanted["type"]
        if kind in TAKES[self.manner]:
            return None
        if self.manner == "llama_cpp":
            return JSONResponse(llama_cpp.format_refused(wanted["type"]), status_code=500)
        if kind == "json_object+schema":
            return _error(400, "Unknown parameter: 'response_format.schema'.", "unknown_parameter")
        return _error(400, "This server does not support response_format.", "unsupported_parameter")


def _error(status: int, message: str, code: str | None, headers: dict[str, str] | None = None) -> Response:
    kind = "invalid_request_error" if status < 500 else "internal_server_error"  # HTTP
    error = {"message": message, "type": kind, "param": None, "code": code}
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def _completion(body: dict[str, Any], trouble: Trouble) -> dict[str, Any]:
    content = trouble.get("content", None if "content" in trouble else json.dumps(_think(body), ensure_ascii=False))
    if "wrap" in trouble:
        content = trouble["wrap"].replace("JSON", content)
    message = {"role": "assistant", "content": content, "refusal": trouble.get("refusal")}
    choice = {"index": 0, "message": message, "finish_reason": trouble.get("finish", "stop"), "logprobs": None}
    words, written = _words(body), len(str(content).split())
    usage = {"prompt_tokens": words, "completion_tokens": written, "total_tokens": words + written}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": f"{OPENAI_MODEL}-2026-01",
        "choices": trouble.get("choices", [choice]),
        "usage": usage,
    }


def _words(body: dict[str, Any]) -> int:
    """Count the words of a request, which stand for tokens here."""
    return sum(len(turn["content"].split()) for turn in body["messages"])


def _think(body: dict[str, Any]) -> dict[str, Any]:
    """Answer as the stand-in for Gemini does: by the schema, and by the data in the first question."""
    schema, system = _schema(body), body["messages"][0]["content"]
    if not schema:
        schema = json.loads(system[system.index("JSON Schema:\n") + len("JSON Schema:\n") :])
    data = data_in(body["messages"][1]["content"])
    if judging.judges(schema):
        return judging.judge(schema, data)
    if following.follows(schema):
        return following.follow(data)
    if rewriting.rewrites(schema):
        return rewriting.rewrite(schema, data)
    if asking.asks(schema):
        return asking.ask(schema, data)
    return dict(shapes.fill(schema))


def _schema(body: dict[str, Any]) -> dict[str, Any]:
    wanted = body.get("response_format") or {}
    return dict(wanted.get("json_schema", {}).get("schema") or wanted.get("schema") or {})

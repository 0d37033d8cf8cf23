"""Request bodies at the edge: bounded in size and time, and free of what cannot be stored.

JSON as Python reads it is wider than JSON: NaN, Infinity, numbers beyond a double, NUL
characters and lone surrogates all pass and then fail deep inside, as a 500. They stop here.
"""

import asyncio
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.text import is_storable

_LIMIT_KEY = "kit.max_body_bytes"

# Cheap to look for, and without one of these a body cannot hold anything refused below.
# (json.loads decodes with "surrogatepass", so raw surrogate bytes get through as well.)
_SUSPICIOUS = re.compile(rb"NaN|Infinity|[eE]\+?0*[0-9]{3}|[0-9]{300}|\\u0000|\\u[dD][89a-fA-F]|\x00|\xed[\xa0-\xbf]")


class UnacceptableRequest(HTTPException):
    """The request cannot be accepted; raised while it is read, whoever reads it.

    An HTTPException because FastAPI turns every other error of body parsing into a bare 400.
    """

    def __init__(self, status: int, detail: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        """Take the status, a sentence for the client, and response headers."""
        super().__init__(status, detail, headers)
        self.explained = detail is not None


class BodyMiddleware:
    """Counts, times and checks request bodies as they stream through."""

    def __init__(self, app: ASGIApp, *, max_bytes: int, timeout: float) -> None:
        """Take the largest body in bytes and the longest silence within one in seconds."""
        self._app = app
        self._max_bytes = max_bytes
        self._timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap ``receive``; the limit may be raised by the route before it reads."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if b"%00" in scope.get("query_string", b"") or not is_storable(scope["path"]):
            raise UnacceptableRequest(400, "The address contains characters that are not allowed.")
        scope[_LIMIT_KEY] = self._max_bytes
        await self._app(scope, _BodyReader(scope, receive, self._timeout), send)


def body_up_to(max_bytes: int) -> Callable[[Request], None]:
    """Return a dependency that allows a larger body on one route that streams it.

    ``@router.put(..., dependencies=[Depends(body_up_to(20 * 1024 * 1024))])`` works for routes
    that read ``request.stream()``: FastAPI reads JSON and forms before it runs dependencies.
    """

    def allow(request: Request) -> None:
        request.scope[_LIMIT_KEY] = max_bytes

    return allow


class _BodyReader:
    def __init__(self, scope: Scope, receive: Receive, timeout: float) -> None:
        headers = Headers(scope=scope)
        self._scope = scope
        self._receive = receive
        self._timeout = timeout
        self._declared = _declared_length(headers.get("content-length"))
        self._chunks: list[bytes] | None = [] if _is_json(headers.get("content-type")) else None
        self._received = 0
        self._complete = False

    async def __call__(self) -> Message:
        if self._complete:
            return await self._receive()
        limit: int = self._scope[_LIMIT_KEY]
        if self._declared > limit:
            raise UnacceptableRequest(413, headers={"Connection": "close"})
        try:
            async with asyncio.timeout(self._timeout):
                message = await self._receive()
        except TimeoutError:
            raise UnacceptableRequest(408, headers={"Connection": "close"}) from None
        if message["type"] == "http.request":
            chunk = message.get("body", b"")
            self._received += len(chunk)
            if self._received > limit:
                raise UnacceptableRequest(413, headers={"Connection": "close"})
            self._complete = not message.get("more_body", False)
            if self._chunks is not None:
                self._chunks.append(chunk)
                if self._complete:
                    _check_json(b"".join(self._chunks))
                    self._chunks = None
        return message


def _declared_length(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 20 else 0  # noqa: PLR2004


def _is_json(content_type: str | None) -> bool:
    kind = (content_type or "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _check_json(body: bytes) -> None:
    if not _SUSPICIOUS.search(body):
        return
    try:
        document = json.loads(body, parse_constant=_refuse_constant, parse_float=_finite_float)
    except _NotANumber:
        raise UnacceptableRequest(422, "Numbers must be finite.") from None
    except (ValueError, RecursionError):
        return  # not JSON at all: the route's own parser says so
    if not _all_storable(document):
        raise UnacceptableRequest(422, "Text must not contain NUL characters or lone surrogates.")


class _NotANumber(Exception):  # noqa: N818 - says what it found
    pass


def _refuse_constant(name: str) -> Any:
    raise _NotANumber(name)


def _finite_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _NotANumber
    return number


def _all_storable(document: Any) -> bool:
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if not is_storable(value):
                return False
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value)
            waiting.extend(value.values())
    return True

"""A request's body on its way through: bounded in size and silence, never collected."""

import asyncio
from collections.abc import AsyncIterator

from kit.problems import BadRequest, PayloadTooLarge, Problem, RequestTimeout
from starlette.datastructures import Headers
from starlette.types import Receive

_CLOSE = {"Connection": "close"}


class ClientGone(Exception):  # noqa: N818 - says what happened
    """The client closed the connection; nobody waits for an answer."""


class RequestBody:
    """The body of one request.

    What goes wrong while it is being sent on surfaces in the HTTP client as a broken connection; `failure` then holds
    what it really was.
    """

    def __init__(self, headers: Headers, receive: Receive, *, max_bytes: int, timeout: float) -> None:
        """Look at the headers only.

        Raises:
            PayloadTooLarge: the declared length is beyond the limit.
            BadRequest: the declared length is no number.
        """
        self._receive = receive
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._received = 0
        self.finished = asyncio.Event()
        self.failure: Problem | ClientGone | None = None
        self.length = _declared(headers)
        self.is_empty = self.length == 0 if "transfer-encoding" not in headers else False
        if self.length is not None and self.length > max_bytes:
            raise PayloadTooLarge(headers=_CLOSE)
        if self.is_empty:
            self.finished.set()

    async def first(self) -> bytes:
        """Return the first chunk, which is all of a small body.

        Raises:
            PayloadTooLarge, RequestTimeout, ClientGone: as they say.
        """
        return await self._next()

    async def rest(self, first: bytes) -> AsyncIterator[bytes]:
        """Yield the first chunk and all that follow as they come."""
        yield first
        try:
            while not self.finished.is_set():
                yield await self._next()
        except (Problem, ClientGone) as error:
            self.failure = error
            raise

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(self._timeout):
                message = await self._receive()
        except TimeoutError:
            raise RequestTimeout(headers=_CLOSE) from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        self._received += len(chunk)
        if self._received > self._max_bytes:
            raise PayloadTooLarge(headers=_CLOSE)
        if not message.get("more_body", False):
            self.finished.set()
        return chunk


def _declared(headers: Headers) -> int | None:
    value = headers.get("content-length")
    if value is None:
        return None if "transfer-encoding" in headers else 0
    if not value.isascii() or not value.isdigit():
        raise BadRequest(headers=_CLOSE)
    return int(value[:20])

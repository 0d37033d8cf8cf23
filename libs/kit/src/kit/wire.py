"""HTTP on the wire: uvicorn's protocol with what it lacks: limits for slow and for large headers, and one Host.

Without the limits a thousand half-sent requests stay open for good, and one header can fill memory. With two Host
headers the proxy in front and we would each believe another one (RFC 9112, section 3.2).
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kit.problems import MEDIA_TYPE, URN

HEADER_TIMEOUT = 10.0
MAX_HEADER_BYTES = 32_768


class HeadersTooLarge(Exception):  # noqa: N818 - says what was found
    """The request line and headers exceed the limit; ends the parser."""


class HostNotClear(Exception):  # noqa: N818 - says what was found
    """A request of HTTP/1.1 names no host, or several; ends the parser."""


class GuardedProtocol(HttpToolsProtocol):
    """Closes connections whose headers do not arrive in time or do not end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_headers = True
        self._received = 0
        self._parsed = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn does
        """Give the first request its time."""
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, and look whether the headers are getting too long."""
        if self._in_headers:
            self._received += len(data)
            self._start_timer()
        super().data_received(data)
        if self._in_headers and self._received > MAX_HEADER_BYTES and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_url(self, url: bytes) -> None:
        """Count the request line."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count one header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Look for the host and stop the clock: from here on the body's own limits hold."""
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() == "1.1"):
            raise HostNotClear
        self._in_headers = False
        self._received = self._parsed = 0
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Expect the next request's headers."""
        super().on_message_complete()
        self._in_headers = True

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn gives it
        """Answer what could not be parsed, as a problem."""
        too_large = self._parsed > MAX_HEADER_BYTES
        self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST)

    def _count(self, size: int) -> None:
        self._parsed += size
        if self._parsed > MAX_HEADER_BYTES:
            raise HeadersTooLarge

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(HEADER_TIMEOUT, self._on_timeout)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timeout(self) -> None:
        self._timer = None
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _refuse(self, status: HTTPStatus) -> None:
        slug = status.name.lower().replace("_", "-")
        body = json.dumps({"type": URN + slug, "title": status.phrase, "status": status.value}).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

"""The outermost ring of every app, as raw ASGI: request id, trace, metrics, access line, last resort.

BaseHTTPMiddleware would put a task and a queue around every request and break streaming and
context variables; this is one function call.
"""

import re
import time
from functools import lru_cache
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import metrics
from kit.ids import new_id
from kit.rendering import REQUEST_ID_KEY, error_response
from kit.tracing import trace_scope

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_CLIENT_CLOSED = 499

log = structlog.get_logger("access")


class EdgeMiddleware:
    """Surrounds each request with what every request needs."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app to surround."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and account for it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        scope[REQUEST_ID_KEY] = request_id
        exchange = _Exchange(send, request_id)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        metrics.http_requests_in_progress.inc()
        with trace_scope(headers.get("traceparent")):
            try:
                await self._app(scope, receive, exchange.send)
            except Exception as error:  # the last resort: logged and rendered
                response = error_response(scope, error)
                if exchange.status is not None:
                    # Half a response is out: cutting the connection is the only honest end.
                    raise
                await response(scope, receive, exchange.send)
            finally:
                metrics.http_requests_in_progress.dec()
                _account(scope, exchange)


class _Exchange:
    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self._started = time.perf_counter()
        self.status: int | None = None
        self.bytes_sent = 0

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._started

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self._request_id
            headers.setdefault("Cache-Control", "no-store")
            headers.setdefault("X-Content-Type-Options", "nosniff")
        elif message["type"] == "http.response.body":
            self.bytes_sent += len(message.get("body", b""))
        await self._send(message)


def _account(scope: Scope, exchange: _Exchange) -> None:
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    route = route_template(scope)
    status = exchange.status or _CLIENT_CLOSED
    seconds = exchange.seconds
    _counter(method, route, status).inc()
    _histogram(method, route).observe(seconds)
    log.info(
        "request",
        method=method,
        route=route,
        status=status,
        seconds=round(seconds, 4),
        bytes=exchange.bytes_sent,
    )


@lru_cache(maxsize=4096)
def _counter(method: str, route: str, status: int) -> Counter:
    return metrics.http_requests_total.labels(method, route, status)


@lru_cache(maxsize=1024)
def _histogram(method: str, route: str) -> Histogram:
    return metrics.http_request_duration_seconds.labels(method, route)


def route_template(scope: Scope) -> str:
    """Return the template of the matched route, never the path that was asked for."""
    context: Any = scope.get("fastapi", {}).get("effective_route_context")
    route = context if context is not None else scope.get("route")
    return getattr(route, "path_format", None) or getattr(route, "path", None) or "unmatched"


def _request_id(given: str | None) -> str:
    if given is not None and _REQUEST_ID.fullmatch(given):
        return given
    return new_id().hex

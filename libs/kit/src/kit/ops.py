"""The internal server of every process: health and metrics, never routed by the gateway."""

import json

from starlette.types import ASGIApp, Receive, Scope, Send

from kit import metrics
from kit.health import Health


def ops_app(health: Health) -> ASGIApp:
    """Return the ASGI app with /health/live, /health/ready and /metrics."""

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, content_type, body = await _answer(scope["path"], health)
        if scope["method"] not in {"GET", "HEAD"}:
            status, content_type, body = 405, "text/plain", b"method not allowed\n"
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [
                    (b"content-type", content_type.encode()),
                    (b"content-length", str(len(body)).encode()),
                    (b"cache-control", b"no-store"),
                ],
            }
        )
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return app


async def _answer(path: str, health: Health) -> tuple[int, str, bytes]:
    if path == "/health/live":
        return 200, "application/json", b'{"status":"alive"}\n'
    if path == "/health/ready":
        ready, report = await health.ready()
        return (200 if ready else 503), "application/json", json.dumps(report).encode() + b"\n"
    if path == "/metrics":
        return 200, metrics.CONTENT_TYPE, metrics.exposition()
    return 404, "text/plain", b"not found\n"

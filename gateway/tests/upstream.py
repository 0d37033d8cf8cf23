"""A service that does whatever a test needs, as raw ASGI."""
# ruff: noqa: ARG002 - every answer takes the same arguments

import asyncio
import json
from typing import Any

CHUNK = b"x" * 65_536


class Upstream:
    """Remembers what it saw since it was last told to forget."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.received = 0
        self.disconnected = asyncio.Event()
        self.proceed = asyncio.Event()
        self.produced = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        seen = {"method": scope["method"], "path": scope["raw_path"].decode(), "headers": headers}
        seen["query"] = scope["query_string"].decode()
        self.seen.append(seen)
        name = scope["path"].rsplit("/", 1)[-1].replace("-", "_")
        await getattr(self, f"on_{name}", self.on_echo)(scope, receive, send, seen)

    async def answer(self, send: Any, status: int = 200, body: bytes = b"{}", **headers: str) -> None:
        named = {"content_type": "application/json", "content_length": str(len(body))} | headers
        pairs = [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})

    async def body(self, receive: Any) -> bytes:
        content = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.disconnected.set()
                return content
            content += message.get("body", b"")
            self.received = len(content)
            if not message.get("more_body"):
                return content

    async def on_echo(self, scope: Any, receive: Any, send: Any, seen: dict[str, Any]) -> None:
        seen["body"] = (await self.body(receive)).decode("latin-1")
        await self.answer(send, body=json.dumps(seen).encode())

    async def on_created(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await self.body(receive)
        await self.answer(send, 202, location="/reports/42?x=1")

    async def on_elsewhere(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await self.answer(send, 302, location="https://example.com/interviews")

    async def on_nothing(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def on_not_modified(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", b'"1"')]})
        await send({"type": "http.response.body", "body": b""})

    async def on_problem(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        body = b'{"type": "urn:interview-kit:problem:role-unknown", "status": 404}'
        await self.answer(send, 404, body, content_type="application/problem+json")

    async def on_headers(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await self.answer(
            send,
            connection="x-private",
            x_private="1",
            keep_alive="timeout=5",
            server="upstream/1",
            set_cookie="evil=1",
            content_security_policy="default-src *",
            x_request_id="not-this-one",
            x_kept="yes",
            cache_control="private, max-age=5",
        )

    async def on_part(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        """Send the part of CHUNK that was asked for."""
        first, last = seen["headers"]["range"].removeprefix("bytes=").split("-")
        body = CHUNK[int(first) : int(last) + 1]
        content_range = f"bytes {first}-{last}/{len(CHUNK)}"
        await self.answer(
            send, 206, body, content_type="video/webm", content_range=content_range, accept_ranges="bytes", etag='"1"'
        )

    async def on_large(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        """Send 64 MiB without saying how much."""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(1024):
            await send({"type": "http.response.body", "body": CHUNK, "more_body": True})
            self.produced += len(CHUNK)
        await send({"type": "http.response.body", "body": b""})

    async def on_events(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        """Send one event, wait to be told, send another, wait for the end."""
        pairs = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        await send({"type": "http.response.body", "body": b"id: 1\ndata: first\n\n", "more_body": True})
        await self.proceed.wait()
        await send({"type": "http.response.body", "body": b"id: 2\ndata: second\n\n", "more_body": True})
        await self.until_gone(receive)

    async def on_slow(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await self.until_gone(receive)

    async def on_broken(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        """Promise more than is sent."""
        pairs = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        await send({"type": "http.response.body", "body": b"only this", "more_body": True})
        await asyncio.sleep(0.05)
        scope["extensions"] = {}
        raise ConnectionAbortedError

    async def until_gone(self, receive: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.disconnected.set()

    async def on_openapi_json(self, scope: Any, receive: Any, send: Any, seen: Any) -> None:
        await self.answer(send, 404)

"""Bodies are bounded whether or not they say how long they are."""

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI


async def chunks(count: int, size: int = 100_000) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


@pytest.mark.parametrize("path", ["/login", "/plain"])
async def test_declared_large_body_is_refused(client: httpx2.AsyncClient, path: str) -> None:
    response = await client.post(path, content=b"x" * 1_048_577, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.json()["type"] == "urn:interview-kit:problem:payload-too-large"
    assert response.headers["connection"] == "close"


async def test_streamed_large_body_is_refused(client: httpx2.AsyncClient) -> None:
    response = await client.post("/login", content=chunks(20), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


async def test_body_just_below_the_limit_is_read(client: httpx2.AsyncClient) -> None:
    name = "x" * (1_048_576 - len('{"name":"","password":"b"}'))
    response = await client.post("/login", json={"name": name, "password": "b"})
    assert response.status_code == 200


async def test_route_may_take_more(client: httpx2.AsyncClient) -> None:
    response = await client.put("/upload", content=chunks(29))
    assert response.json() == {"size": 2_900_000}
    assert (await client.put("/upload", content=chunks(31))).status_code == 413
    assert (await client.put("/upload", content=b"x" * 3_000_001)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "9" * 30, ""])
async def test_odd_content_length_is_no_way_around(client: httpx2.AsyncClient, length: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": length}
    response = await client.post("/login", content=chunks(20), headers=headers)
    assert response.status_code == 413


async def test_silent_body_times_out(make_app: Callable[..., FastAPI]) -> None:
    app = make_app(body_timeout=0.2)
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/login",
        "raw_path": b"/login",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"10")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    await app(scope, receive, send)
    assert sent[0]["status"] == 408

"""FastAPI's server-sent events do what kit.sse promises about them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import fastapi.routing
import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from kit.sse import EventSourceResponse, ServerSentEvent


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        try:
            yield client
        finally:
            server.should_exit = True
            await task


async def test_stream_has_ids_heartbeats_and_an_end_when_the_client_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastapi.routing, "_PING_INTERVAL", 0.2)
    app = FastAPI()
    ended = asyncio.Event()

    @app.get("/events", response_class=EventSourceResponse)
    async def events() -> AsyncIterator[ServerSentEvent]:
        try:
            yield ServerSentEvent(id="7", event="ready", data={"a": 1})
            await asyncio.sleep(60)
        finally:
            ended.set()

    async with served(app) as client:
        async with client.stream("GET", "/events") as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            assert response.headers["cache-control"] == "no-cache"
            assert response.headers["x-accel-buffering"] == "no"
            lines: list[str] = []
            async for line in response.aiter_lines():
                lines.append(line)
                if line == ": ping":
                    break
        assert lines == ["event: ready", 'data: {"a": 1}', "id: 7", "", ": ping"]
        async with asyncio.timeout(30):
            await ended.wait()

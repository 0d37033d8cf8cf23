"""Runs a stand-in on a free loopback port in the caller's event loop: `async with TheServer() as fake`."""

import asyncio
from contextlib import suppress
from typing import Self

import uvicorn
from starlette.applications import Starlette


class Served:
    """What both servers have in common; `app` is set by the server itself."""

    app: Starlette

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Base URL, without a version."""
        return f"http://127.0.0.1:{self._port}"

    def let_go(self) -> None:
        """Answer whoever is kept waiting."""

    async def __aenter__(self) -> Self:
        """Start serving."""
        # Without a lifespan: a forced exit leaves its task waiting for ever, to be destroyed in somebody else's test.
        config = uvicorn.Config(
            self.app, host="127.0.0.1", port=self._port, log_level="critical", access_log=False, lifespan="off"
        )
        server = uvicorn.Server(config)
        self._server = server
        self._task = asyncio.create_task(server._serve())  # serve() would capture the signals
        while not server.started:  # uvicorn offers no event for it
            if self._task.done():
                self._task.result()
            await asyncio.sleep(0.01)
        self._port = int(server.servers[0].sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop serving."""
        if self._server is None or self._task is None:
            return
        self.let_go()
        self._server.should_exit = True
        self._server.force_exit = True
        with suppress(asyncio.CancelledError):
            await self._task

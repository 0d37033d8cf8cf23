"""The database server and the broker that the product stands on: private ones, or those the environment names."""

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from local_stack.console import Console
from local_stack.errors import StackError
from local_stack.postgres import PrivatePostgres
from local_stack.rabbitmq import PrivateRabbitMQ
from local_stack.rabbitmq_install import is_here

FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(seconds=30)


class PrivateServer(Protocol):
    """What PrivatePostgres and PrivateRabbitMQ have in common."""

    async def start(self) -> None:
        """Start it."""

    async def stop(self) -> None:
        """Stop it."""

    async def wait(self) -> int:
        """Wait until it ends, wanted or not."""


class Engine:
    """A server and whether it is ours to start, watch and stop."""

    def __init__(self, name: str, url: str, server: PrivateServer | None, console: Console) -> None:
        self.name = name
        self.url = url
        self._server = server
        self._console = console
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it when it is ours."""
        if self._server is None:
            self._console.step(f"{self.name}: the one in the environment")
            return
        began = time.monotonic()
        await self._server.start()
        self._console.step(self.name, time.monotonic() - began)
        self._watching = asyncio.create_task(self._watch(self._server), name=f"watch {self.name}")

    async def stop(self) -> None:
        """Stop it when it is ours."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._server is not None:
            await self._server.stop()

    async def _watch(self, server: PrivateServer) -> None:
        """Start it again when it ends by itself; the processes wait for it meanwhile."""
        while True:
            code = await server.wait()
            self._console.line(self.name, f"ended (exit code {code}); starting again")
            delay = FIRST_DELAY
            while True:
                await server.stop()
                try:
                    await server.start()
                except StackError as error:
                    self._console.line(self.name, f"{error}\ntrying again in {delay.total_seconds():g} s")
                    await asyncio.sleep(delay.total_seconds())
                    delay = min(delay * 2, LONGEST_DELAY)
                else:
                    self._console.line(self.name, "is back")
                    break


def database(directory: Path, environment: Mapping[str, str], console: Console) -> Engine:
    """PostgreSQL: DATABASE_URL, a superuser's, or a private one."""
    if url := environment.get("DATABASE_URL"):
        return Engine("PostgreSQL", url, None, console)
    postgres = PrivatePostgres(directory)
    postgres.claim()
    return Engine("PostgreSQL", postgres.url, postgres, console)


def broker(directory: Path, environment: Mapping[str, str], console: Console) -> Engine:
    """RabbitMQ: AMQP_URL, or a private one."""
    if url := environment.get("AMQP_URL"):
        return Engine("RabbitMQ", url, None, console)
    rabbitmq = PrivateRabbitMQ(directory)
    rabbitmq.claim()
    if not is_here(rabbitmq.programs):
        console.say("  … installing RabbitMQ, once")
    return Engine("RabbitMQ", rabbitmq.url, rabbitmq, console)

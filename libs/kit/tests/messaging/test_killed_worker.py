"""A worker that is killed loses nothing, and a message that kills takes no neighbour along."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from libs.kit.tests.messaging.house import House, SomethingHappened

WORKER = Path(__file__).with_name("worker.py")
ROOT = Path(__file__).parents[4]


class Worker:
    """The worker as a process of its own, started again whenever it dies."""

    def __init__(self, house: House, database_url: str) -> None:
        self._environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": database_url,
            "AMQP_URL": house.direct_amqp_url,
        }
        self.process: asyncio.subprocess.Process
        self.kills = 0
        self.begun: list[str] = []

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, str(WORKER), env=self._environment, stdout=asyncio.subprocess.PIPE
        )

    async def run(self) -> None:
        while True:
            await self.start()
            assert self.process.stdout is not None
            async for line in self.process.stdout:
                self.begun.append(line.decode().strip())
            await self.process.wait()
            self.kills += 1


Running = Callable[[], AbstractAsyncContextManager[Worker]]


@pytest.fixture
def worker(house: House, service_database_url: str) -> Running:
    @asynccontextmanager
    async def running() -> AsyncIterator[Worker]:
        worker = Worker(house, service_database_url)
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            with suppress(ProcessLookupError):
                worker.process.kill()
            await worker.process.wait()

    return running


@pytest_asyncio.fixture(loop_scope="session")
async def declared(house: House) -> None:
    """Declare the queues before there is a worker, so that events find them."""

    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        raise AssertionError

    async with house.running(relay=False) as messaging:
        await house.ready(messaging)


async def send_all(house: House, *keys: str) -> None:
    await house.tell(*keys)
    async with house.running(subscriptions=None):
        await house.all_sent()


async def test_long_handler_killed_in_the_middle_runs_again(house: House, declared: None, worker: Running) -> None:
    await send_all(house, "slow")
    async with worker() as running:

        async def has_begun() -> bool:
            return "slow" in running.begun

        await house.eventually(has_begun)
        running.process.kill()
        await house.all_done("slow")
    assert running.begun.count("slow") == 2
    assert await house.depth(f"{house.queue}.dead") == 0


async def test_message_that_kills_its_worker_dies_alone(house: House, declared: None, worker: Running) -> None:
    neighbours = [str(number) for number in range(30)]
    await send_all(house, *neighbours[:5], "killer", *neighbours[5:])
    async with worker() as running:
        await house.all_done(*neighbours)
        letters = await house.dead()
    assert [letter.headers["x-first-death-reason"] for letter in letters] == ["delivery_limit"]
    assert b'"killer"' in letters[0].body
    assert running.kills <= 6

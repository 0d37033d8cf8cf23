"""Work that goes on beside the requests: kept alive, bounded in number, ended in order."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog

log = structlog.get_logger(__name__)

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_HEALTHY_AFTER = 60.0


@asynccontextmanager
async def running(jobs: Iterable[tuple[str, Callable[[], Awaitable[None]]]]) -> AsyncIterator[None]:
    """Run named jobs for the block; one that raises is logged and started again, later each time."""
    tasks = [asyncio.create_task(_keep_alive(name, job), name=name) for name, job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def every(interval: timedelta, step: Callable[[], Awaitable[object]]) -> None:
    """Run a step again and again, with a tenth of jitter so that replicas drift apart."""
    seconds = interval.total_seconds()
    while True:
        await asyncio.sleep(seconds * random.uniform(0.9, 1.1))  # noqa: S311 - not a secret
        await step()


async def _keep_alive(name: str, job: Callable[[], Awaitable[None]]) -> None:
    pause = _FIRST_PAUSE
    while True:
        started = time.monotonic()
        try:
            await job()
        except Exception as error:  # it must go on, whatever it was
            if time.monotonic() - started > _HEALTHY_AFTER:
                pause = _FIRST_PAUSE
            log.warning("background job failed", job=name, pause=pause, exc_info=error)
        else:
            return
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)

"""Keeping what a run has taken up while the run lives."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from kit.clock import now
from kit.database import Database
from sqlalchemy.ext.asyncio import AsyncSession

Extend = Callable[[AsyncSession, datetime], Awaitable[bool]]


@asynccontextmanager
async def kept_alive(database: Database, lease: timedelta, extend: Extend) -> AsyncIterator[None]:
    """Move a lease on while the block runs, each time in a transaction of its own.

    `extend` gets a session and the new end of the lease, and says whether the run still has the work; the first time
    that it has not, nothing is moved any more.
    """

    async def moving() -> None:
        while True:
            await asyncio.sleep(lease.total_seconds() / 3)
            with suppress(Exception):  # the next one may work; recording checks who has the work
                async with database.transaction() as session:
                    if not await extend(session, now() + lease):
                        return

    task = asyncio.create_task(moving(), name="lease")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

"""Watching interviews for changes: one query for everybody who watches, however many they are."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import structlog
from kit.database import Database, DatabaseUnavailable

from interview.queries import interviews

log = structlog.get_logger(__name__)


class Watch:
    """One pair of eyes on one interview."""

    def __init__(self) -> None:
        self._version: int | None = None
        self._news = asyncio.Event()

    def tell(self, version: int) -> None:
        """Say which version the interview has now."""
        if version != self._version:
            self._version = version
            self._news.set()

    async def other_than(self, version: int | None) -> None:
        """Wait until the interview has another version than the one known."""
        while self._version is None or self._version == version:
            self._news.clear()
            await self._news.wait()


class Watcher:
    """Asks the database for the versions of all watched interviews in one query, and only while there are any."""

    def __init__(self, database: Database, interval: timedelta) -> None:
        self._database = database
        self._interval = interval.total_seconds()
        self._watches: dict[UUID, set[Watch]] = {}
        self._wanted = asyncio.Event()

    @contextmanager
    def watch(self, interview_id: UUID) -> Iterator[Watch]:
        """Watch one interview for the block."""
        watch = Watch()
        self._watches.setdefault(interview_id, set()).add(watch)
        self._wanted.set()
        try:
            yield watch
        finally:
            self._watches[interview_id].discard(watch)
            if not self._watches[interview_id]:
                del self._watches[interview_id]

    @property
    def watched(self) -> int:
        """How many interviews are watched."""
        return len(self._watches)

    async def run(self) -> None:
        """Look again and again; a database that is away is asked again later."""
        while True:
            if not self._watches:
                self._wanted.clear()
                await self._wanted.wait()
            try:
                await self._look()
            except DatabaseUnavailable:
                log.warning("watching_interrupted", watched=self.watched)
            await asyncio.sleep(self._interval)

    async def _look(self) -> None:
        async with self._database.transaction() as session:
            versions = await interviews.versions(session, list(self._watches))
        for interview_id, version in versions.items():
            for watch in self._watches.get(interview_id, ()):
                watch.tell(version)

"""The worker: writes questions, makes videos, hears the analysis service, and looks after what is stuck."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from kit.ai import model_from
from kit.background import every
from kit.database import Database
from kit.messaging import WorkerContext
from kit.process import work

from interview.consumers import subscriptions
from interview.settings import InterviewSettings
from interview.storage import Storage, storage_from
from interview.use_cases.preparation import Writers, republish_stuck
from interview.use_cases.recording_upkeep import look_after
from interview.writers import BankWriter, ModelWriter


@dataclass(frozen=True, slots=True)
class Resources:
    """What the handlers share."""

    writers: Writers
    storage: Storage


@asynccontextmanager
async def resources(settings: InterviewSettings, _database: Database) -> AsyncIterator[Resources]:
    """Give what handlers share."""
    if settings.scratch_dir is not None:
        settings.scratch_dir.mkdir(parents=True, exist_ok=True)
    async with writers(settings) as writing:
        yield Resources(writers=writing, storage=storage_from(settings))


@asynccontextmanager
async def writers(settings: InterviewSettings) -> AsyncIterator[Writers]:
    """Give the writers the settings ask for: the AI with the bank behind it, or the bank alone."""
    bank = BankWriter()
    model = model_from(settings)
    if model is None:
        yield Writers(first=bank, fallback=None)
        return
    async with model:
        yield Writers(first=ModelWriter(model, deadline=settings.question_deadline), fallback=bank)


async def reconcile(context: WorkerContext) -> None:
    """Look for stuck preparations, again and again."""
    await every(context.settings.reconcile_interval, partial(_reconcile_once, context))


async def _reconcile_once(context: WorkerContext) -> None:
    async with context.database.transaction() as session:
        await republish_stuck(session, context.settings.preparation_lease)


async def look_after_recordings(context: WorkerContext) -> None:
    """Close, heal, expire and clear away recordings, again and again."""
    await every(context.settings.recording_interval, partial(_look_after_once, context))


async def _look_after_once(context: WorkerContext) -> None:
    await look_after(context.database, context.resources.storage, context.settings)


def main() -> None:
    """Run the worker until it is told to stop."""
    work(
        "interview",
        InterviewSettings(),
        subscriptions,
        resources=resources,
        jobs=[("reconcile preparations", reconcile), ("look after recordings", look_after_recordings)],
    )


if __name__ == "__main__":
    main()

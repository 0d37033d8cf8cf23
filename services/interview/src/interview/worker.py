"""The worker: writes questions, takes in what the analysis service tells, and looks after stuck preparations."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from kit.ai import model_from
from kit.background import every
from kit.database import Database
from kit.messaging import WorkerContext
from kit.process import work

from interview.consumers import subscriptions
from interview.settings import InterviewSettings
from interview.use_cases.preparation import Writers, republish_stuck
from interview.writers import BankWriter, ModelWriter


@asynccontextmanager
async def writers(settings: InterviewSettings, _database: Database) -> AsyncIterator[Writers]:
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


def main() -> None:
    """Run the worker until it is told to stop."""
    work(
        "interview",
        InterviewSettings(),
        subscriptions,
        resources=writers,
        jobs=[("reconcile preparations", reconcile)],
    )


if __name__ == "__main__":
    main()

"""The worker: writes questions, listens to answers, makes videos, hears the analysis service, mends what is stuck."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from kit.ai import StructuredModel, model_from
from kit.background import every
from kit.database import Database
from kit.messaging import WorkerContext
from kit.process import work

from interview.consumers import subscriptions
from interview.follow_ups import FollowUpWriter
from interview.resources import Resources
from interview.settings import InterviewSettings
from interview.storage import storage_from
from interview.transcribers import transcriber_from
from interview.use_cases.listening import Listeners, Sweeper, delete_needless_sounds
from interview.use_cases.listening import republish_stuck as republish_stuck_speech
from interview.use_cases.preparation import Writers, republish_stuck
from interview.use_cases.recording_upkeep import look_after
from interview.use_cases.spending import ledger_of
from interview.writers import BankWriter, ModelWriter

_SWEEP_INTERVAL = timedelta(minutes=5)  # listing a bucket costs something, and there is rarely anything to find


@asynccontextmanager
async def resources(settings: InterviewSettings, database: Database) -> AsyncIterator[Resources]:
    """Open what the settings ask for; one AI, if any, writes the questions and listens to the answers."""
    if settings.scratch_dir is not None:
        settings.scratch_dir.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        model = model_from(settings, ledger_of(database, settings))
        if model is not None:
            await stack.enter_async_context(model)
        transcriber = await stack.enter_async_context(transcriber_from(settings, model))
        storage = storage_from(settings)
        yield Resources(
            writers=_writers(settings, model),
            storage=storage,
            listeners=Listeners(storage, transcriber),
            follow_ups=FollowUpWriter(model, deadline=settings.follow_up_deadline) if model is not None else None,
        )


def _writers(settings: InterviewSettings, model: StructuredModel | None) -> Writers:
    """Return the AI with the bank behind it, or the bank alone."""
    bank = BankWriter()
    if model is None:
        return Writers(first=bank, fallback=None)
    return Writers(first=ModelWriter(model, deadline=settings.question_deadline), fallback=bank)


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


async def reconcile_speech(context: WorkerContext) -> None:
    """Look for stuck speech and for sounds that nobody needs, again and again."""
    await every(context.settings.reconcile_interval, partial(_reconcile_speech_once, context))


async def _reconcile_speech_once(context: WorkerContext) -> None:
    settings: InterviewSettings = context.settings
    await republish_stuck_speech(context.database, settings.speech_lease)
    await delete_needless_sounds(context.database, context.resources.storage, settings.speech_retry_window)


async def sweep_sounds(context: WorkerContext) -> None:
    """Look for sounds that belong to nothing, again and again."""
    await every(_SWEEP_INTERVAL, Sweeper(context.database, context.resources.storage).sweep)


def main() -> None:
    """Run the worker until it is told to stop."""
    work(
        "interview",
        InterviewSettings(),
        subscriptions,
        resources=resources,
        jobs=[
            ("reconcile preparations", reconcile),
            ("look after recordings", look_after_recordings),
            ("reconcile speech", reconcile_speech),
            ("sweep sounds", sweep_sounds),
        ],
    )


if __name__ == "__main__":
    main()

"""The door of time: answers that nobody works on are taken up again."""

import asyncio

from kit.background import every
from kit.messaging import WorkerContext

from analysis import queries, use_cases
from analysis.settings import AnalysisSettings

AT_ONCE = 8


async def reconcile(context: WorkerContext) -> None:
    """Look for answers asked for again and for answers whose worker died, until the worker stops."""
    settings: AnalysisSettings = context.settings
    await every(settings.reconcile_interval, lambda: take_up_waiting(context))


async def take_up_waiting(context: WorkerContext) -> None:
    """Take up what is due, the longest waiting first; the claim sorts out who does."""
    async with context.database.transaction() as session:
        waiting = await queries.due_analyses(session, AT_ONCE)
        improving = await queries.due_improvements(session, AT_ONCE)
    await asyncio.gather(
        *(use_cases.analyse_waiting(context.database, context.resources, one) for one in waiting),
        *(use_cases.improve_waiting(context.database, context.resources, one) for one in improving),
    )

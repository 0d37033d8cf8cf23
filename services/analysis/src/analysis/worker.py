"""The worker: wires the engines to the queues."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kit.ai import model_from
from kit.database import Database
from kit.process import work

from analysis.consumers import subscriptions
from analysis.engines.model import ModelEngine
from analysis.engines.offline import OfflineEngine
from analysis.engines.rewriting.rewriter import Rewriter
from analysis.reconciler import reconcile
from analysis.settings import AnalysisSettings
from analysis.use_cases import Desk, ledger_of


@asynccontextmanager
async def desk(settings: AnalysisSettings, database: Database) -> AsyncIterator[Desk]:
    """Open the engines: the language model when there is a key, the offline one always."""
    offline = OfflineEngine()
    model = model_from(settings, ledger_of(database, settings))
    if model is None:
        yield Desk(offline, offline, settings.lease, settings.max_runs)
        return
    async with model:
        engine = ModelEngine(model, deadline=settings.answer_deadline)
        rewriter = Rewriter(model, deadline=settings.answer_deadline)
        yield Desk(engine, offline, settings.lease, settings.max_runs, rewriter)


def main() -> None:
    """Run until told to stop."""
    work("analysis", AnalysisSettings(), subscriptions, resources=desk, jobs=[("reconciler", reconcile)])


if __name__ == "__main__":
    main()

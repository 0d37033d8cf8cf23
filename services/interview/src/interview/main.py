"""The API of the interview service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from kit.app import create_app
from kit.health import Health
from kit.process import serve

from interview.documents import DocumentReader
from interview.routes import routers
from interview.settings import InterviewSettings
from interview.storage import storage_from
from interview.watching import Watcher


@asynccontextmanager
async def _with_parts(app: FastAPI) -> AsyncIterator[None]:
    settings: InterviewSettings = app.state.settings
    app.state.storage = storage = storage_from(settings)
    # Without it nothing is recorded, and everything else goes on.
    health: Health = app.state.health
    health.add("storage", storage.ping, required=False)
    app.state.documents = DocumentReader(deadline=settings.document_deadline, at_once=settings.documents_at_once)
    app.state.watcher = Watcher(app.state.database, settings.watch_interval)
    yield


async def _watch(app: FastAPI) -> None:
    watcher: Watcher = app.state.watcher
    await watcher.run()


def create(settings: InterviewSettings) -> FastAPI:
    """Return the app; nothing is opened before it starts."""
    return create_app(
        service="interview",
        settings=settings,
        routers=routers,
        version=version("interview-kit-interview"),
        lifespan=_with_parts,
        jobs=[("watch interviews", _watch)],
    )


def main() -> None:
    """Run the API until it is told to stop."""
    settings = InterviewSettings()
    serve(create(settings), settings)


if __name__ == "__main__":
    main()

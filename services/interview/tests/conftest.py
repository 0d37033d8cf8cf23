from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx2
import pytest
import pytest_asyncio
from fake_gemini import API_KEY, FakeGemini
from fastapi import FastAPI
from interview.consumers import on_interview_created, on_recording_completed, on_speech_received, subscriptions
from interview.main import create
from interview.settings import InterviewSettings
from interview.storage import Storage, storage_from
from interview.worker import resources
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import Delivery, WorkerContext, run_messaging
from kit.testing.brokers import TestBroker
from kit.testing.databases import PATIENT
from kit.testing.tokens import TokenFactory

from services.interview.tests.administrator import Admin
from services.interview.tests.candidate import Candidate, events_of
from services.interview.tests.fixtures import Assembling, Listening, Opening, Preparing, Working
from services.interview.tests.recorder import Recorder, agree
from services.interview.tests.s3 import S3Server, s3_server


@pytest.fixture(scope="session")
def service() -> str:
    return "interview"


@pytest.fixture(scope="session")
def settings(
    database_url: Callable[[str], str],
    service: str,
    rabbitmq: str,
    tokens: TokenFactory,
    tmp_path_factory: pytest.TempPathFactory,
) -> InterviewSettings:
    return InterviewSettings(
        environment="test",
        port=0,
        ops_port=0,
        database_url=database_url(service),
        **PATIENT,
        amqp_url=rabbitmq,
        jwks_url=tokens.jwks_url,
        watch_interval=0.05,
        ai_provider="auto",
        gemini_api_key=None,
        openai_model=None,
        speech="gemini",  # and nobody without a key, also where Whisper happens to be installed
        gemini_timeout=20.0,
        storage_url=tmp_path_factory.mktemp("storage").as_uri(),
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def s3(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[S3Server]:
    """A real S3-compatible server."""
    async with s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def app(settings: InterviewSettings) -> FastAPI:
    return create(settings)


@pytest.fixture
def opened(settings: InterviewSettings, clean_tables: None) -> Opening:
    """Open an app with settings of the test's own."""

    @asynccontextmanager
    async def open_app(**changes: Any) -> AsyncIterator[httpx2.AsyncClient]:
        app = create(settings.model_copy(update=changes))
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
        ):
            yield client

    return open_app


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _gemini() -> AsyncIterator[FakeGemini]:
    async with FakeGemini() as fake:
        yield fake


@pytest.fixture
def gemini(_gemini: FakeGemini) -> FakeGemini:
    _gemini.reset()
    return _gemini


@pytest.fixture
def with_gemini(settings: InterviewSettings, gemini: FakeGemini) -> InterviewSettings:
    return InterviewSettings.model_validate(
        {**settings.model_dump(), "gemini_api_key": API_KEY, "gemini_base_url": gemini.url, "gemini_max_attempts": 2}
    )


@pytest.fixture
def prepare(settings: InterviewSettings, database: Database) -> Preparing:
    """Hand the worker an interview_created as it would come by post."""

    async def hand_over(
        interview_id: UUID | str,
        *,
        using: InterviewSettings = settings,
        message_id: UUID | None = None,
        attempt: int = 1,
    ) -> None:
        event: Any = (await events_of(database, "interview_created", interview_id))[-1]
        delivery = Delivery(
            message_id=message_id or new_id(), attempt=attempt, max_attempts=6, traceparent=None, occurred_at=now()
        )
        async with resources(using, database) as shared:
            await on_interview_created(WorkerContext(database, using, shared), event, delivery)

    return hand_over


@pytest.fixture
def assemble(settings: InterviewSettings, database: Database) -> Assembling:
    """Hand the worker the last recording_completed of an interview as it would come by post."""

    async def hand_over(
        interview_id: UUID | str,
        *,
        using: InterviewSettings = settings,
        storage: Storage | None = None,
        message_id: UUID | None = None,
        attempt: int = 1,
    ) -> None:
        event: Any = (await events_of(database, "recording_completed", interview_id))[-1]
        delivery = Delivery(
            message_id=message_id or new_id(), attempt=attempt, max_attempts=6, traceparent=None, occurred_at=now()
        )
        async with resources(using, database) as shared:
            handed = replace(shared, storage=storage or shared.storage)
            await on_recording_completed(WorkerContext(database, using, handed), event, delivery)

    return hand_over


@pytest.fixture
def working(settings: InterviewSettings, database: Database) -> Working:
    """Run the worker's consumers against the real broker."""

    @asynccontextmanager
    async def run(using: InterviewSettings = settings) -> AsyncIterator[None]:
        async with (
            resources(using, database) as shared,
            run_messaging(
                service="interview",
                database=database,
                amqp_url=using.amqp_url,
                subscriptions=subscriptions,
                settings=using,
                resources=shared,
            ),
        ):
            yield

    return run


@pytest_asyncio.fixture(loop_scope="session")
async def clean_queues(broker: TestBroker) -> AsyncIterator[None]:
    await broker.delete_queues()
    yield
    await broker.delete_queues()


@pytest.fixture
def candidate(client: httpx2.AsyncClient, tokens: TokenFactory, database: Database, prepare: Preparing) -> Candidate:
    return Candidate(client, tokens, database, prepare)


@pytest.fixture
def stranger(client: httpx2.AsyncClient, tokens: TokenFactory, database: Database, prepare: Preparing) -> Candidate:
    return Candidate(client, tokens, database, prepare)


@pytest.fixture
def admin(client: httpx2.AsyncClient, tokens: TokenFactory) -> Admin:
    return Admin(client, tokens)


@pytest.fixture
def storage(settings: InterviewSettings) -> Storage:
    return storage_from(settings)


@pytest.fixture
def listening(with_gemini: InterviewSettings, database: Database) -> Listening:
    """Hand the worker every speech_received of an interview as they would come by post, the last first."""

    async def hand_over(interview: dict[str, Any], *, using: InterviewSettings = with_gemini, attempt: int = 1) -> None:
        events: list[Any] = await events_of(database, "speech_received", interview["id"])
        async with resources(using, database) as opened:
            for event in reversed(events):
                delivery = Delivery(
                    message_id=new_id(), attempt=attempt, max_attempts=6, traceparent=None, occurred_at=now()
                )
                await on_speech_received(WorkerContext(database, using, opened), event, delivery)

    return hand_over


@pytest.fixture
async def recorder(candidate: Candidate, database: Database) -> Recorder:
    """Give a recording that has begun, with the candidate's consent."""
    interview = await candidate.started()
    await agree(database, interview)
    return await Recorder(candidate, interview).begun()


@pytest.fixture
def limited(opened: Opening, tokens: TokenFactory, database: Database, prepare: Preparing) -> Any:
    """Give a recorder against an app with settings of the test's own."""

    @asynccontextmanager
    async def open_app(**changes: Any) -> AsyncIterator[Recorder]:
        async with opened(**changes) as client:
            candidate = Candidate(client, tokens, database, prepare)
            interview = await candidate.started()
            await agree(database, interview)
            yield await Recorder(candidate, interview).begun()

    return open_app

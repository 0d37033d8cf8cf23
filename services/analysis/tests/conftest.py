from collections.abc import AsyncIterator, Callable

import httpx2
import pytest
import pytest_asyncio
from analysis.main import create
from analysis.settings import AnalysisSettings
from fake_gemini import API_KEY, OPENAI_KEY, OPENAI_MODEL, FakeGemini, FakeOpenAI
from fastapi import FastAPI
from kit.database import Database
from kit.testing.brokers import TestBroker
from kit.testing.databases import PATIENT
from kit.testing.tokens import TokenFactory

from services.analysis.tests.house import House


@pytest.fixture(scope="session")
def service() -> str:
    return "analysis"


@pytest.fixture(scope="session")
def settings(database_url: Callable[[str], str], service: str, rabbitmq: str, tokens: TokenFactory) -> AnalysisSettings:
    return AnalysisSettings(
        environment="test",
        port=0,
        ops_port=0,
        database_url=database_url(service),
        **PATIENT,
        amqp_url=rabbitmq,
        jwks_url=tokens.jwks_url,
        ai_provider="auto",
        gemini_api_key=None,
        openai_model=None,
        gemini_timeout=20.0,
        gemini_max_attempts=2,
        lease=30.0,
        reconcile_interval=0.2,
        answer_deadline=60.0,
        shutdown_timeout=5.0,
    )


@pytest.fixture
def app(settings: AnalysisSettings) -> FastAPI:
    return create(settings)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _gemini() -> AsyncIterator[FakeGemini]:
    async with FakeGemini() as fake:
        yield fake


@pytest.fixture
def gemini(_gemini: FakeGemini) -> FakeGemini:
    _gemini.reset()
    return _gemini


@pytest.fixture
def with_gemini(settings: AnalysisSettings, gemini: FakeGemini) -> AnalysisSettings:
    return AnalysisSettings.model_validate(
        {**settings.model_dump(), "gemini_api_key": API_KEY, "gemini_base_url": gemini.url}
    )


@pytest_asyncio.fixture(loop_scope="session")
async def llama() -> AsyncIterator[FakeOpenAI]:
    """A server of one's own, with the habits of llama.cpp's."""
    async with FakeOpenAI("llama_cpp") as fake:
        yield fake


@pytest.fixture
def with_llama(settings: AnalysisSettings, llama: FakeOpenAI) -> AnalysisSettings:
    named = {
        "openai_api_key": OPENAI_KEY,
        "openai_base_url": f"{llama.url}/v1",
        "openai_model": OPENAI_MODEL,
        "openai_max_attempts": 2,
    }
    return AnalysisSettings.model_validate({**settings.model_dump(), **named})


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    settings: AnalysisSettings,
    database: Database,
    broker: TestBroker,
    tokens: TokenFactory,
    client: httpx2.AsyncClient,
) -> House:
    return House(settings, database, broker, tokens, client)

"""A service that publishes serves its users while the broker is away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import ClassVar
from uuid import UUID

import httpx2
import pytest_asyncio
import sqlalchemy as sa
from fastapi import APIRouter, FastAPI
from kit.app import create_app
from kit.database import Database, SessionDep, schema_metadata
from kit.ids import new_id
from kit.messaging import outbox_table, publish
from kit.migrations import async_url
from kit.settings import ServiceSettings, settings_config
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import create_async_engine

SERVICE = "post"
metadata = schema_metadata(SERVICE)
outbox = outbox_table(metadata)


class LetterSent(BaseModel):
    event_type: ClassVar[str] = "post.letter_sent.v1"
    letter_id: UUID

    @property
    def subject(self) -> str:
        return str(self.letter_id)


class PostSettings(ServiceSettings):
    model_config = settings_config("POST_")


router = APIRouter()


@router.post("/letters", status_code=202)
async def send_letter(session: SessionDep) -> None:
    await publish(session, LetterSent(letter_id=new_id()))


@pytest_asyncio.fixture
async def app(database_url: Callable[[str], str]) -> FastAPI:
    url = await asyncio.to_thread(database_url, SERVICE)
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    settings = PostSettings(
        port=0,
        ops_port=0,
        database_url=url,
        amqp_url="amqp://nobody:nothing@127.0.0.1:1/none",
        jwks_url="http://127.0.0.1:1/keys",
    )
    return create_app(service=SERVICE, settings=settings, routers=[router], version="1")


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
    ):
        yield client


async def test_broker_away_costs_an_api_nothing(app: FastAPI, client: httpx2.AsyncClient) -> None:
    for _ in range(20):
        assert (await client.post("/letters")).status_code == 202
    ready, report = await app.state.health.ready()
    assert ready
    assert report["checks"]["database"]["ok"] is True
    assert report["checks"]["broker"] == {"ok": False, "required": False, "error": "BrokerUnavailable"}
    database: Database = app.state.database
    async with database.transaction() as session:
        kept = await session.scalar(sa.select(sa.func.count()).where(outbox.c.published_at.is_(None)))
    assert kept == 20
    assert len(database.after_commit) == 1


async def test_job_that_fails_is_started_again(app: FastAPI) -> None:
    runs: list[int] = []
    second = asyncio.Event()

    async def job(given: FastAPI) -> None:
        assert given.state.service == SERVICE
        runs.append(1)
        if len(runs) == 1:
            raise RuntimeError
        second.set()

    again = create_app(
        service=SERVICE, settings=app.state.settings, routers=[], version="1", jobs=[("fails once", job)]
    )
    async with again.router.lifespan_context(again), asyncio.timeout(30):
        await second.wait()

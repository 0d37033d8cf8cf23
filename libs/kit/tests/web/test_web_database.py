"""The commit comes before the answer, and no wait for the database is endless."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
import pytest
import pytest_asyncio
import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI
from kit.database import Database, DatabaseUnavailable
from kit.ids import new_id
from kit.settings import ServiceSettings
from kit.testing.databases import PATIENT
from sqlalchemy.exc import StatementError

# Not a measurement: without a bound each of these waits would be endless.
MOST = 30.0
# How long the product waits for its database.
AS_SHIPPED = {name: ServiceSettings.model_fields[name].default for name in PATIENT}


class StallingProxy:
    """Stands between the kit and PostgreSQL and can be cut or frozen, as a network or a server can."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname, parts.port)
        self._parts = parts
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._last_words: bytes | None = None
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    @property
    def url(self) -> str:
        credentials, _, _ = self._parts.netloc.rpartition("@")
        return urlunsplit(self._parts._replace(netloc=f"{credentials}@127.0.0.1:{self.port}"))

    @property
    def connections(self) -> int:
        return len(self._writers) // 2

    @property
    def is_frozen(self) -> bool:
        return not self._thawed.is_set()

    def freeze(self) -> None:
        self._thawed.clear()

    def freeze_at(self, words: bytes) -> None:
        """Freeze when these go through, and keep them back."""
        self._last_words = words

    def thaw(self) -> None:
        self._last_words = None
        self._thawed.set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        self.thaw()
        await asyncio.sleep(0.05)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(*self._target)
            self._writers |= {writer, far_writer}
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                if self._last_words is not None and self._last_words in data:
                    self.freeze()
                await self._thawed.wait()
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
        self._writers.discard(writer)


@pytest_asyncio.fixture
async def proxy(toy_url: str) -> AsyncIterator[StallingProxy]:
    proxy = StallingProxy(toy_url)
    await proxy.start()
    yield proxy
    await proxy.stop()


@pytest.fixture
def app(make_app: Callable[..., FastAPI], proxy: StallingProxy) -> FastAPI:
    return make_app(database_url=proxy.url, **AS_SHIPPED)


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """Serve for real: the order of commit and response can only be seen through a socket."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="on"))
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await running


async def sleeping(url: str) -> None:
    """Wait until a statement sleeps in the database."""
    observer = await asyncpg.connect(url)
    running = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%pg_sleep(%'"
    )
    try:
        async with asyncio.timeout(MOST):
            while not await observer.fetchval(running):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)
    finally:
        await observer.close()


async def test_created_note_is_there_when_the_answer_is(app: FastAPI, client: httpx2.AsyncClient) -> None:
    # Delay the commit: if the answer did not wait for it, the read that follows would find nothing.
    database: Database = app.state.database

    @sa.event.listens_for(database.engine.sync_engine, "commit")
    def slow_commit(_: Any) -> None:
        time.sleep(0.05)

    async with served(app) as base, httpx2.AsyncClient(base_url=base) as http:
        for i in range(20):
            created = await http.post("/open-notes", json={"text": f"note {i}"})
            assert created.status_code == 201
            found = await http.get(f"/notes/{created.json()['id']}")
            assert found.status_code == 200


async def test_failed_commit_is_not_a_201(app: FastAPI, client: httpx2.AsyncClient) -> None:
    database: Database = app.state.database

    @sa.event.listens_for(database.engine.sync_engine, "commit")
    def failing_commit(_: Any) -> None:
        raise RuntimeError("the disk is full")

    response = await client.post("/open-notes", json={"text": "x"})
    assert response.status_code == 500
    sa.event.remove(database.engine.sync_engine, "commit", failing_commit)


async def test_error_after_a_write_rolls_back(
    client: httpx2.AsyncClient, auth: dict[str, str], database: Database
) -> None:
    assert (await client.post("/notes/fail", json={"text": "x"}, headers=auth)).status_code == 404
    async with database.transaction() as session:
        assert await session.scalar(sa.text("SELECT count(*) FROM toy.notes")) == 0


async def test_relay_is_woken_after_the_commit_only(database: Database) -> None:
    woken: list[int] = []
    database.after_commit.append(lambda: woken.append(1))
    async with database.transaction() as session:
        await session.execute(sa.text("SELECT 1"))
    assert not woken
    with pytest.raises(RuntimeError):  # noqa: PT012 - the block is what raises
        async with database.transaction() as session:
            session.info["outbox"] = True
            raise RuntimeError
    assert not woken
    async with database.transaction() as session:
        session.info["outbox"] = True
    assert woken == [1]
    async with database.transaction() as session:
        assert "outbox" not in session.info


async def test_naive_time_is_refused(database: Database, toy: Any) -> None:
    with pytest.raises(StatementError):
        async with database.transaction() as session:
            session.add(toy.Note(text="x", created_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - the point
    async with database.transaction() as session:
        session.add(note := toy.Note(text="x"))
    async with database.transaction() as session:
        loaded = await session.get(toy.Note, note.id)
        assert loaded is not None
        assert loaded.created_at.utcoffset().total_seconds() == 0


async def test_slow_statement_is_503(app: FastAPI, client: httpx2.AsyncClient, database: Database) -> None:
    started = time.perf_counter()
    response = await client.get("/sleep/30")
    assert response.status_code == 503
    assert response.json()["type"].endswith("database-unavailable")
    assert time.perf_counter() - started < MOST
    await database.ping()


async def test_exhausted_pool_is_503(make_app: Callable[..., FastAPI]) -> None:
    # The statements may take as long as they do, so that none of those that have a connection is given up.
    app = make_app(database_pool_timeout=AS_SHIPPED["database_pool_timeout"])
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
    ):
        started = time.perf_counter()
        responses = await asyncio.gather(*(client.get("/sleep/3") for _ in range(14)))
        statuses = [r.status_code for r in responses]
        assert statuses.count(200) == 10
        assert statuses.count(503) == 4
        assert time.perf_counter() - started < MOST
        assert (await client.get("/notes")).status_code == 200


async def test_frozen_database_is_503_and_recovers(
    app: FastAPI, client: httpx2.AsyncClient, proxy: StallingProxy
) -> None:
    assert (await client.get("/notes")).status_code == 200
    proxy.freeze()
    started = time.perf_counter()

    async def timed(path: str) -> tuple[int, float]:
        response = await client.get(path)
        return response.status_code, time.perf_counter() - started

    outcomes = await asyncio.gather(*(timed("/notes") for _ in range(30)))
    assert {status for status, _ in outcomes} == {503}
    assert max(seconds for _, seconds in outcomes) < MOST
    proxy.thaw()
    async with asyncio.timeout(MOST):
        while (await client.get("/notes")).status_code != 200:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("last_words", [b"pg_catalog.version()", b"ROLLBACK"])
async def test_database_that_freezes_while_the_first_connection_is_made_ready_is_unavailable(
    make_settings: Callable[..., ServiceSettings], proxy: StallingProxy, last_words: bytes
) -> None:
    database = Database(make_settings(database_url=proxy.url, **AS_SHIPPED))
    proxy.freeze_at(last_words)

    async def used() -> None:
        async with database.transaction() as session:
            await session.execute(sa.text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable):
        await used()
    assert proxy.is_frozen
    proxy.thaw()
    await used()
    await database.dispose()


async def test_time_that_runs_out_inside_a_transaction_is_the_callers_own(database: Database) -> None:
    async def slow() -> None:
        async with database.transaction() as session:
            await session.execute(sa.text("SELECT 1"))
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await slow()


async def test_frozen_idempotent_write_is_bounded_and_happens_once(
    *, client: httpx2.AsyncClient, auth: dict[str, str], database: Database, proxy: StallingProxy, toy_url: str
) -> None:
    headers = auth | {"Idempotency-Key": "frozen"}
    await client.get("/me", headers=auth)
    write = asyncio.create_task(client.post("/notes/slow", json={"text": "x"}, headers=headers))
    await sleeping(toy_url)
    started = time.perf_counter()
    proxy.freeze()
    assert (await write).status_code == 503
    assert time.perf_counter() - started < MOST
    proxy.thaw()
    async with asyncio.timeout(MOST):
        while (answer := await client.post("/notes/slow", json={"text": "x"}, headers=headers)).status_code != 201:
            assert answer.status_code in {409, 503}
            await asyncio.sleep(0.2)
    async with database.transaction() as session:
        assert await session.scalar(sa.text("SELECT count(*) FROM toy.notes")) == 1


async def test_frozen_in_mid_transaction_is_bounded(
    client: httpx2.AsyncClient, proxy: StallingProxy, toy_url: str
) -> None:
    await client.get("/notes")
    slow = asyncio.create_task(client.get("/sleep/2"))
    await sleeping(toy_url)
    started = time.perf_counter()
    proxy.freeze()
    assert (await slow).status_code == 503
    assert time.perf_counter() - started < MOST


async def test_stopped_database_is_503_at_once_and_recovers(client: httpx2.AsyncClient, proxy: StallingProxy) -> None:
    await asyncio.gather(*(client.get("/sleep/0.1") for _ in range(5)))
    await proxy.stop()
    started = time.perf_counter()
    responses = await asyncio.gather(*(client.get("/notes") for _ in range(20)))
    assert {r.status_code for r in responses} == {503}
    assert time.perf_counter() - started < MOST
    await proxy.start()
    responses = await asyncio.gather(*(client.get("/notes") for _ in range(5)))
    assert {r.status_code for r in responses} == {200}


async def test_restarted_database_costs_no_request(client: httpx2.AsyncClient, proxy: StallingProxy) -> None:
    await asyncio.gather(*(client.get("/sleep/0.1") for _ in range(5)))
    await proxy.stop()
    await proxy.start()
    responses = [await client.get("/notes") for _ in range(10)]
    assert {r.status_code for r in responses} == {200}


async def test_hung_up_client_frees_its_connection(client: httpx2.AsyncClient, database: Database) -> None:
    for _ in range(30):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.03):
                await client.get("/sleep/2")
    # The statements of those who hung up are cancelled and their connections come back, all of them.
    statuses: set[int] = set()
    async with asyncio.timeout(MOST):
        while statuses != {200}:
            statuses = {r.status_code for r in await asyncio.gather(*(client.get("/notes") for _ in range(10)))}


async def test_start_without_database_is_alive_and_not_ready(make_app: Callable[..., FastAPI], toy_url: str) -> None:
    dead = urlunsplit(urlsplit(toy_url)._replace(netloc="toy:only-for-tests@127.0.0.1:1"))
    app = make_app(database_url=dead)
    async with app.router.lifespan_context(app):
        ready, report = await app.state.health.ready()
        assert not ready
        assert report["checks"]["database"] == {"ok": False, "required": True, "error": "DatabaseUnavailable"}
        with pytest.raises(DatabaseUnavailable):
            await app.state.database.ping()


async def test_readiness_is_bounded_when_frozen(app: FastAPI, client: httpx2.AsyncClient, proxy: StallingProxy) -> None:
    assert (await app.state.health.ready())[0]
    proxy.freeze()
    for _ in range(3):
        started = time.perf_counter()
        ready, report = await app.state.health.ready()
        assert time.perf_counter() - started < MOST
        assert not ready
        assert report["checks"]["database"]["error"] in {"timeout", "DatabaseUnavailable"}
    assert proxy.connections <= 4
    proxy.thaw()
    async with asyncio.timeout(MOST):
        while not (await app.state.health.ready())[0]:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.1)


async def test_ids_sort_by_time() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert {i.version for i in ids} == {7}

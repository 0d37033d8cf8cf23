import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
import uvicorn
from interview.main import create
from interview.models import Interview
from interview.settings import InterviewSettings
from kit.database import Database, DatabaseUnavailable
from kit.testing.tokens import TokenFactory
from sqlalchemy import update

from services.interview.tests.candidate import Candidate, eventually, problem
from services.interview.tests.fixtures import Preparing
from services.interview.tests.test_results import reported


@asynccontextmanager
async def serving(settings: InterviewSettings) -> AsyncIterator[Any]:
    """Serve over a real socket: the in-process transport cannot stream."""
    app = create(settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="on"))
    task = asyncio.create_task(server.serve())

    async def has_started() -> bool:
        return server.started

    await eventually(has_started)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        client.app = app  # type: ignore[attr-defined] # for tests that look inside
        yield client
    server.should_exit = True
    await task


@pytest_asyncio.fixture(loop_scope="session")
async def live(settings: InterviewSettings, clean_tables: None) -> AsyncIterator[httpx2.AsyncClient]:
    async with serving(settings) as client:
        yield client


@pytest.fixture
def viewer(live: httpx2.AsyncClient, tokens: TokenFactory, database: Database, prepare: Preparing) -> Candidate:
    return Candidate(live, tokens, database, prepare)


def watcher_of(viewer: Candidate) -> Any:
    return viewer.client.app.state.watcher  # type: ignore[attr-defined] # set by serving


@asynccontextmanager
async def watching(
    viewer: Candidate, interview: dict[str, Any], last_event_id: int | str | None = None
) -> AsyncIterator[Any]:
    headers = viewer.headers | ({"Last-Event-ID": str(last_event_id)} if last_event_id is not None else {})
    path = f"/interviews/{interview['id']}/events"
    async with viewer.client.stream("GET", path, headers=headers) as response:
        yield response


async def events(response: httpx2.Response) -> AsyncIterator[Any]:
    """Give id and data of each event as it comes."""
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        name, _, value = line.partition(": ")
        if line:
            fields[name] = value
        elif fields.get("event") == "interview":
            yield int(fields["id"]), json.loads(fields["data"])
            fields = {}


async def test_snapshot_comes_at_once_and_then_every_change_until_the_end(
    viewer: Candidate, database: Database
) -> None:
    from interview.consumers import on_report_ready  # noqa: PLC0415 - after the app

    interview = await viewer.create()
    async with watching(viewer, interview) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-cache"
        stream = events(response)
        version, snapshot = await anext(stream)
        assert (version, snapshot) == (interview["version"], interview)

        await viewer._prepare(interview["id"])
        seen = [version]
        async for number, shown in stream:
            seen.append(number)
            if shown["status"] == "ready":
                break
        interview = await viewer.post(interview, "start")
        assert (await anext(stream))[1] == interview
        while interview["current_question_id"] is not None:
            interview = await viewer.submit(interview)
            number, shown = await anext(stream)
            assert (number, shown) == (interview["version"], interview)
            seen.append(number)
        async with database.transaction() as session:
            await on_report_ready(session, reported(viewer, interview, 3.4))
        rest = [shown async for _, shown in stream]
    assert [shown["report_status"] for shown in rest] == ["done"]
    assert seen == sorted(set(seen))
    # A browser comes again when a stream ends; 204 tells it that there is nothing more to come.
    async with watching(viewer, interview, rest[-1]["version"]) as response:
        assert response.status_code == 204
    async with watching(viewer, interview, 1) as response:
        assert [shown["report_status"] async for _, shown in events(response)] == ["done"]


async def test_reader_who_comes_back_gets_only_what_is_new(viewer: Candidate) -> None:
    interview = await viewer.ready()
    async with watching(viewer, interview, interview["version"]) as response:
        waiting = asyncio.ensure_future(anext(events(response)))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        started = await viewer.post(interview, "start")
        assert await waiting == (started["version"], started)
    async with watching(viewer, interview, interview["version"]) as response:
        assert (await anext(events(response)))[0] == started["version"]


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 30, "9" * 5000])
async def test_last_event_id_that_means_nothing_gets_the_snapshot(viewer: Candidate, last: str) -> None:
    interview = await viewer.create()
    async with watching(viewer, interview, last) as response:
        assert (await anext(events(response)))[0] == interview["version"]


async def test_somebody_elses_stream_does_not_open(
    viewer: Candidate, live: httpx2.AsyncClient, tokens: TokenFactory, database: Database, prepare: Preparing
) -> None:
    interview = await viewer.create()
    stranger = Candidate(live, tokens, database, prepare)
    async with watching(stranger, interview) as response:
        await response.aread()
        assert response.status_code == 404
        assert problem(response) == "interview-not-found"


async def test_stream_of_a_left_interview_ends(viewer: Candidate) -> None:
    interview = await viewer.started()
    async with watching(viewer, interview) as response:
        stream = events(response)
        await anext(stream)
        await viewer.post(interview, "abandon")
        assert [shown["status"] async for _, shown in stream] == ["abandoned"]


async def test_many_readers_cost_one_query_and_leave_nothing_behind(viewer: Candidate) -> None:
    watcher = watcher_of(viewer)
    interviews = [await viewer.create() for _ in range(3)]
    looks = 0
    look = watcher._look

    async def counted() -> None:
        nonlocal looks
        looks += 1
        await look()

    watcher._look = counted
    readers: list[asyncio.Task[str | None]] = []

    async def all_watch() -> bool:
        return sum(len(watches) for watches in watcher._watches.values()) == len(readers)

    # One after the other: a slow machine's database may turn one of 24 at once away, which is not what is looked at.
    for interview in interviews * 8:
        readers.append(asyncio.create_task(_read_until_left(viewer, interview)))
        await eventually(all_watch)
    assert watcher.watched == 3
    before, began = looks, asyncio.get_running_loop().time()

    async def has_looked() -> bool:
        return looks > before

    await eventually(has_looked)
    await asyncio.sleep(0.5)
    assert looks - before <= (asyncio.get_running_loop().time() - began) / 0.05 + 1  # one for all of them each 50 ms
    for interview in interviews:
        await viewer.post(interview, "abandon")
    assert [await reader for reader in readers] == ["abandoned"] * 24

    async def nobody_watches() -> bool:
        return bool(watcher.watched == 0)

    await eventually(nobody_watches)
    before = looks
    await asyncio.sleep(0.3)
    assert looks - before <= 1


async def _read_until_left(viewer: Candidate, interview: dict[str, Any]) -> str | None:
    status = None
    async with watching(viewer, interview) as response:
        async for _, shown in events(response):
            status = shown["status"]
    return status


async def test_reader_who_leaves_is_forgotten(viewer: Candidate) -> None:
    watcher = watcher_of(viewer)
    interview = await viewer.create()
    async with watching(viewer, interview) as response:
        await anext(events(response))
        assert watcher.watched == 1

    async def nobody_watches() -> bool:
        return bool(watcher.watched == 0)

    await eventually(nobody_watches)


async def test_stream_ends_after_its_time_so_that_the_token_is_checked_again(
    settings: InterviewSettings, clean_tables: None, tokens: TokenFactory, database: Database, prepare: Preparing
) -> None:
    async with serving(settings.model_copy(update={"stream_lifetime": timedelta(seconds=0.4)})) as client:
        viewer = Candidate(client, tokens, database, prepare)
        interview = await viewer.create()
        async with watching(viewer, interview) as response:
            assert [shown["status"] async for _, shown in events(response)] == ["preparing"]


async def test_stream_outlives_a_database_that_was_away(
    viewer: Candidate, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    watcher = watcher_of(viewer)
    interview = await viewer.create()
    async with watching(viewer, interview) as response:
        stream = events(response)
        await anext(stream)
        look = watcher._look

        async def away() -> None:
            raise DatabaseUnavailable

        monkeypatch.setattr(watcher, "_look", away)
        async with database.transaction() as session:
            await session.execute(update(Interview).values(version=99))
        await asyncio.sleep(0.2)
        monkeypatch.setattr(watcher, "_look", look)
        assert (await anext(stream))[0] == 99

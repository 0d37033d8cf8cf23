import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aio_pika
from fake_gemini import API_KEY, FakeGemini
from interview.models import Question, Recording
from interview.settings import InterviewSettings
from kit.database import Database
from kit.messaging import EXCHANGE
from kit.testing.tokens import TokenFactory
from sqlalchemy import func, select

from services.interview.tests.candidate import ANSWER, Candidate, eventually
from services.interview.tests.fixtures import Opening, Preparing
from services.interview.tests.media import cut, recorded
from services.interview.tests.recorder import Recorder, agree


class Proxy:
    """A way to the broker that can be closed and opened."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname, parts.port)
        self._parts = parts
        self._port = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        credentials = self._parts.netloc.rpartition("@")[0]
        return urlunsplit(self._parts._replace(netloc=f"{credentials}@127.0.0.1:{self._port}"))

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self._target)
        self._writers |= {writer, far_writer}
        await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))
        self._writers -= {writer, far_writer}

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()


async def test_answer_is_taken_while_the_broker_is_away_and_told_when_it_is_back(
    *, opened: Opening, rabbitmq: str, tokens: TokenFactory, database: Database, prepare: Preparing, clean_queues: None
) -> None:
    proxy = Proxy(rabbitmq)
    await proxy.open()
    async with opened(amqp_url=proxy.url) as client, listening(rabbitmq, "interview.answer_submitted.v1") as inbox:
        candidate = Candidate(client, tokens, database, prepare)
        interview = await candidate.started()
        await proxy.close()
        response = await candidate.do("POST", f"{candidate.question(interview)}/answers", {"text": ANSWER})
        assert response.status_code == 202
        assert response.json()["questions"][0]["answer"]["analysis"] == "queued"
        await asyncio.sleep(0.5)
        assert inbox.empty()
        await proxy.open()
        message = await asyncio.wait_for(inbox.get(), 30)
    assert ANSWER.encode() in message.body
    assert inbox.empty()
    await proxy.close()


@asynccontextmanager
async def listening(url: str, routing_key: str) -> AsyncIterator[Any]:
    messages: asyncio.Queue[aio_pika.abc.AbstractIncomingMessage] = asyncio.Queue()
    async with await aio_pika.connect(url) as connection, connection.channel() as channel:
        exchange = await channel.declare_exchange(EXCHANGE, aio_pika.ExchangeType.TOPIC, durable=True)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange, routing_key)
        await queue.consume(messages.put, no_ack=True)
        yield messages


async def test_worker_killed_while_the_ai_writes_leaves_one_set_of_questions(
    *,
    candidate: Candidate,
    with_gemini: InterviewSettings,
    gemini: FakeGemini,
    settings: InterviewSettings,
    database: Database,
    clean_queues: None,
) -> None:
    gemini.hold()
    environment = os.environ | {
        "INTERVIEW_ENVIRONMENT": "test",
        "INTERVIEW_DATABASE_URL": str(settings.database_url),
        "INTERVIEW_STORAGE_URL": settings.storage_url,
        "INTERVIEW_AMQP_URL": settings.amqp_url,
        "INTERVIEW_JWKS_URL": settings.jwks_url,
        "INTERVIEW_OPS_PORT": "0",
        "GEMINI_API_KEY": API_KEY,
        "GEMINI_BASE_URL": gemini.url,
    }
    async with worker(environment) as first:
        interview = await candidate.create()

        async def is_asked() -> Any:
            return gemini.requests

        await eventually(is_asked)
        assert (await candidate.read(interview["id"]))["preparation"]["stage"] == "writing"
        first.kill()
        await first.wait()
    gemini.let_go()
    assert (await candidate.read(interview["id"]))["status"] == "preparing"
    async with worker(environment):

        async def prepared() -> Any:
            found = await candidate.read(interview["id"])
            return found if found["status"] == "ready" else None

        ready = await eventually(prepared)
    assert ready["question_source"]["provider"] == "gemini"
    assert len(await candidate.events("interview_ready", interview)) == 1
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Question.id))) == 3
    assert len(gemini.requests) == 2


async def test_worker_killed_while_it_makes_a_video_leaves_one_video(
    *, candidate: Candidate, settings: InterviewSettings, database: Database, clean_queues: None
) -> None:
    environment = os.environ | {
        "INTERVIEW_ENVIRONMENT": "test",
        "INTERVIEW_DATABASE_URL": str(settings.database_url),
        "INTERVIEW_STORAGE_URL": settings.storage_url,
        "INTERVIEW_AMQP_URL": settings.amqp_url,
        "INTERVIEW_JWKS_URL": settings.jwks_url,
        "INTERVIEW_OPS_PORT": "0",
    }
    interview = await candidate.started()
    await agree(database, interview)
    recorder = await Recorder(candidate, interview).begun()
    folder = Path(urlsplit(settings.storage_url).path) / "recordings" / recorder.id
    async with worker(environment) as first:
        await recorder.sent(cut(recorded(), 3))
        # Whoever reads this chunk waits for ever.
        chunk = sorted((folder / "chunks").iterdir())[1]
        kept = chunk.rename(folder / "kept")
        os.mkfifo(chunk)
        assert (await recorder.complete(3)).status_code == 202

        async def is_claimed() -> bool:
            async with database.transaction() as session:
                return await session.scalar(select(Recording.assembly_claim)) is not None

        await eventually(is_claimed)
        first.kill()
        await first.wait()
    kept.rename(chunk)
    assert (await recorder.read())["status"] == "assembling"
    async with worker(environment):

        async def is_ready() -> bool:
            return bool((await recorder.read())["status"] == "ready")

        await eventually(is_ready)
    assert (await recorder.video()).status_code == 200
    assert len(list(folder.glob("*/video.webm"))) == 1


@asynccontextmanager
async def worker(environment: dict[str, str]) -> AsyncIterator[Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "interview.worker", env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()

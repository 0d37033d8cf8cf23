"""A process starts whatever is down, says so, answers on the wire with limits, and leaves quietly."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

LONG = 30  # seconds; none of what is waited for takes one on a machine with nothing else to do
SCRIPT = """
import asyncio, sys
import kit.wire
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from kit.app import create_app
from kit.database import SessionDep
from kit.process import serve, work
from kit.settings import ServiceSettings, settings_config
import sqlalchemy as sa

kit.wire.HEADER_TIMEOUT = 1.0
router = APIRouter()

class Settings(ServiceSettings):
    model_config = settings_config("TOY_")

begun = 0

@router.get("/slow")
async def slow(seconds: float) -> str:
    global begun
    begun += 1
    await asyncio.sleep(seconds)
    return "done"

@router.get("/begun")
async def how_many() -> int:
    return begun

@router.get("/one")
async def one(session: SessionDep) -> int:
    return await session.scalar(sa.text("SELECT 1"))

@router.post("/echo")
async def echo(request: Request) -> int:
    return len(await request.body())

@router.get("/stream")
async def stream(request: Request) -> StreamingResponse:
    async def lines():
        while not request.app.state.stopping.is_set():
            yield "tick\\n"
            await asyncio.sleep(0.05)
        yield "end\\n"
    return StreamingResponse(lines())

settings = Settings()
if sys.argv[1] == "serve":
    serve(create_app(service="toy", settings=settings, routers=[router], version="1"), settings)
else:
    async def job(context):
        print('{"event": "job"}', flush=True)
        await asyncio.sleep(3600)
    work("toy", settings, jobs=[("job", job)])
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    process: asyncio.subprocess.Process
    port: int
    ops_port: int
    output: bytes = b""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ops(self) -> str:
        return f"http://127.0.0.1:{self.ops_port}"

    async def begun(self, number: int = 1) -> None:
        """Wait until so many slow requests have reached it."""
        async with httpx2.AsyncClient() as client, asyncio.timeout(LONG):
            while (await client.get(f"{self.base}/begun")).json() < number:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)

    async def says(self, status: str) -> None:
        """Wait until readiness says so."""
        async with httpx2.AsyncClient() as client, asyncio.timeout(LONG):
            while (await client.get(f"{self.ops}/health/ready")).json()["status"] != status:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def ended(self) -> int:
        self.output, _ = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.output.splitlines()]


@asynccontextmanager
async def started(tmp_path: Path, kind: str = "serve", **env: str) -> AsyncIterator[Running]:
    script = tmp_path / "toy_process.py"
    script.write_text(SCRIPT)
    port, ops_port = free_port(), free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(script),
        kind,
        env={
            **os.environ,
            "TOY_PORT": str(port),
            "TOY_OPS_PORT": str(ops_port),
            "TOY_JWKS_URL": "http://127.0.0.1:1/keys",
            "TOY_AMQP_URL": "amqp://nobody:hunter2@127.0.0.1:1/none",
            "TOY_DATABASE_URL": "postgresql://toy:hunter2@127.0.0.1:1/toy",
            **env,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Running(process, port, ops_port)
    try:
        async with httpx2.AsyncClient() as client, asyncio.timeout(LONG):
            while True:
                try:
                    await client.get(f"{running.ops}/health/live")
                    if kind == "serve":
                        await client.get(f"{running.base}/nowhere")
                    break
                except httpx2.ConnectError:
                    await asyncio.sleep(0.05)
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@pytest.fixture
def database_env(toy_url: str) -> dict[str, str]:
    return {"TOY_DATABASE_URL": toy_url}


async def test_without_its_database_it_is_alive_and_not_ready(tmp_path: Path) -> None:
    async with started(tmp_path) as running, httpx2.AsyncClient() as client:
        assert (await client.get(f"{running.ops}/health/live")).status_code == 200
        ready = await client.get(f"{running.ops}/health/ready")
        assert ready.status_code == 503
        assert ready.json()["checks"]["database"]["ok"] is False
        assert (await client.get(f"{running.base}/one")).status_code == 503
        assert (await client.get(f"{running.base}/slow?seconds=0")).status_code == 200
        running.terminate()
        assert await running.ended() == 0
    assert b"hunter2" not in running.output
    assert any(line["event"] == "stopped" for line in running.lines)


async def test_ready_with_its_database_and_counted(tmp_path: Path, database_env: dict[str, str]) -> None:
    async with started(tmp_path, **database_env) as running, httpx2.AsyncClient() as client:
        assert (await client.get(f"{running.ops}/health/ready")).json()["status"] == "ready"
        assert (await client.get(f"{running.base}/one")).json() == 1
        metrics = (await client.get(f"{running.ops}/metrics")).text
        assert 'http_requests_total{method="GET",route="/one",status="200"} 1.0' in metrics
        assert 'build_info{service="toy",version="1"} 1.0' in metrics
        for path in ("/metrics", "/health/live", "/health/ready"):
            assert (await client.get(running.base + path)).status_code == 404
        running.terminate()
        assert await running.ended() == 0


async def test_sigterm_turns_not_ready_first_and_finishes_requests(
    tmp_path: Path, database_env: dict[str, str]
) -> None:
    async with started(tmp_path, **database_env, TOY_SHUTDOWN_DELAY="2") as running, httpx2.AsyncClient() as client:
        slow = asyncio.create_task(client.get(f"{running.base}/slow?seconds=4"))
        await running.begun()
        running.terminate()
        await running.says("stopping")
        ready = await client.get(f"{running.ops}/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "stopping")
        assert (await client.get(f"{running.base}/slow?seconds=0")).status_code == 200
        assert (await client.get(f"{running.ops}/health/live")).status_code == 200
        assert (await slow).text == '"done"'
        assert await running.ended() == 0


async def test_streams_end_with_the_process(tmp_path: Path) -> None:
    async with started(tmp_path) as running, httpx2.AsyncClient() as client:
        text = ""
        async with client.stream("GET", f"{running.base}/stream") as response:
            async for chunk in response.aiter_text():
                if not text:
                    running.terminate()
                text += chunk
        assert text.endswith("end\n")
        async with asyncio.timeout(LONG):
            assert await running.ended() == 0


async def exchange(running: Running, data: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(data)
    async with asyncio.timeout(LONG):
        answer = await reader.read()
    writer.close()
    return answer


async def test_wire_is_guarded(tmp_path: Path) -> None:
    async with started(tmp_path, TOY_BODY_TIMEOUT="1") as running, httpx2.AsyncClient() as client:
        get = b"GET /slow?seconds=0 HTTP/1.1\r\nHost: x\r\n"
        slow, silent, body, large, endless, broken, nowhere, twice, old = await asyncio.gather(
            exchange(running, get + b"X-Half: "),
            exchange(running, b""),
            exchange(running, b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"),
            exchange(running, get + b"X-Large: " + b"x" * 65_536 + b"\r\n\r\n"),
            exchange(running, get + b"X-Endless: " + b"x" * 65_536),
            exchange(running, b"hello?\r\n\r\n"),
            exchange(running, b"GET /slow?seconds=0 HTTP/1.1\r\n\r\n"),
            exchange(running, get + b"Host: y\r\n\r\n"),
            exchange(running, b"GET /slow?seconds=0 HTTP/1.0\r\n\r\n"),
        )
        assert slow.startswith(b"HTTP/1.1 408")
        assert silent.startswith(b"HTTP/1.1 408")
        assert body.startswith(b"HTTP/1.1 408")
        assert large.startswith(b"HTTP/1.1 431")
        assert endless.startswith(b"HTTP/1.1 431")
        assert broken.startswith(b"HTTP/1.1 400")
        assert nowhere.startswith(b"HTTP/1.1 400")
        assert twice.startswith(b"HTTP/1.1 400")
        assert old.startswith(b"HTTP/1.1 200")
        for answer in (slow, large, broken, nowhere, twice):
            assert b"application/problem+json" in answer
            assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] in {400, 408, 431}
        # A kept connection may rest longer than headers may take, and a slow answer is no slow header.
        assert (await client.get(f"{running.base}/slow?seconds=1.5")).status_code == 200
        await asyncio.sleep(1.5)
        assert (await client.get(f"{running.base}/slow?seconds=0")).status_code == 200
        running.terminate()
        assert await running.ended() == 0


async def test_large_upload_is_refused_before_it_arrives(tmp_path: Path) -> None:
    async with started(tmp_path) as running:
        head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n"
        answer = await exchange(running, head + b"x" * 1000)
        assert answer.startswith(b"HTTP/1.1 413")
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        head = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        answer = await exchange(running, head + chunk * 17)
        assert answer.startswith(b"HTTP/1.1 413")


async def test_second_signal_ends_at_once(tmp_path: Path) -> None:
    # One signal alone would let the slow request end.
    patient = str(2 * LONG)
    async with started(tmp_path, TOY_SHUTDOWN_TIMEOUT=patient) as running, httpx2.AsyncClient() as client:
        slow = asyncio.create_task(client.get(f"{running.base}/slow?seconds={patient}", timeout=None))
        await running.begun()
        running.terminate()
        await running.says("stopping")
        running.terminate()
        async with asyncio.timeout(LONG):
            assert await running.ended() != 0
        (answer,) = await asyncio.gather(slow, return_exceptions=True)
        assert isinstance(answer, httpx2.HTTPError) or getattr(answer, "status_code", 0) >= 500


async def test_many_half_requests_are_shed(tmp_path: Path) -> None:
    async with started(tmp_path) as running, httpx2.AsyncClient() as client:
        half = [await asyncio.open_connection("127.0.0.1", running.port) for _ in range(300)]
        for _, writer in half:
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")
        assert (await client.get(f"{running.base}/slow?seconds=0")).status_code == 200
        async with asyncio.timeout(LONG):
            answers = await asyncio.gather(*(reader.read() for reader, _ in half))
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)
        for _, writer in half:
            writer.close()


async def test_worker_lives_without_its_broker_and_leaves(tmp_path: Path, database_env: dict[str, str]) -> None:
    async with started(tmp_path, "work", **database_env) as running, httpx2.AsyncClient() as client:
        assert (await client.get(f"{running.ops}/health/live")).status_code == 200
        report = (await client.get(f"{running.ops}/health/ready")).json()
        assert report["checks"]["database"]["ok"] is True
        running.terminate()
        assert await running.ended() == 0
    assert any(line["event"] == "job" for line in running.lines)


async def test_logs_are_json_without_secrets(tmp_path: Path, database_env: dict[str, str]) -> None:
    async with started(tmp_path, **database_env) as running, httpx2.AsyncClient() as client:
        trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
        await client.get(
            f"{running.base}/one",
            headers={
                "traceparent": f"00-{trace_id}-00f067aa0ba902b7-01",
                "Authorization": "Bearer hunter2",
                "X-Request-Id": 'x"\\nforged-line',
            },
        )
        await client.get(f"{running.base}/%0Aforged?password=hunter2")
        running.terminate()
        await running.ended()
    assert b"hunter2" not in running.output
    assert b"forged" not in running.output
    lines = [line for line in running.lines if line["event"] == "request"]
    one = next(line for line in lines if line["route"] == "/one")
    assert one["trace_id"] == trace_id
    assert one["service"] == "toy"
    assert one["status"] == 200
    assert {"timestamp", "request_id", "seconds", "level"} <= one.keys()


@pytest.mark.parametrize("name", ["TOY_DATABASE_URL", "TOY_JWKS_URL", "TOY_AMQP_URL"])
async def test_missing_setting_is_named_and_secrets_are_not(tmp_path: Path, name: str) -> None:
    script = tmp_path / "toy_process.py"
    script.write_text(SCRIPT)
    env = {**os.environ, "TOY_PORT": "0", "TOY_OPS_PORT": "0", "TOY_DATABASE_URL": "nonsense://toy:hunter2@x/y"}
    env.pop(name, None)
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), "serve", env=env, stderr=asyncio.subprocess.PIPE
    )
    _, error = await process.communicate()
    assert process.returncode != 0
    assert name.removeprefix("TOY_").lower().encode() in error
    assert b"hunter2" not in error

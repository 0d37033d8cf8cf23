import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from local_stack.inspection import alive, processes_about

# The launcher as `make up` runs it, with its state elsewhere and a page instead of the built frontend.
PROGRAM = """
import sys
from pathlib import Path
from local_stack import frontend, main
from local_stack.console import Console

class Page(frontend.Frontend):
    def needs_install(self): return False
    def needs_build(self): return False

state, page = map(Path, sys.argv[1:3])
frontend.of_this_checkout = lambda: Page(page, state / "log" / "frontend.log")
sys.exit((main.down if "--stop" in sys.argv else main.up)(state, Console(colour=False)))
"""
READY_WITHIN = 120


class Run:
    """One start of the product."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said = ""

    async def until(self, pattern: str) -> re.Match[str]:
        assert self.process.stdout is not None
        async with asyncio.timeout(READY_WITHIN):
            while not (found := re.search(pattern, self.said)):
                line = await self.process.stdout.readline()
                assert line, f"it ended:\n{self.said}"
                self.said += line.decode()
        return found

    async def rest(self) -> str:
        assert self.process.stdout is not None
        async with asyncio.timeout(READY_WITHIN):
            return self.said + (await self.process.stdout.read()).decode()


class Checkout:
    """A folder from which the product is started."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / ".local"
        self.page = folder / "frontend"
        (self.page / "dist").mkdir(parents=True)
        (self.page / "dist" / "index.html").write_text("<!doctype html><title>Page</title>", encoding="utf-8")
        self.runs: list[Run] = []

    async def up(self, *arguments: str) -> Run:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "AMQP_"))}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PROGRAM, str(self.state), str(self.page), *arguments),
            env=kept,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        run = Run(process)
        self.runs.append(run)
        return run


@pytest_asyncio.fixture
async def checkout(tmp_path: Path) -> AsyncIterator[Checkout]:
    checkout = Checkout(tmp_path)
    yield checkout
    for run in checkout.runs:
        with contextlib.suppress(ProcessLookupError):
            run.process.kill()
        await run.process.wait()


async def left(directory: Path, seconds: float = 30) -> list[int]:
    """What still runs for this directory after a while."""
    for _ in range(int(seconds * 5)):
        if not (found := await asyncio.to_thread(processes_about, directory)):
            break
        await asyncio.sleep(0.2)
    return found


@pytest.mark.timeout(400)
async def test_the_product_starts_survives_kill_9_keeps_its_data_and_stops_in_order(checkout: Checkout) -> None:
    first = await checkout.up()
    url = (await first.until(r"is ready after .*(http://localhost:\d+)")).group(1)
    await first.until("Ctrl-C")
    assert re.search(r"password: +\S{12}", first.said), "the administrator's password is shown"
    assert "built-in engine" in first.said
    async with httpx2.AsyncClient() as client:
        assert "<title>Page</title>" in (await client.get(url)).text
        assert (await client.get(f"{url}/api/catalog")).status_code == 200
    assert (checkout.state.stat().st_mode & 0o777) == 0o700

    second = await checkout.up()
    assert await second.process.wait() == 1
    assert f"running from this folder already: process {first.process.pid}, {url}" in await second.rest()

    running = await asyncio.to_thread(processes_about, checkout.state)
    assert len(running) > 10, "the database, the broker and the processes"
    first.process.send_signal(signal.SIGKILL)
    await first.process.wait()
    assert await left(checkout.state) == []
    assert not any(alive(pid) for pid in running)

    third = await checkout.up()
    await third.until("Ctrl-C")
    assert url in third.said
    assert "password" not in third.said, "the administrator is still there"

    stop = await checkout.up("--stop")
    assert "Stopped." in await stop.rest()
    assert await third.process.wait() == 0
    said = await third.rest()
    stopped = [line.split()[0] for line in said.splitlines() if re.search(r"│ .* stopped ", line)]
    assert stopped[0] == "gateway"
    assert set(stopped[1:5]) == {"auth", "interview", "analysis", "admin"}
    assert set(stopped[5:]) == {"interview-worker", "analysis-worker", "admin-worker"}
    assert await left(checkout.state, seconds=1) == []


async def test_stopping_what_does_not_run_says_so(checkout: Checkout) -> None:
    run = await checkout.up("--stop")
    assert await run.process.wait() == 0
    assert "Nothing is running" in await run.rest()


@pytest.mark.timeout(400)
async def test_ctrl_c_in_the_middle_of_the_start_leaves_nothing(checkout: Checkout) -> None:
    run = await checkout.up()
    await run.until("PostgreSQL")
    run.process.send_signal(signal.SIGINT)
    assert await run.process.wait() == 0
    assert await left(checkout.state, seconds=1) == []

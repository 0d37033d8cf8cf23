import asyncio
import io
import os
import re
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from local_stack.console import Console
from local_stack.errors import StackError
from local_stack.inspection import alive
from local_stack.nursery import Nursery
from local_stack.ports import Ports
from local_stack.processes import Process, Start, Supervisor, start_alone

# What every process of the product does, in twenty lines: it answers when it is ready, and stops when told.
SERVICE = """
import http.server, os, signal, sys

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *arguments):
        pass

def stop(*_):
    with open(os.environ["STOPS"], "a") as file:
        file.write(os.environ["NAME"] + "\\n")
    if os.environ.get("STUBBORN") != "yes":
        os._exit(0)

signal.signal(signal.SIGTERM, stop)
print("hello from", os.environ["NAME"], flush=True)
http.server.HTTPServer(("127.0.0.1", int(os.environ["OPS_PORT"])), Answer).serve_forever()
"""
BROKEN = "print('this cannot work'); raise SystemExit(3)"
SOON = timedelta(seconds=0.1)


class Workshop:
    """Makes processes out of small programs, and runs them."""

    def __init__(self, directory: Path, shelf: Path, start: Start) -> None:
        self.stops = directory / "stops"
        self._shelf = shelf
        self._start = start
        self._ports = Ports(directory / "ports.json")
        self._stream = io.StringIO()

    def process(self, name: str, program: str = SERVICE, *, stage: int = 0, **environment: str) -> Process:
        module = f"program_{len(list(self._shelf.iterdir()))}"
        (self._shelf / f"{module}.py").write_text(program, encoding="utf-8")
        port = self._ports.take(name)
        told = {"NAME": name, "OPS_PORT": str(port), "STOPS": str(self.stops)}
        return Process(name, module, {**os.environ, **told, **environment}, ops_port=port, stage=stage)

    def supervisor(self, *processes: Process, stop_within: timedelta = timedelta(seconds=30)) -> Supervisor:
        console = Console(self._stream, colour=False)
        return Supervisor(processes, console, start=self._start, first_delay=SOON, stop_within=stop_within)

    @property
    def said(self) -> str:
        return self._stream.getvalue()

    async def until_said(self, pattern: str, times: int = 1) -> None:
        async with asyncio.timeout(60):
            while len(re.findall(pattern, self.said)) < times:  # noqa: ASYNC110 - other processes say it
                await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where every Python of these tests finds its programs."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("programs")
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        yield folder


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def nursery(shelf: Path) -> AsyncIterator[Nursery]:
    nursery = Nursery()
    yield nursery
    await nursery.stop()


@pytest.fixture(params=["alone", "forked"])
def workshop(request: pytest.FixtureRequest, tmp_path: Path, shelf: Path, nursery: Nursery) -> Workshop:
    return Workshop(tmp_path, shelf, start_alone if request.param == "alone" else nursery.start)


async def test_processes_run_separately_and_their_lines_carry_their_names(workshop: Workshop) -> None:
    supervisor = workshop.supervisor(workshop.process("first"), workshop.process("second"))
    await supervisor.start()
    pids = supervisor.pids
    assert set(pids) == {"first", "second"}
    assert len({os.getpid(), *pids.values()}) == 3
    await workshop.until_said(r"first +│ hello from first")
    await workshop.until_said(r"second │ hello from second")
    await supervisor.stop()
    assert not any(alive(pid) for pid in pids.values())


async def test_a_killed_process_comes_back(workshop: Workshop) -> None:
    supervisor = workshop.supervisor(workshop.process("worker"))
    await supervisor.start()
    before = supervisor.pids["worker"]
    os.kill(before, signal.SIGKILL)
    await workshop.until_said(r"(?s)hello.*ended \(killed by SIGKILL\); starting again in 0\.1 s.*hello")
    assert supervisor.pids["worker"] != before
    await supervisor.stop()
    assert not alive(supervisor.pids["worker"])


async def test_each_failure_makes_the_pause_longer(workshop: Workshop) -> None:
    supervisor = workshop.supervisor(workshop.process("worker"))
    await supervisor.start()
    for pause in ("0.1", "0.2", "0.4"):
        os.kill(supervisor.pids["worker"], signal.SIGKILL)
        await workshop.until_said(rf"starting again in {re.escape(pause)} s")
        expected = workshop.said.count("starting again") + 1
        await workshop.until_said("hello from", times=expected)
    await supervisor.stop()


async def test_a_process_that_never_starts_ends_the_start_with_its_last_words(workshop: Workshop) -> None:
    supervisor = workshop.supervisor(workshop.process("good"), workshop.process("bad", BROKEN))
    with pytest.raises(StackError, match=r"(?s)bad does not start:.*this cannot work"):
        await supervisor.start()
    await supervisor.stop()
    assert not alive(supervisor.pids["good"])


async def test_stages_stop_one_after_the_other(workshop: Workshop) -> None:
    supervisor = workshop.supervisor(
        workshop.process("worker", stage=2), workshop.process("api", stage=1), workshop.process("door", stage=0)
    )
    await supervisor.start()
    await supervisor.stop()
    assert workshop.stops.read_text(encoding="utf-8").split() == ["door", "api", "worker"]


async def test_a_process_that_does_not_stop_is_killed(workshop: Workshop) -> None:
    supervisor = workshop.supervisor(
        workshop.process("stubborn", STUBBORN="yes"), workshop.process("good"), stop_within=timedelta(seconds=0.5)
    )
    await supervisor.start()
    pids = supervisor.pids
    await supervisor.stop()
    assert not any(alive(pid) for pid in pids.values())
    assert "killed: it did not stop" in workshop.said


async def test_endless_lines_and_odd_bytes_are_passed_on(workshop: Workshop) -> None:
    noisy = "import sys; sys.stdout.buffer.write(b'x' * 300_000 + b'\\xff end\\n'); sys.stdout.flush()\n" + SERVICE
    supervisor = workshop.supervisor(workshop.process("noisy", noisy))
    await supervisor.start()
    await workshop.until_said("end\n")
    assert workshop.said.count("x") >= 300_000
    await supervisor.stop()

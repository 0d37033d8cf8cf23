"""The product's processes: started, watched, restarted with back-off, stopped in order."""

import asyncio
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from local_stack import children
from local_stack.children import Child
from local_stack.console import Console
from local_stack.errors import StackError

READY_WITHIN = timedelta(seconds=60)
STOP_WITHIN = timedelta(seconds=25)
STEADY_AFTER = timedelta(seconds=30)
FIRST_DELAY = timedelta(milliseconds=500)
LONGEST_DELAY = timedelta(seconds=30)
# A process that ends so often before it was ever ready will not get better by trying.
HOPELESS = 3
LONGEST_LINE = 64 * 1024


@dataclass(frozen=True)
class Program:
    """Something to run.

    Attributes:
        name: What a person calls it.
        module: What runs, as `python -m` names it.
        environment: Its whole environment.
    """

    name: str
    module: str
    environment: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Process(Program):
    """A program that is to keep running.

    Attributes:
        ops_port: Where it answers /health/ready.
        stage: Stages stop one after the other, the lowest first.
    """

    ops_port: int
    stage: int


Start = Callable[[Program], Awaitable[Child]]


async def start_alone(program: Program) -> Child:
    """Start a program with a Python of its own; its output is a pipe."""
    return children.spawn([sys.executable, "-m", program.module], env=program.environment, output=subprocess.PIPE)


class Supervisor:
    """Keeps processes running until told to stop."""

    def __init__(
        self,
        processes: Iterable[Process],
        console: Console,
        *,
        start: Start = start_alone,
        first_delay: timedelta = FIRST_DELAY,
        stop_within: timedelta = STOP_WITHIN,
    ) -> None:
        self._kept = [_Kept(process, console, start, first_delay, stop_within) for process in processes]
        console.announce(*(kept.process.name for kept in self._kept))

    @property
    def pids(self) -> dict[str, int]:
        """Who runs under which process id now."""
        return {kept.process.name: kept.child.pid for kept in self._kept if kept.child is not None}

    async def start(self) -> None:
        """Start everything and return when everything is ready.

        Raises:
            StackError: A process keeps ending, or is not ready in time; its last lines are in the message.
        """
        for kept in self._kept:
            kept.start()
        waiting = {asyncio.create_task(kept.until_ready()): kept for kept in self._kept}
        try:
            done, late = await asyncio.wait(
                waiting, timeout=READY_WITHIN.total_seconds(), return_when=asyncio.FIRST_EXCEPTION
            )
        finally:
            for task in waiting:
                task.cancel()
        for task in done:
            task.result()
        if late:
            told = "\n".join(f"{waiting[task].process.name}: {waiting[task].said()}" for task in late)
            raise StackError(f"Not ready after {READY_WITHIN.total_seconds():.0f} s:\n{told}")

    async def stop(self) -> None:
        """Stop everything, stage by stage; what does not stop in time is killed."""
        for stage in sorted({kept.process.stage for kept in self._kept}):
            await asyncio.gather(*(kept.stop() for kept in self._kept if kept.process.stage == stage))


class _Kept:
    """One process and the task that keeps it running."""

    def __init__(
        self, process: Process, console: Console, start: Start, first_delay: timedelta, stop_within: timedelta
    ) -> None:
        self.process = process
        self._start = start
        self.child: Child | None = None
        self.ready = False
        self._console = console
        self._first_delay = first_delay
        self._stop_within = stop_within
        self._last: deque[str] = deque(maxlen=15)
        self._failures = 0
        self._stopping = False
        self._task: asyncio.Task[None] | None = None
        self._gave_up = asyncio.Event()

    def start(self) -> None:
        """Start keeping it running."""
        self._task = asyncio.create_task(self._keep(), name=f"keep {self.process.name}")

    def said(self) -> str:
        """Its last lines."""
        return "\n".join(self._last) or "(it has written nothing)"

    async def until_ready(self) -> None:
        """Return when it says that it can work.

        Raises:
            StackError: It keeps ending before that.
        """
        while not await _says_ready(self.process.ops_port):
            if self._gave_up.is_set():
                raise StackError(f"{self.process.name} does not start:\n{self.said()}")
            await asyncio.sleep(0.1)
        self.ready = True

    async def stop(self) -> None:
        """Ask it to finish, and end it when it does not."""
        self._stopping = True
        if self.child is not None and not await self.child.stop(grace=self._stop_within):
            self._console.line(self.process.name, f"killed: it did not stop within {self._stop_within.seconds} s")
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        delay = self._first_delay
        while True:
            started = time.monotonic()
            reason = await self._run()
            if self._stopping:
                return
            if time.monotonic() - started > STEADY_AFTER.total_seconds():
                delay = self._first_delay
            self._failures += 1
            if not self.ready and self._failures >= HOPELESS:
                self._gave_up.set()
                return
            self._console.line(self.process.name, f"ended ({reason}); starting again in {delay.total_seconds():g} s")
            await asyncio.sleep(delay.total_seconds())
            delay = min(delay * 2, LONGEST_DELAY)

    async def _run(self) -> str:
        """Run it once and say how it ended."""
        try:
            self.child = await self._start(self.process)
        except StackError as error:
            self._last.append(str(error))
            return str(error)
        if self._stopping:
            self.child.send(signal.SIGTERM)
        return _reason(await self._follow(self.child))

    async def _follow(self, child: Child) -> int:
        """Copy its lines to the console until it ends."""
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), child.stdout
        )
        copying = asyncio.create_task(self._copy(reader))
        try:
            code = await child.wait()
            # A grandchild may hold the pipe open; what the process itself wrote is there by now.
            await asyncio.wait({copying}, timeout=1)
            return code
        finally:
            copying.cancel()
            transport.close()

    async def _copy(self, reader: asyncio.StreamReader) -> None:
        rest = b""
        while block := await reader.read(LONGEST_LINE):
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                self._line(line)
            if len(rest) > LONGEST_LINE:
                self._line(rest)
                rest = b""
        if rest:
            self._line(rest)

    def _line(self, line: bytes) -> None:
        text = line.decode("utf-8", errors="replace").rstrip()
        self._last.append(text)
        self._console.heard(self.process.name, text)


async def _says_ready(port: int) -> bool:
    """Ask a process whether it can work."""
    try:
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


def _reason(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"

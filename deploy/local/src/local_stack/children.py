"""Child processes: started so that they cannot outlive us, waited for, stopped in an orderly way."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import IO, Protocol

from local_stack import guard

# The kernel's "my parent died" is about the THREAD that forked. This one lives as long as the process does, so a
# caller may start PostgreSQL from a short-lived thread without losing it when the thread ends.
_spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")

NAMESPACE = "namespace"


class Handle(Protocol):
    """What is known of a process: `subprocess.Popen` is one."""

    @property
    def pid(self) -> int:
        """The process id."""

    @property
    def stdout(self) -> IO[bytes] | None:
        """Our end of the pipe it writes to, when there is one."""

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""


class Child:
    """One running program."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    @property
    def pid(self) -> int:
        """The process id."""
        return self._handle.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._handle.poll()

    @property
    def stdout(self) -> IO[bytes] | None:
        """Our end of the pipe, when there is one."""
        return self._handle.stdout

    def read(self) -> str:
        """Read everything it writes, to its end; blocks."""
        if self._handle.stdout is None:
            raise RuntimeError("Its output is not a pipe.")
        with self._handle.stdout as pipe:
            return pipe.read().decode("utf-8", errors="replace")

    async def wait(self) -> int:
        """Wait for the end and return the exit code (negative: the signal that ended it)."""
        while (code := self.returncode) is None:
            await _until_ended_or(self.pid, timedelta(seconds=1))
        return code

    def send(self, number: signal.Signals) -> None:
        """Send a signal; nothing happens when the process has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def stop(self, polite: signal.Signals = signal.SIGTERM, *, grace: timedelta) -> bool:
        """Ask it to stop, and kill it when it has not done so after `grace`.

        Returns:
            True when it ended by itself, False when it had to be killed.
        """
        if self.returncode is not None:
            return True
        self.send(polite)
        try:
            async with asyncio.timeout(grace.total_seconds()):
                await self.wait()
        except TimeoutError:
            self.send(signal.SIGKILL)
            await self.wait()
            return False
        return True


async def _until_ended_or(pid: int, at_most: timedelta) -> None:
    """Sleep until the process ends, where the kernel can tell; elsewhere for a moment."""
    try:
        descriptor = os.pidfd_open(pid)
    except (AttributeError, OSError):
        await asyncio.sleep(0.05)
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        async with asyncio.timeout(at_most.total_seconds()):
            await ended.wait()
    except TimeoutError:
        pass
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: Path | int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    user: str = "",
    pass_fds: Sequence[int] = (),
) -> Child:
    """Start a program that is sent `death_signal` when this process dies, however it dies.

    Args:
        command: Program and arguments; no shell.
        env: The whole environment; ours when left out.
        cwd: Working directory.
        output: A log file to append to, `subprocess.PIPE`, or None for our own output.
        death_signal: What the program is sent when we die.
        user: "" for ourselves, NAMESPACE for a user namespace without root, "uid:gid", or "uid:gid:anywhere" for a user
            who may pass every directory.
        pass_fds: Open files that it keeps.

    Returns:
        The child. Its standard input is closed, and it stands in its own process group, so that Ctrl-C reaches
        only us and we can stop everything in order.
    """
    wrapped = [
        *(sys.executable, "-I", "-S", guard.__file__),
        *("--parent", str(os.getpid()), "--signal", str(int(death_signal)), f"--user={user}", "--"),
        *map(str, command),
    ]

    def start() -> subprocess.Popen[bytes]:
        with contextlib.ExitStack() as stack:
            where: IO[bytes] | int | None = output if not isinstance(output, Path) else None
            if isinstance(output, Path):
                where = stack.enter_context(output.open("ab"))
            return subprocess.Popen(  # noqa: S603 - the command is ours
                wrapped,
                env=env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=where,
                stderr=subprocess.STDOUT if where is not None else None,
                process_group=0,
                pass_fds=pass_fds,
            )

    return Child(_spawner.submit(start).result())


async def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, log: Path, user: str = "") -> int:
    """Run a program to its end with its output appended to `log`; it is killed when we are cancelled."""
    child = spawn(command, env=env, output=log, death_signal=signal.SIGKILL, user=user)
    try:
        return await child.wait()
    finally:
        await child.stop(signal.SIGKILL, grace=timedelta(seconds=5))


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log file, for a message that says what went wrong."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ""

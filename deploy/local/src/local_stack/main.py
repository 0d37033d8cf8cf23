"""`make up`: the whole product on this machine, with one command and one Ctrl-C."""

import argparse
import asyncio
import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from local_stack import engines, frontend
from local_stack.console import BOLD, DIM, RED, Console
from local_stack.engines import Engine
from local_stack.errors import StackError
from local_stack.lock import InUseError, Lock
from local_stack.logs import Logs
from local_stack.nursery import Nursery
from local_stack.processes import Program, Supervisor
from local_stack.root import STATE
from local_stack.stack import Engines, Stack

OTHER_STOPS_WITHIN = timedelta(seconds=90)
NOTHING_NEW = "There is an administrator already."


class Launcher:
    """One run of the product."""

    def __init__(self, directory: Path, console: Console) -> None:
        self._directory = directory
        self._console = console
        self._lock = Lock(directory / "lock")
        self._began = time.monotonic()

    async def run(self) -> None:
        """Start everything and keep it running until cancelled, then stop it in order.

        Raises:
            StackError: It cannot start.
            InUseError: It runs already.
        """
        with self._lock.held(f"process {os.getpid()}"):
            (self._directory / "log").mkdir(mode=0o700, exist_ok=True)
            self._console.say("Starting Interview Kit", BOLD)
            async with contextlib.AsyncExitStack() as stack:
                await self._start(stack)
                await asyncio.Event().wait()

    async def _start(self, stack: contextlib.AsyncExitStack) -> None:
        database = engines.database(self._directory, os.environ, self._console)
        broker = engines.broker(self._directory, os.environ, self._console)
        nursery = Nursery()
        stack.push_async_callback(_stop_all, [database, broker, nursery])
        site = frontend.of_this_checkout()
        product = Stack(self._directory, Engines(database.url, broker.url), site.build_folder, os.environ)
        async with asyncio.TaskGroup() as group:
            group.create_task(nursery.open())
            group.create_task(self._build(site))
            group.create_task(broker.start())
            introduced = group.create_task(self._read(nursery, product.introduction()))
            prepared = group.create_task(self._prepare(database, nursery, product.preparation()))
        supervisor = Supervisor(product.processes(), self._console, start=nursery.start)
        stack.push_async_callback(supervisor.stop)
        began = time.monotonic()
        await supervisor.start()
        self._console.step(f"{len(supervisor.pids)} processes", time.monotonic() - began)
        # From here on, whoever starts a second one is told where the first one is.
        self._lock.write(f"process {os.getpid()}, {product.url}")
        told = [*introduced.result(), *prepared.result()]
        self._summary(product.url, told)
        stack.callback(self._console.say, "\nStopping; data is kept", BOLD)

    async def _build(self, site: frontend.Frontend) -> None:
        began = time.monotonic()
        if site.needs_install():
            self._console.say("  … installing the frontend's packages")
        await site.install()
        if site.needs_build():
            await site.build()
            self._console.step("frontend built", time.monotonic() - began)

    async def _prepare(self, database: Engine, nursery: Nursery, preparation: Program) -> list[str]:
        """Bring the tables up to date and return what the person at the terminal should know."""
        await database.start()
        began = time.monotonic()
        said = await self._read(nursery, preparation)
        self._console.step("database up to date", time.monotonic() - began)
        return [line for line in said if line != NOTHING_NEW]

    async def _read(self, nursery: Nursery, program: Program) -> list[str]:
        """Run a program to its end and return what it says."""
        child = await nursery.start(program)
        try:
            said = await asyncio.to_thread(child.read)
            if await child.wait() != 0:
                ending = "\n".join(said.splitlines()[-12:])
                raise StackError(f"{program.module} failed:\n{ending}")
        finally:
            await child.stop(signal.SIGKILL, grace=timedelta(seconds=5))
        return [line for line in said.splitlines() if line.strip()]

    def _summary(self, url: str, told: Sequence[str]) -> None:
        took = time.monotonic() - self._began
        self._console.say()
        self._console.say(f"Interview Kit is ready after {took:.1f} s:  {url}", BOLD)
        for line in told:
            self._console.say(f"  {line}")
        self._console.say(
            f"  Ctrl-C stops it. Data and logs are in {self._directory.name}/; LOG_LEVEL=info shows the logs here.", DIM
        )
        self._console.say()


async def _stop_all(servers: Sequence[Engine | Nursery]) -> None:
    await asyncio.gather(*(server.stop() for server in servers))


async def _until_signal(launcher: Launcher) -> None:
    """Run until Ctrl-C or a signal; a second one ends it at once, and the kernel tells the children."""
    running = asyncio.create_task(launcher.run())
    asked = False

    def stop() -> None:
        nonlocal asked
        if asked:
            os._exit(130)
        asked = True
        running.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        await running
    except asyncio.CancelledError:
        if not asked:
            raise


def up(directory: Path, console: Console) -> int:
    """Run in the foreground until told to stop."""
    failures: Sequence[BaseException] = ()
    try:
        asyncio.run(_until_signal(Launcher(directory, console)))
    except* InUseError as running:
        failures = running.exceptions
        note = Lock(directory / "lock").read()
        console.say(f"Interview Kit is running from this folder already: {note}.", RED)
        console.say("Stop it there with Ctrl-C, or here with `make down`.")
    except* StackError as errors:
        failures = errors.exceptions
        for failure in failures:
            console.say(f"\n{failure}", RED)
    return 1 if failures else 0


def down(directory: Path, console: Console) -> int:
    """Stop the one that runs from this checkout, and wait for it."""
    lock = Lock(directory / "lock")
    deadline = time.monotonic() + OTHER_STOPS_WITHIN.total_seconds()
    asked = False
    while time.monotonic() < deadline:
        try:
            with lock.held("make down"):
                console.say("Stopped." if asked else "Nothing is running from this folder.")
                return 0
        except InUseError as error:
            noted = re.match(r"process (\d+)", error.note)
            if noted and not asked:
                os.kill(int(noted.group(1)), signal.SIGTERM)
                asked = True
        time.sleep(0.2)
    console.say("It does not stop.", RED)
    return 1


def main() -> int:
    """Start, or stop what was started."""
    parser = argparse.ArgumentParser(prog="python -m local_stack.main", description=__doc__)
    parser.add_argument("--stop", action="store_true", help="stop the one that is running from this checkout")
    if parser.parse_args().stop:
        return down(STATE, Console())
    # Who asks for a level wants to see it; otherwise only what is unusual reaches the terminal.
    with contextlib.closing(Logs(STATE / "log")) as logs:
        return up(STATE, Console(logs=logs, routine="LOG_LEVEL" in os.environ))


if __name__ == "__main__":
    sys.exit(main())

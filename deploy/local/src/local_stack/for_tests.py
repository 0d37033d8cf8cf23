"""Run a command with a PostgreSQL and a RabbitMQ of its own: `python -m local_stack.for_tests -- pytest libs`.

They are fast, empty and thrown away. Nested runs share the outermost one's, and so does a run that is given servers in
TEST_POSTGRES_URL, TEST_RABBITMQ_URL and TEST_RABBITMQ_MANAGEMENT_URL.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from local_stack.errors import StackError
from local_stack.lock import InUseError, Lock
from local_stack.postgres import PrivatePostgres
from local_stack.rabbitmq import PrivateRabbitMQ
from local_stack.root import STATE

POSTGRES = "TEST_POSTGRES_URL"
RABBITMQ = "TEST_RABBITMQ_URL"
MANAGEMENT = "TEST_RABBITMQ_MANAGEMENT_URL"
PREFIX = "test-"


@contextlib.asynccontextmanager
async def servers(state: Path) -> AsyncIterator[dict[str, str]]:
    """Start what the environment does not name yet, and yield the variables that name it."""
    _sweep(state)
    async with contextlib.AsyncExitStack() as stack:
        directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=state))
        stack.callback(shutil.rmtree, directory, ignore_errors=True)
        stack.enter_context(Lock(directory / "lock").held(f"process {os.getpid()}"))
        added: dict[str, str] = {}
        async with asyncio.TaskGroup() as starting:
            if POSTGRES not in os.environ:
                postgres = PrivatePostgres(directory, fsync=False, max_connections=400)
                stack.push_async_callback(postgres.stop)
                starting.create_task(postgres.start())
            if RABBITMQ not in os.environ or MANAGEMENT not in os.environ:
                rabbitmq = PrivateRabbitMQ(directory, keep=False)
                stack.push_async_callback(rabbitmq.stop)
                starting.create_task(rabbitmq.start())
        if POSTGRES not in os.environ:
            added[POSTGRES] = postgres.url
        if RABBITMQ not in os.environ or MANAGEMENT not in os.environ:
            added |= {RABBITMQ: rabbitmq.url, MANAGEMENT: rabbitmq.management_url}
        yield added


def _sweep(state: Path) -> None:
    """Remove what killed runs have left."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    for directory in state.glob(f"{PREFIX}*"):
        with contextlib.suppress(InUseError, OSError), Lock(directory / "lock").held("being removed"):
            shutil.rmtree(directory, ignore_errors=True)


async def run(command: list[str]) -> int:
    """Run the command with servers of its own and return its exit code."""
    async with servers(STATE) as added:
        return await run_with(command, added)


async def run_with(command: list[str], added: Mapping[str, str]) -> int:
    """Run the command with variables added to ours and return its exit code."""
    loop = asyncio.get_running_loop()
    # Before the start: what is ignored stays ignored in a child, and shells ignore this one for a job behind `&`.
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    # In our own process group and with the default signals: Ctrl-C reaches it as if we were not here.
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **added})
    loop.add_signal_handler(signal.SIGTERM, process.terminate)
    return await process.wait()


def main(arguments: list[str]) -> int:
    """Run what stands after `--`."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.stderr.write("usage: python -m local_stack.for_tests -- command …\n")
        return 2
    if all(name in os.environ for name in (POSTGRES, RABBITMQ, MANAGEMENT)):
        return subprocess.run(command, check=False).returncode  # noqa: S603 - the caller's command
    code = 1
    try:
        code = asyncio.run(run(command))
    except* StackError as errors:
        for error in errors.exceptions:
            sys.stderr.write(f"{error}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A private RabbitMQ: real, on loopback, its messages kept between runs."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from local_stack import children
from local_stack.children import Child
from local_stack.errors import StackError
from local_stack.inspection import alive, environment
from local_stack.lock import InUseError, Lock
from local_stack.ports import Ports
from local_stack.rabbitmq_install import Installation, find_or_install
from local_stack.secrets import Secrets

START_WITHIN = timedelta(seconds=120)
STOP_WITHIN = timedelta(seconds=40)
USER = "interview-kit"
NODE = "interview_kit@localhost"
PROTOCOL_HEADER = b"AMQP\x00\x00\x09\x01"
METHOD_FRAME = b"\x01"

CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management_port}
default_user = {user}
default_pass = {password}
log.console = false
log.file.level = warning
"""


class PrivateRabbitMQ:
    """RabbitMQ with its data, password and ports under one directory.

    Use it as `async with PrivateRabbitMQ(directory) as rabbitmq:`; `rabbitmq.url` is the AMQP URL of its administrator,
    `rabbitmq.management_url` the URL of the management API with the same user and password in it.

    Args:
        directory: Where everything is kept: `rabbitmq/`, `secrets/`, `ports.json`, `log/`.
        keep: False when its messages are not wanted afterwards, for tests: it is killed, because the management plugin
            makes an orderly stop take six seconds.
    """

    def __init__(self, directory: Path, *, keep: bool = True) -> None:
        self._polite = signal.SIGTERM if keep else signal.SIGKILL
        self._directory = directory.resolve()
        self._home = self._directory / "rabbitmq"
        self._log = self._directory / "log" / "rabbitmq.log"
        self._secrets = Secrets(self._directory / "secrets")
        self._ports = Ports(self._directory / "ports.json")
        self._port: int | None = None
        self._claimed = False
        self._management_port = 0
        self._resources = contextlib.AsyncExitStack()
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """The administrator's AMQP URL, from `claim` or `start` on."""
        return f"amqp://{USER}:{self._password}@127.0.0.1:{self._amqp_port}/"

    @property
    def management_url(self) -> str:
        """The management API's URL, with user and password in it."""
        return f"http://{USER}:{self._password}@127.0.0.1:{self._management_port}"

    @property
    def programs(self) -> Path:
        """Where it is unpacked when it cannot be installed."""
        return self._home / "programs"

    @property
    def pid(self) -> int:
        """The node's process id."""
        return self._running.pid

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def claim(self) -> None:
        """Take the directory and the ports for this run, so that the URL is known before the start.

        Raises:
            StackError: Another run has the directory.
        """
        if self._claimed:
            return
        for path in (self._directory, self._home, self._log.parent):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._resources.enter_context(Lock(self._home / "lock").held(f"process {os.getpid()}"))
        except InUseError as in_use:
            raise StackError(f"Another run is using the broker in {self._home}: {in_use}.") from in_use
        self._resources.callback(self._give_back)
        self._claimed = True
        self._port = self._ports.take("rabbitmq")
        self._management_port = self._ports.take("rabbitmq-management")

    async def start(self) -> None:
        """Start it, installing it first when there is none, and return when it takes connections.

        Raises:
            StackError: It cannot be started; the message says why.
        """
        self.claim()
        try:
            installation = await find_or_install(self.programs, self._log.parent)
            await self._end_stragglers()
            variables = self._configure(installation)
            await self._resources.enter_async_context(self._name_server(installation, variables))
            await self._resources.enter_async_context(self._node(installation, variables))
            await self._answers()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop it; persistent messages are on disk."""
        await self._resources.aclose()

    async def wait(self) -> int:
        """Wait until the node ends, wanted or not, and return its exit code."""
        return await self._running.wait()

    @property
    def _amqp_port(self) -> int:
        if self._port is None:
            raise RuntimeError("The directory has not been claimed.")
        return self._port

    @property
    def _running(self) -> Child:
        if self._child is None:
            raise RuntimeError("RabbitMQ has not been started.")
        return self._child

    @property
    def _password(self) -> str:
        return self._secrets.get("rabbitmq-password")

    def _give_back(self) -> None:
        self._claimed = False

    def _configure(self, installation: Installation) -> dict[str, str]:
        """Write the node's files and return its environment."""
        configuration = CONFIGURATION.format(
            port=self._amqp_port, management_port=self._management_port, user=USER, password=self._password
        )
        files = {
            "rabbitmq.conf": (configuration, 0o600),
            "enabled_plugins": ("[rabbitmq_management].\n", 0o600),
            # Without one of its own the node would use, or make, the cookie in the home of whoever runs this.
            ".erlang.cookie": (self._secrets.get("erlang-cookie"), 0o400),
        }
        for name, (text, mode) in files.items():
            path = self._home / name
            path.unlink(missing_ok=True)
            path.touch(mode)
            path.write_text(text, encoding="ascii") if mode & 0o200 else _write_read_only(path, text)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RABBITMQ_", "ERL_"))}
        return {
            **kept,
            **installation.environment,
            "HOME": str(self._home),
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_NODE_PORT": str(self._amqp_port),
            "RABBITMQ_DIST_PORT": str(self._ports.take("rabbitmq-distribution")),
            "ERL_EPMD_PORT": str(self._ports.take("rabbitmq-epmd")),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_MNESIA_BASE": str(self._home / "data"),
            "RABBITMQ_LOG_BASE": str(self._log.parent),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._home / "enabled_plugins"),
            "RABBITMQ_CONFIG_FILE": str(self._home / "rabbitmq.conf"),
            "RABBITMQ_PID_FILE": str(self._home / "pid"),
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            # With these two the script becomes the node instead of starting it: the process we hold is the node itself.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_SERVER_START_ARGS": "-noinput",
            # No busy waiting, and the distribution port on loopback too. epmd is ours: one started by the node would
            # turn itself into a daemon and outlive it.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "+sbwt none +sbwtdcpu none +sbwtdio none -start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
            ),
        }

    @contextlib.asynccontextmanager
    async def _name_server(self, installation: Installation, variables: dict[str, str]) -> AsyncIterator[None]:
        """Run epmd, the port mapper that every Erlang node wants."""
        port = variables["ERL_EPMD_PORT"]
        child = children.spawn(
            [installation.epmd, "-port", port, "-address", "127.0.0.1"], env=variables, output=self._log
        )
        (self._home / "epmd.pid").write_text(str(child.pid), encoding="ascii")
        try:
            await _until_open(int(port), child, within=START_WITHIN)
            yield
        finally:
            await child.stop(grace=timedelta(seconds=5))
            (self._home / "epmd.pid").unlink(missing_ok=True)

    @contextlib.asynccontextmanager
    async def _node(self, installation: Installation, variables: dict[str, str]) -> AsyncIterator[None]:
        self._child = children.spawn([installation.server], env=variables, cwd=self._home, output=self._log)
        (self._home / "node.pid").write_text(str(self._child.pid), encoding="ascii")
        try:
            yield
        finally:
            await self._child.stop(self._polite, grace=STOP_WITHIN)
            (self._home / "node.pid").unlink(missing_ok=True)

    async def _end_stragglers(self) -> None:
        """Wait for, then end, the processes of a killed run: they were told to stop when it died and may be at it."""
        for name, patience in (("node.pid", STOP_WITHIN), ("epmd.pid", timedelta(seconds=5))):
            noted = self._home / name
            try:
                pid = int(noted.read_text(encoding="ascii"))
            except (FileNotFoundError, ValueError):
                continue
            tick = 0.1
            for _ in range(int(patience.total_seconds() / tick)):
                if not self._is_ours(pid):
                    break
                await asyncio.sleep(tick)
            if self._is_ours(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            noted.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Say whether this process was started with our home directory, whatever its name is by now."""
        return alive(pid) and b"HOME=" + os.fsencode(self._home) in environment(pid)

    async def _answers(self) -> None:
        """Return when an AMQP client is greeted and the management API listens."""
        await _until_open(self._amqp_port, self._running, within=START_WITHIN, greeting=True, log=self._log)
        await _until_open(self._management_port, self._running, within=START_WITHIN, log=self._log)


def _write_read_only(path: Path, text: str) -> None:
    """Write a file that even its owner may not write, as Erlang wants its cookie."""
    path.chmod(0o600)
    path.write_text(text, encoding="ascii")
    path.chmod(0o400)


async def _until_open(
    port: int, child: Child, *, within: timedelta, greeting: bool = False, log: Path | None = None
) -> None:
    """Return when something listens on the port (and greets an AMQP client)."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            while child.returncode is None:
                if await _connects(port, greeting=greeting):
                    return
                await asyncio.sleep(0.1)
    except TimeoutError:
        pass
    what = "ended" if child.returncode is not None else f"did not answer within {within.total_seconds():.0f} s"
    raise StackError(f"RabbitMQ {what}:\n{children.last_lines(log) if log else ''}")


async def _connects(port: int, *, greeting: bool) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        if not greeting:
            return True
        writer.write(PROTOCOL_HEADER)
        async with asyncio.timeout(5):
            return await reader.read(1) == METHOD_FRAME
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

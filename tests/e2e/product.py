"""The whole product as a newcomer starts it, in a folder of its own."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Self

import httpx2

START_WITHIN = 240.0
STOP_WITHIN = 40.0
# Plain words for what the launcher does with a folder given: `make up` uses the checkout's own.
_START = "import sys; from pathlib import Path; from local_stack import console, main; "
_START += "sys.exit(main.up(Path(sys.argv[1]), console.Console()))"


class Product:
    """One running product. `environment` is what the person at the terminal has set."""

    def __init__(self, directory: Path, environment: Mapping[str, str]) -> None:
        self._directory = directory
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self.printed: list[str] = []
        self.url = ""
        self.admin_email = ""
        self.admin_password = ""

    @property
    def amqp_url(self) -> str:
        """The broker it was told to use."""
        return self._environment["AMQP_URL"]

    def pid_of(self, name: str) -> int | None:
        """The process that runs under this name now; None when there is none."""
        assert self._process is not None
        with suppress(FileNotFoundError, ProcessLookupError):  # it may end while we look
            for pid in _descendants(self._process.pid):
                if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() == name[:15]:
                    return pid
        return None

    def kill(self, name: str) -> int:
        """End the process of this name as the kernel does when memory runs out, and return its id."""
        pid = self.pid_of(name)
        assert pid is not None, f"there is no {name}"
        os.kill(pid, signal.SIGKILL)
        return pid

    async def __aenter__(self) -> Self:
        """Start it and wait for the address."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _START,
            str(self._directory),
            env={**os.environ, **self._environment, "NO_COLOR": "1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.create_task(self._read(self._process.stdout))
        try:
            async with asyncio.timeout(START_WITHIN):
                await self._ready.wait()
        except TimeoutError:
            await self.__aexit__()
            raise AssertionError("the product did not start:\n" + "".join(self.printed[-60:])) from None
        if not self.url:
            raise AssertionError("the product ended while starting:\n" + "".join(self.printed[-60:]))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Press Ctrl-C and wait for the end."""
        if self._process is None or self._reading is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        async with asyncio.timeout(STOP_WITHIN):
            await self._process.wait()
            await self._reading

    async def _read(self, stream: asyncio.StreamReader | None) -> None:
        assert stream is not None
        while line := (await stream.readline()).decode(errors="replace"):
            self.printed.append(line)
            if found := re.search(r"ready after .*(http://\S+)", line):
                self.url = found.group(1)
            if found := re.match(r"\s+e-mail:\s+(\S+)", line):
                self.admin_email = found.group(1)
            if found := re.match(r"\s+password:\s+(\S+)", line):
                self.admin_password = found.group(1)
            if "Ctrl-C stops it" in line:
                self._ready.set()
        self._ready.set()

    @asynccontextmanager
    async def api(self, email: str, password: str) -> AsyncIterator[httpx2.AsyncClient]:
        """Give a program's client, logged in with a bearer token."""
        async with httpx2.AsyncClient(base_url=self.url, timeout=20) as client:
            answer = await client.post("/api/auth/login", json={"email": email, "password": password})
            answer.raise_for_status()
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            yield client


def _descendants(pid: int) -> Iterator[int]:
    """Everything a process has started, and what that has started."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield int(child)
            yield from _descendants(int(child))

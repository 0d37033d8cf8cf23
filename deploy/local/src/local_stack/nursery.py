"""Starts the product's processes by forking them from one Python that has imported what they share."""

import asyncio
import contextlib
import itertools
import json
import os
import socket
import sys
from datetime import timedelta
from typing import IO, Any

from local_stack import children
from local_stack.children import Child
from local_stack.errors import StackError
from local_stack.nursery_process import LARGEST_REQUEST
from local_stack.processes import Program

ANSWERS_WITHIN = timedelta(seconds=60)
# What a process is taken to have ended with when nobody can tell any more.
UNKNOWN = 255


class Forked:
    """A process that is not our child but the nursery's, which tells us how it ended."""

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self.pid = pid
        self.stdout: IO[bytes] | None = stdout
        self.code: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.code


class Nursery:
    """The Python that forks. Started on first use, and again when it has ended."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._channel: socket.socket | None = None
        self._numbers = itertools.count()
        self._asked: dict[int, asyncio.Future[int]] = {}
        self._forked: dict[int, Forked] = {}
        # Ends that arrive before `start` has made a Forked of the process.
        self._early: dict[int, int] = {}
        self._starting = asyncio.Lock()

    async def open(self) -> None:
        """Start importing, so that the first process need not wait for it."""
        async with self._starting:
            if self._child is not None and self._child.returncode is None:
                return
            self.close()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.settimeout(0)
            with theirs:
                self._child = children.spawn(
                    [sys.executable, "-m", "local_stack.nursery_process", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                )
            self._channel = ours
            asyncio.get_running_loop().add_reader(ours, self._receive)

    async def start(self, program: Program) -> Child:
        """Fork a process and run the program in it; its output is a pipe.

        Raises:
            StackError: The nursery does not answer.
        """
        await self.open()
        if self._channel is None:
            raise StackError("The processes cannot be started: their common Python has ended.")
        number = next(self._numbers)
        request = {
            "number": number,
            "name": program.name,
            "module": program.module,
            "environment": dict(program.environment),
        }
        asked = self._asked[number] = asyncio.get_running_loop().create_future()
        read, write = os.pipe()
        try:
            async with asyncio.timeout(ANSWERS_WITHIN.total_seconds()):
                await _send(self._channel, json.dumps(request).encode(), write)
                pid = await asked
        except (OSError, TimeoutError) as error:
            os.close(read)
            raise StackError(f"{program.name} could not be started: {error or 'no answer'}") from error
        finally:
            self._asked.pop(number, None)
            os.close(write)
        forked = Forked(pid, os.fdopen(read, "rb"))
        forked.code = self._early.pop(pid, None)
        if forked.code is None:
            self._forked[pid] = forked
        return Child(forked)

    async def stop(self) -> None:
        """End it. Its processes, if any are left, are told by the kernel."""
        self.close()
        if self._child is not None:
            await self._child.stop(grace=timedelta(seconds=5))

    def close(self) -> None:
        """Forget a nursery that has ended, and what it can no longer tell us."""
        if self._channel is not None:
            asyncio.get_running_loop().remove_reader(self._channel)
            self._channel.close()
            self._channel = None
        for forked in self._forked.values():
            forked.code = UNKNOWN
        self._forked.clear()
        self._early.clear()
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(OSError("the common Python of the processes has ended"))

    def _receive(self) -> None:
        if self._channel is None:
            return
        with contextlib.suppress(BlockingIOError):
            while data := self._channel.recv(LARGEST_REQUEST):
                self._understand(json.loads(data))
            self.close()

    def _understand(self, message: dict[str, Any]) -> None:
        if "started" in message:
            asked = self._asked.get(message["started"])
            if asked is not None and not asked.done():
                asked.set_result(message["pid"])
        elif "ended" in message:
            forked = self._forked.pop(message["ended"], None)
            if forked is None:
                self._early[message["ended"]] = message["code"]
            else:
                forked.code = message["code"]


async def _send(channel: socket.socket, data: bytes, descriptor: int) -> None:
    """Send a request, waiting while the nursery is still importing and its queue is full."""
    while True:
        try:
            socket.send_fds(channel, [data], [descriptor])
        except BlockingIOError:
            await asyncio.sleep(0.05)
        else:
            return

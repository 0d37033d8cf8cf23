"""A line, such as that between the product and its broker, which a test can cut and listen to."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """A TCP proxy on loopback. `url` is what the one end is told instead of the other's; `heard` gets what it sends."""

    def __init__(self, broker_url: str, heard: Callable[[bytes], object] | None = None) -> None:
        self._broker_url = broker_url
        self._heard = heard
        self._server: asyncio.Server | None = None
        self._port = 0
        self._ends: set[asyncio.StreamWriter] = set()
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The broker's URL with the proxy's address."""
        parts = urlsplit(self._broker_url)
        credentials, _, _ = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{self._port}"))

    async def __aenter__(self) -> Self:
        """Let connections through."""
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End it."""
        await self.cut()

    async def mend(self) -> None:
        """Let connections through again, on the same port."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._port)
        self._port = int(self._server.sockets[0].getsockname()[1])

    async def cut(self) -> None:
        """End every connection and refuse new ones."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        for end in self._ends:
            end.transport.abort()
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.create_task(self._join(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        broker = urlsplit(self._broker_url)
        ends = {writer}
        self._ends.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection(broker.hostname, broker.port or 5672)
            ends.add(far_writer)
            self._ends.add(far_writer)
            copies = [_copy(reader, far_writer, self._heard), _copy(far_reader, writer)]
            # When one side hangs up, so does the other.
            await asyncio.wait(map(asyncio.ensure_future, copies), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                self._ends.discard(end)
                end.transport.abort()


async def _copy(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: Callable[[bytes], object] | None = None
) -> None:
    with suppress(OSError):
        while block := await reader.read(64 * 1024):
            if heard is not None:
                heard(block)
            writer.write(block)
            await writer.drain()

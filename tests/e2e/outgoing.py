"""What a page sends."""

import re
from typing import Self

from playwright.async_api import BrowserContext

from tests.e2e.wire import Wire

# Where a picture, a film or a sound begins, whatever it is called. What is sent otherwise is plain text.
_MEDIA = re.compile(
    rb"\xff\xd8\xff|\x89PNG|RIFF....(?:WEBP|WAVE)|\x1a\x45\xdf\xa3|OggS|ftyp[a-z0-9]{4}|data:image", re.DOTALL
)
_CALLED = re.compile(rb"\r\ncontent-type: *(?:image|video|audio|multipart|application/octet)[^\r]*", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)


class Sent:
    """Which requests the pages of a browser make."""

    def __init__(self, context: BrowserContext) -> None:
        self._requests: list[tuple[str, str]] = []
        context.on("request", lambda request: self._requests.append((request.method, request.url)))

    def to(self, *nouns: str) -> list[tuple[str, str]]:
        """Return what was sent to these resources of the API."""
        wanted = re.compile(rf"/api/.*\b({'|'.join(nouns)})\b")
        return [(method, url) for method, url in self._requests if wanted.search(url)]


class Tap:
    """A line between browser and gateway, on which lies open every byte that the browser sends.

    The browser's own account of its requests will not do: it leaves out what a request takes from a Blob.
    """

    def __init__(self, url: str) -> None:
        self._sent = bytearray()
        self._wire = Wire(url, self._sent.extend)

    async def __aenter__(self) -> Self:
        """Let it through."""
        await self._wire.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End it."""
        await self._wire.cut()

    @property
    def url(self) -> str:
        """The product's address on this line."""
        return self._wire.url.replace("//@127.0.0.1", "//localhost")

    def media(self) -> list[bytes]:
        """Return what looks like a picture, a film or a sound, or is called one."""
        return [found.group() for found in (*_MEDIA.finditer(self._sent), *_CALLED.finditer(self._sent))]

    def largest_body(self) -> int:
        """Return the size of the largest body in bytes."""
        assert not _CHUNKED.search(self._sent), "a body of unknown length"
        return max(int(size) for size in _LENGTH.findall(self._sent))

"""What the rest of the service knows of the storage: keys and bytes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from kit.problems import ServiceUnavailable


class StorageUnavailable(ServiceUnavailable):
    """The storage does not answer, is full, or does not let us in: nothing was read, nothing was kept."""

    type = "storage-unavailable"
    title = "The storage is not available right now"


class ObjectMissing(LookupError):  # noqa: N818 - a finding, not a fault
    """There is nothing under this key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What lies under a key, and how many bytes it has."""

    key: str
    size: int


class Storage(Protocol):
    """A flat store of named byte strings. A key is made of segments: ``recordings/{id}/video.webm``.

    Every method raises StorageUnavailable when the storage cannot be used. What is put under a key is there as a whole
    or not at all, and replaces what lay there. No method holds more than a few MiB in memory, except `get`.
    """

    async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
        """Keep bytes, a file, or what a stream brings. A stream that raises leaves nothing behind under the key."""

    async def get(self, key: str) -> bytes:
        """Return all of it; for what is known to be small.

        Raises:
            ObjectMissing: there is nothing under this key.
        """

    async def size(self, key: str) -> int:
        """Return its length in bytes.

        Raises:
            ObjectMissing: there is nothing under this key.
        """

    def stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes from `start` up to and without `end`, in pieces of at most one MiB.

        A range that reaches beyond the end stops there; one that starts there is empty.

        Raises:
            ObjectMissing: there is nothing under this key.
        """

    async def delete(self, key: str) -> None:
        """Remove it; nothing to do when it is not there."""

    async def delete_prefix(self, prefix: str) -> None:
        """Remove all that lies below a prefix, a whole number of segments: ``recordings/{id}``."""

    def list(self, prefix: str) -> AsyncIterator[Stored]:
        """Yield what lies below a prefix, in no order."""

    async def sweep_unfinished(self, prefix: str, older_than: timedelta) -> int:
        """Remove what was never whole below a prefix: a process was killed while it wrote. Return how many there were.

        It is under no key and in no list, so nothing else removes it.
        """

    async def ping(self) -> None:
        """Raise unless the storage can be used."""

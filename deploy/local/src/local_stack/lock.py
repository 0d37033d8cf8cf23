"""One user of a directory at a time, and the next one is told who has it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class InUseError(RuntimeError):
    """Somebody else holds the lock; `note` is what the holder left for us to read."""

    def __init__(self, path: Path, note: str) -> None:
        super().__init__(f"{path.parent} is in use" + (f" ({note})" if note else ""))
        self.note = note


class Lock:
    """A lock that the kernel drops when its holder dies, so a stale one cannot exist."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextlib.contextmanager
    def held(self, note: str) -> Iterator[None]:
        """Hold the lock.

        Raises:
            InUseError: Another process holds it.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not inherited by children: a service that is slow to stop must not keep the next run out.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InUseError(self._path, self.read()) from None
            self.write(note)
            yield
        finally:
            os.close(descriptor)

    def read(self) -> str:
        """What the holder wrote."""
        return self._path.read_text(encoding="utf-8").strip()

    def write(self, note: str) -> None:
        """Leave a note for whoever finds the lock taken."""
        self._path.write_text(note + "\n", encoding="utf-8")

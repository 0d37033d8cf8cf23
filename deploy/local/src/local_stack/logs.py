"""The processes' lines on disk, one file each, which stays small."""

import contextlib
from pathlib import Path
from typing import TextIO

LARGEST = 10 * 1024 * 1024


class Logs:
    """Files named after processes in one directory; each is followed by at most one older one."""

    def __init__(self, directory: Path, *, largest: int = LARGEST) -> None:
        self._directory = directory
        self._largest = largest
        self._files: dict[str, TextIO] = {}

    def write(self, name: str, line: str) -> None:
        """Append a line; a full disk is no reason to stop the product."""
        with contextlib.suppress(OSError):
            file = self._file(name)
            file.write(line + "\n")
            file.flush()

    def close(self) -> None:
        """Close every file."""
        while self._files:
            _, file = self._files.popitem()
            file.close()

    def _file(self, name: str) -> TextIO:
        path = self._directory / f"{name}.log"
        file = self._files.get(name)
        if file is None:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self._files[name] = path.open("a", encoding="utf-8")
        if file.tell() > self._largest:
            self._files.pop(name).close()
            path.replace(path.with_suffix(".log.1"))
            return self._file(name)
        return file

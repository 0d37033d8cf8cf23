"""Generated secrets, each in a file of its own that only its owner can read."""

import os
import secrets
from pathlib import Path


class Secrets:
    """The secrets of one checkout, made on first use and kept."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def get(self, name: str) -> str:
        """Return the secret called `name`, making a random one (256 bits) the first time."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory.chmod(0o700)
        path = self._directory / name
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            path.chmod(0o600)
            if value := path.read_text(encoding="ascii").strip():
                return value
            # Empty: we were stopped between making the file and writing it.
            descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC, 0o600)
        value = secrets.token_urlsafe(32)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(value + "\n")
        return value

"""Free loopback ports that stay the same from one run to the next."""

import errno
import json
import random
import socket
from pathlib import Path

# Below the range from which Linux picks the local ports of outgoing connections: a port found free here is not
# taken by somebody's client between our look and our use.
FIRST, LAST = 20_000, 32_000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Say whether a server could listen on this port now."""
    with socket.socket() as probe:
        # As servers do: a port whose old connections are still fading away counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


class Ports:
    """The ports of one checkout, remembered in a small file so that URLs and firewalls need no second look."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def take(self, name: str, *, wanted: int | None = None) -> int:
        """Return the port kept for `name`, or another free one when somebody else has taken it.

        Args:
            name: Whose port it is.
            wanted: A well-known port to try first (a number that a person types).
        """
        kept = self._read()
        preferred = [port for port in (wanted, kept.get(name)) if port is not None]
        others = {port for key, port in kept.items() if key != name}
        port = next((port for port in preferred if port not in others and is_free(port)), None)
        if port is None:
            port = _following(wanted, others) if wanted is not None else _random(others)
        if kept.get(name) != port:
            # Read again: another name may have been written since.
            self._write({**self._read(), name: port})
        return port

    def _read(self) -> dict[str, int]:
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return {str(name): int(port) for name, port in content.items()}

    def _write(self, ports: dict[str, int]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps(ports, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(self._file)


def _following(wanted: int, taken: set[int]) -> int:
    for port in range(wanted + 1, min(wanted + 200, 65_535)):
        if port not in taken and is_free(port):
            return port
    return _random(taken)


def _random(taken: set[int]) -> int:
    for port in random.SystemRandom().sample(range(FIRST, LAST), 2_000):
        if port not in taken and is_free(port):
            return port
    raise RuntimeError(f"No free port between {FIRST} and {LAST} on the loopback address.")

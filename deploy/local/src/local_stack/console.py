"""What a person at the terminal sees: our own lines, and every process's lines behind its name."""

import re
import sys
from typing import TextIO

from local_stack.logs import Logs

COLOURS = (36, 33, 32, 35, 34, 96, 93, 92, 95, 94)
BOLD, DIM, RED, GREEN = 1, 2, 31, 32
ROUTINE = re.compile(r"\[(info|debug) *\]")


class Console:
    """Writes to one stream; in colour when a person is looking.

    Args:
        stream: Where to.
        colour: Whether in colour; as it fits the stream when left out.
        logs: Where the processes' lines are kept besides.
        routine: Whether the terminal shows what the processes say when all is well. Otherwise it is in the logs only,
            and the address that was printed at the start stays in sight.
    """

    def __init__(
        self,
        stream: TextIO = sys.stdout,
        *,
        colour: bool | None = None,
        logs: Logs | None = None,
        routine: bool = True,
    ) -> None:
        self._stream = stream
        self._logs = logs
        self._routine = routine
        self._colour = stream.isatty() if colour is None else colour
        self._names: dict[str, int] = {}
        self._width = 0

    def announce(self, *names: str) -> None:
        """Line up the names of the processes to come and give each a colour."""
        for name in names:
            self._names.setdefault(name, COLOURS[len(self._names) % len(COLOURS)])
        self._width = max(map(len, self._names), default=0)

    def say(self, text: str = "", *styles: int) -> None:
        """Write something of our own."""
        self._write(self._styled(text, *styles))

    def step(self, text: str, seconds: float | None = None) -> None:
        """Write that something is done, and how long it took."""
        mark = self._styled("✓", GREEN)
        took = "" if seconds is None else self._styled(f"  {seconds:.1f} s", DIM)
        self._write(f"  {mark} {text}{took}")

    def heard(self, name: str, text: str) -> None:
        """Pass on a line that a process wrote."""
        if self._logs is not None:
            self._logs.write(name, text)
        if self._routine or not ROUTINE.search(text):
            self.line(name, text)

    def line(self, name: str, text: str) -> None:
        """Write a line about a process."""
        label = self._styled(f"{name:<{self._width}} │", self._names.get(name, DIM))
        self._write(f"{label} {text}")

    def _styled(self, text: str, *styles: int) -> str:
        if not self._colour or not styles:
            return text
        return f"\033[{';'.join(map(str, styles))}m{text}\033[0m"

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text + "\n")
            self._stream.flush()
        except (BrokenPipeError, OSError):
            # The terminal has gone; whoever closed it has also sent us a signal.
            return

"""What the person at the terminal sees: one line while it runs, one at the end."""

import sys
import time
from collections import Counter

from analysis.scoring_command.results import Status

EVERY = 0.2  # seconds between two drawings
_BACK = "\r\x1b[K"


class Progress:
    """Counts, and draws on standard error when that is a terminal."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._began = self._drawn = time.monotonic()
        self._terminal = sys.stderr.isatty()

    @property
    def any_bad(self) -> bool:
        """Whether a line could not be read."""
        return self._counts["bad"] > 0

    def scored(self, status: Status) -> None:
        """Count a result."""
        self._count(status)

    def bad(self) -> None:
        """Count a line that could not be read."""
        self._count("bad")

    def clear(self) -> None:
        """Take the line away before something else is printed."""
        if self._terminal:
            sys.stderr.write(_BACK)

    def summary(self) -> None:
        """Print how it ended."""
        self.clear()
        print(self._text(), file=sys.stderr)  # noqa: T201  # a command talks

    def _count(self, what: str) -> None:
        self._counts[what] += 1
        now = time.monotonic()
        if self._terminal and now - self._drawn >= EVERY:
            self._drawn = now
            sys.stderr.write(_BACK + self._text())
            sys.stderr.flush()

    def _text(self) -> str:
        lines = self._counts.total()
        pace = lines / max(time.monotonic() - self._began, 1e-9)
        kinds = ", ".join(f"{self._counts[one]} {one}" for one in ("scored", "insufficient", "failed", "bad"))
        return f"{lines} lines: {kinds}; {pace:.0f} per second"

"""How long to wait before asking a provider again."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential back-off with full jitter. Times in seconds."""

    attempts: int = 4
    base: float = 0.5
    cap: float = 8.0

    def delay(self, attempt: int, asked: float | None) -> float:
        """Return the wait after the given attempt (1 is the first).

        A provider that says when to come back is obeyed; the jitter then only adds, so that workers that were told
        the same do not come back together.
        """
        if asked is not None:
            return asked + random.uniform(0, 0.1 + asked / 10)  # noqa: S311  # spreads load, guards nothing
        return random.uniform(0, min(self.cap, self.base * 2 ** (attempt - 1)))  # noqa: S311  # same


def parse_retry_after(header: str | None) -> float | None:
    """Read a Retry-After header: seconds or an HTTP date. Returns seconds, or None when absent or unreadable."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None

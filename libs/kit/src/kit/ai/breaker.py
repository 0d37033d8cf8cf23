"""Stops asking a provider that is down, so that its outage costs our users no waiting."""

import time
from collections.abc import Callable


class CircuitBreaker:
    """Opens after `threshold` failures in a row; after `cooldown` seconds one call may try whether it is over.

    Counts are per process. `clock` is a monotonic clock in seconds.
    """

    def __init__(
        self, *, threshold: int = 5, cooldown: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._threshold = threshold
        self._cooldown = cooldown
        self._clock = clock
        self._failures = 0
        self._open_until: float | None = None

    def wait(self) -> float:
        """Return the seconds to wait before asking; 0 means go ahead.

        Going ahead after a cooldown takes the single trial place: others keep waiting until it is reported.
        """
        if self._open_until is None:
            return 0.0
        remaining = self._open_until - self._clock()
        if remaining > 0:
            return remaining
        self._open_until = self._clock() + self._cooldown
        return 0.0

    def succeeded(self) -> None:
        """Report a reply from the provider, of whatever content."""
        self._failures = 0
        self._open_until = None

    def failed(self, retry_after: float | None = None) -> None:
        """Report that the provider gave no reply, or asked for `retry_after` seconds of quiet."""
        self._failures += 1
        if self._failures >= self._threshold:
            self._open_until = self._clock() + max(self._cooldown, retry_after or 0.0)

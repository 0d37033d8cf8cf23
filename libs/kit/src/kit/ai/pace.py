"""Keeps to what a provider allows in a minute."""

import time
from collections import deque
from collections.abc import Callable

MINUTE = 60.0


class Pace:
    """At most `per_minute` requests in any sixty seconds, as one process sends them; None is no limit.

    A window that slides and not a bucket: a full bucket lets nearly twice the limit through in its first minute.
    `clock` is a monotonic clock in seconds.
    """

    def __init__(self, per_minute: int | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = per_minute
        self._clock = clock
        self._sent: deque[float] = deque(maxlen=per_minute)

    def wait(self) -> float:
        """Take a place and return 0, or return the seconds until there may be one."""
        if self._limit is None:
            return 0.0
        now = self._clock()
        if len(self._sent) == self._limit and (left := self._sent[0] + MINUTE - now) > 0:
            return left
        self._sent.append(now)
        return 0.0

"""What can be made to go wrong, and in which order."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal[
    "status",
    "quota_day",
    "slow",
    "hang",
    "disconnect",
    "not_json",
    "garbage",
    "truncated",
    "wrong_shape",
    "empty",
    "safety",
    "blocked",
    "reply",
]


class Fault(BaseModel):
    """One thing to go wrong for the next `times` requests; -1 is for ever. Seconds throughout."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    status: int = 500
    retry_after: float | None = None
    seconds: float = 1.0
    body: Any = None
    times: int = 1


class Script:
    """A queue of faults. An empty queue means that all goes well."""

    def __init__(self) -> None:
        self._queue: list[tuple[Fault, int]] = []

    def add(self, *faults: Fault) -> None:
        """Put faults at the end."""
        self._queue.extend((fault, fault.times) for fault in faults)

    def clear(self) -> None:
        """Forget them."""
        self._queue.clear()

    def take(self) -> Fault | None:
        """Return the fault for this request."""
        if not self._queue:
            return None
        fault, left = self._queue[0]
        if left > 1:
            self._queue[0] = (fault, left - 1)
        elif left >= 0:
            self._queue.pop(0)
        return fault

"""Alive is not ready: liveness touches nothing, readiness asks each dependency by name."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

READINESS_LIMIT = timedelta(seconds=2)

Check = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class _Dependency:
    check: Check
    required: bool
    running: asyncio.Task[object] | None = field(default=None)


class Health:
    """What one process depends on, and whether it is about to leave."""

    def __init__(self, limit: timedelta = READINESS_LIMIT) -> None:
        """Take the time a whole readiness answer may need."""
        self.stopping = False
        self._limit = limit.total_seconds()
        self._dependencies: dict[str, _Dependency] = {}

    def add(self, name: str, check: Check, *, required: bool = True) -> None:
        """Add a check that raises when its dependency is away.

        A dependency that is not required is reported, and leaves the process ready.
        """
        self._dependencies[name] = _Dependency(check, required)

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Return whether the process can serve, and a report, within the limit.

        A check that hangs is left running and asked again next time, never started twice:
        a frozen database would otherwise eat one connection per probe.
        """
        started = time.perf_counter()
        for name, dependency in self._dependencies.items():
            if dependency.running is None or dependency.running.done():
                dependency.running = asyncio.create_task(_run(dependency.check), name=f"readiness:{name}")
                # One that fails after the answer was given, or while the process ends, is nobody's surprise.
                dependency.running.add_done_callback(_outcome)
        tasks = [d.running for d in self._dependencies.values() if d.running is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=self._limit)
        ready = not self.stopping
        checks: dict[str, Any] = {}
        for name, dependency in self._dependencies.items():
            outcome = _outcome(dependency.running)
            checks[name] = {"ok": outcome is None, "required": dependency.required}
            if outcome is not None:
                checks[name]["error"] = outcome
                ready = ready and not dependency.required
        return ready, {
            "status": "stopping" if self.stopping else "ready" if ready else "not ready",
            "checks": checks,
            "seconds": round(time.perf_counter() - started, 3),
        }

    async def close(self) -> None:
        """Give up on checks that still hang."""
        for dependency in self._dependencies.values():
            if dependency.running is not None:
                dependency.running.cancel()


async def _run(check: Check) -> None:
    await check()


def _outcome(task: asyncio.Task[object] | None) -> str | None:
    if task is None or not task.done():
        return "timeout"
    if task.cancelled():
        return "cancelled"
    error = task.exception()
    return type(error).__name__ if error is not None else None

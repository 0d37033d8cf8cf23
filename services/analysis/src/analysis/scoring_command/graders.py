"""Who scores: this process, several of them, or a language model. All take a line and promise an outcome."""

import asyncio
import signal
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Protocol

from kit.ai import ModelError, StructuredModel

from analysis.engines.model import ModelEngine
from analysis.scoring_command.lines import Line
from analysis.scoring_command.results import Outcome
from analysis.scoring_command.tasks import outcome_of, outcome_of_grade, said_nothing, task_of

CRASHED = "The engine could not judge this answer"


class Grader(Protocol):
    """Scores lines, up to `window` of them at once."""

    @property
    def window(self) -> int:
        """The most lines to have under way."""

    def submit(self, line: Line) -> "Future[Outcome]":
        """Begin with a line."""


def grade_offline(line: Line) -> Outcome:
    """Score without AI. A fault of ours in one line must not end the other million."""
    try:
        return outcome_of_grade(line)
    except Exception as error:  # noqa: BLE001  # see above; the class is named, and there is no score
        return Outcome("failed", "offline", reason=f"{CRASHED} ({type(error).__name__})")


class Here:
    """Scores in this process, one line after the other."""

    window = 1

    def submit(self, line: Line) -> "Future[Outcome]":
        """Score at once."""
        done: Future[Outcome] = Future()
        done.set_result(grade_offline(line))
        return done


class Processes:
    """Scores in several processes."""

    def __init__(self, pool: ProcessPoolExecutor, jobs: int) -> None:
        self._pool = pool
        self.window = 16 * jobs  # enough that none waits while a slow line is at the head

    def submit(self, line: Line) -> "Future[Outcome]":
        """Hand the line to the next process that is free."""
        return self._pool.submit(grade_offline, line)


class Model:
    """Scores with a language model, whose calls run in an event loop of their own."""

    def __init__(self, model: StructuredModel, loop: asyncio.AbstractEventLoop, window: int, limit: timedelta) -> None:
        self._engine = ModelEngine(model, deadline=limit, refuse=said_nothing)
        self._loop = loop
        self.window = window

    def submit(self, line: Line) -> "Future[Outcome]":
        """Ask the model; the window is what bounds the questions under way."""
        return asyncio.run_coroutine_threadsafe(self._grade(line), self._loop)

    async def _grade(self, line: Line) -> Outcome:
        try:
            return outcome_of(line, await self._engine.judge(task_of(line)))
        except ModelError as error:
            return Outcome("failed", self._engine.provider, reason=error.reason)
        except Exception as error:  # noqa: BLE001  # as in grade_offline
            return Outcome("failed", self._engine.provider, reason=f"{CRASHED} ({type(error).__name__})")


@contextmanager
def offline_grader(jobs: int) -> Iterator[Grader]:
    """Open the engine that needs no key."""
    if jobs == 1:
        yield Here()
        return
    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
    try:
        yield Processes(pool, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def model_grader(model: Any, window: int, limit: timedelta) -> Iterator[Grader]:
    """Open a model, and close its connections whatever happens."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="model", daemon=True)
    thread.start()

    def wait(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    try:
        opened = wait(model.__aenter__())
        try:
            yield Model(opened, loop, window, limit)
        finally:
            wait(_cancel_all())
            wait(model.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _cancel_all() -> None:
    others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

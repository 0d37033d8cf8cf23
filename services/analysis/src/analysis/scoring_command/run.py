"""The run: from lines to results in their order, with a bounded number under way."""

import sys
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from typing import BinaryIO

from analysis.scoring_command.graders import Grader
from analysis.scoring_command.lines import Bad, Line
from analysis.scoring_command.progress import Progress
from analysis.scoring_command.results import Outcome, written


def score_all(lines: Iterable[Line | Bad], grader: Grader, out: BinaryIO, progress: Progress) -> None:
    """Score every line; a bad one is reported and passed over. Memory holds a window of lines and no more."""
    under_way: deque[tuple[Line, Future[Outcome]]] = deque()

    def write_first() -> None:
        line, promised = under_way.popleft()
        outcome = promised.result()
        out.write(written(line, outcome))
        out.flush()  # who reads along, or stops the run, has everything that was scored
        progress.scored(outcome.status)

    for line in lines:
        if isinstance(line, Bad):
            progress.clear()
            print(f"line {line.number}: {line.reason}", file=sys.stderr)  # noqa: T201  # a command talks
            progress.bad()
            continue
        under_way.append((line, grader.submit(line)))
        while under_way and (len(under_way) >= grader.window or under_way[0][1].done()):
            write_first()
    while under_way:
        write_first()

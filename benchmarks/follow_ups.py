# ruff: noqa: INP001, T201 - a script, not a package
"""What it costs to decide about a follow-up while an answer is handed in: milliseconds of CPU by length of the answer.

    .venv/bin/python benchmarks/follow_ups.py [--rounds 200]

Reads an answer made of words of the question bank's own anchors against every question of the bank in turn. No model is
asked in this path at all, so this is all that handing in takes longer.
"""

import argparse
import itertools
import statistics
import time

from contracts.interview import KeyPoint
from interview import bank
from interview.follow_ups import Said, Task, next_follow_up


def main() -> None:
    """Print one line for each length."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    rounds: int = parser.parse_args().rounds
    words = itertools.cycle(" ".join(question.anchors.strong for question in bank.questions()).split())
    for length in (50, 200, 600, 3000):
        answer = " ".join(itertools.islice(words, length))
        taken = []
        for question in itertools.islice(itertools.cycle(bank.questions()), rounds):
            points = tuple(KeyPoint.model_validate(point.model_dump()) for point in question.key_points)
            task = Task(kind=question.kind, key_points=points, said=(Said(question.text, answer),))
            began = time.process_time()
            next_follow_up(task, (), (), 2)
            taken.append(1000 * (time.process_time() - began))
        taken.sort()
        print(f"{length:5} words: median {statistics.median(taken):6.2f} ms, worst {taken[-1]:6.2f} ms")


if __name__ == "__main__":
    main()

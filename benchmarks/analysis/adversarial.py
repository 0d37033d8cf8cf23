"""Answers that only pretend, and what the engine may give for them at most."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.analysis import made, wordings

SCALE = 5  # marks are shown from 0 to 5
MOST = {
    "copied question": 0.75,
    "stuffed": 0.75,
    "don't know": 0.75,
    "injection": 0.75,
    "another answer": 1.2,
    "empty": 0.0,
}
LEAST = {"reference": 4.7}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what a full answer says, and answers that people gave to it."""

    question: str
    reference: str
    answers: Sequence[str]


Marker = Callable[[str, str, str], float]  # question, reference, answer: a mark from 0 to 1


def table(asked: Sequence[Asked], mark: Marker) -> dict[str, float]:
    """Return the mean mark, from 0 to 5, of each kind of answer."""
    draw = random.Random(11)  # noqa: S311  # the same every time
    found: dict[str, list[float]] = {}
    for one in asked:
        others = [other for other in asked if not made.twins(other.reference, one.reference)]
        for kind, answer in _tried(one, others, draw):
            found.setdefault(kind, []).append(SCALE * mark(one.question, one.reference, answer))
    return {kind: round(fmean(values), 3) for kind, values in found.items()}


def broken(figures: dict[str, float]) -> list[str]:
    """Return the targets that were missed, in words."""
    missed = [f"{kind}: {figures[kind]} is more than {most}" for kind, most in MOST.items() if figures[kind] > most]
    missed += [
        f"{kind}: {figures[kind]} is less than {least}" for kind, least in LEAST.items() if figures[kind] < least
    ]
    return missed


def _tried(one: Asked, others: Sequence[Asked], draw: random.Random) -> Iterator[tuple[str, str]]:
    yield "copied question", one.question
    yield "stuffed", made.stuffed(one.question, draw)
    for text in draw.sample(wordings.NOT_KNOWN_TESTED, k=3):
        yield "don't know", text
    for text in draw.sample(wordings.ORDERS_TESTED, k=4):
        yield "injection", text
    for other in draw.sample(others, k=min(4, len(others))):
        yield "another answer", draw.choice(other.answers)
        yield "another reference", other.reference
    yield "reference", one.reference
    yield "reference and rambling", made.rambling(one.reference, wordings.RAMBLING_TESTED, draw)
    yield "shuffled", made.shuffled(one.reference, draw)
    yield "negated", made.negated(one.reference)
    yield "empty", ""

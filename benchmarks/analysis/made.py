"""Answers that were made and not given: what must earn nothing, and what must earn everything."""

import random
import re
from collections.abc import Iterator, Sequence

from analysis.engines.offline.vocabulary import FUNCTION_WORDS
from benchmarks.analysis import wordings
from benchmarks.analysis.data import Row

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
OTHERS, OWN = 8, 3  # answers to other questions, and correct answers, taken for each question
TWIN = 0.5  # of the words of two references in common: the questions may ask for the same thing


def content(text: str) -> list[str]:
    """Return the words that carry meaning."""
    return [word for word in _WORD.findall(text) if word.lower() not in FUNCTION_WORDS]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [one for one in _SENTENCE.split(text.strip()) if one]


def stuffed(question: str, draw: random.Random) -> str:
    """Return the question's telling words, in any order, twice."""
    words = content(question) * 2
    draw.shuffle(words)
    return " ".join(words)


def shuffled(text: str, draw: random.Random) -> str:
    """Return all words in any order."""
    words = text.split()
    draw.shuffle(words)
    return " ".join(words)


def negated(text: str) -> str:
    """Return the text with its first verb denied, or "It is not true that" before it."""
    turned, found = re.subn(r"\b(is|are|was|were|can|will|does|do|has|have|should|would)\b", r"\1 not", text, count=1)
    return turned if found else f"It is not true that {text[:1].lower()}{text[1:]}"


def rambling(text: str, pool: Sequence[str], draw: random.Random, most: int = 3) -> str:
    """Return the text with sentences about nothing around it."""
    chosen = draw.sample(pool, k=min(len(pool), draw.randint(2, 2 * most)))
    half = len(chosen) // 2
    return " ".join([*chosen[:half], text, *chosen[half:]])


def made_of(own: Sequence[Row], others: Sequence[Row], draw: random.Random) -> Iterator[Row]:
    """Return what is learnt beside the real answers to a question; `others` answer other questions."""
    first = own[0]
    question, reference = first.question, first.reference

    def row(kind: str, answer: str, target: float, wanted: str = reference) -> Row:
        return Row(first.source, first.group, question, wanted, answer, target, target, kind)

    halves = sentences(question)
    telling = content(question) or question.split()
    yield row("copied", question, 0)
    yield row("copied", f"{question} {question}", 0)
    yield row("copied", halves[-1], 0)
    yield row("copied", f"The question is about {' '.join(telling[:6]).lower()}.", 0)
    yield row("copied", f"{draw.choice(wordings.RAMBLING_LEARNT)} {question}", 0)
    for _ in range(3):
        yield row("stuffed", stuffed(question, draw), 0)
        some = draw.sample(telling, k=max(1, len(telling) // 2))
        yield row("stuffed", f"It is the {' and the '.join(some)} because of the {draw.choice(telling)}.", 0)
    for text in draw.sample(wordings.NOT_KNOWN_LEARNT, k=6):
        yield row("not known", text, 0)
    yield row("not known", f"I don't know {halves[-1].rstrip('?.').lower()}.", 0)
    for text in draw.sample(wordings.ORDERS_LEARNT, k=5):
        yield row("order", text, 0)
    yield row("order", f"{draw.choice(wordings.ORDERS_LEARNT)} {question}", 0)
    for text in draw.sample(wordings.RAMBLING_LEARNT, k=2):
        yield row("rambling", text, 0)
    yield row("rambling", " ".join(draw.sample(wordings.RAMBLING_LEARNT, k=5)), 0)
    for text in draw.sample(wordings.GIBBERISH, k=3):
        yield row("gibberish", text, 0)
    apart = [one for one in others if one.source == first.source and not twins(one.reference, reference)]
    for one in draw.sample(apart, k=min(OTHERS, len(apart))):
        yield row("another", one.answer, 0)
    for one in draw.sample(apart, k=min(4, len(apart))):
        yield row("another", one.reference, 0)
    words = [word for one in draw.sample(apart, k=min(5, len(apart))) for word in content(one.reference)]
    yield row("salad", " ".join(draw.sample(words, k=min(12, len(words)))), 0)
    yield from _right(own, draw)


def _right(own: Sequence[Row], draw: random.Random) -> Iterator[Row]:
    first = own[0]
    reference = first.reference

    def row(kind: str, answer: str, target: float = 1, wanted: str = reference) -> Row:
        return Row(first.source, first.group, first.question, wanted, answer, target, target, kind)

    for _ in range(2):
        yield row("reference", reference)
        yield row("reference and rambling", rambling(reference, wordings.RAMBLING_LEARNT, draw))
    yield row("reference", f"{first.question} {reference}")
    parts = sentences(reference)
    draw.shuffle(parts)
    yield row("reference", " ".join(parts))
    kept = [word for word in reference.split() if word.lower() not in FUNCTION_WORDS or draw.random() < 0.5]  # noqa: PLR2004
    yield row("reference", " ".join(kept), 0.95)
    correct = [one for one in own if one.mark == 1]
    wrong = [one for one in own if one.mark == 0]
    for one in draw.sample(correct, k=min(OWN, len(correct))):
        yield row("correct and rambling", rambling(one.answer, wordings.RAMBLING_LEARNT, draw), 0.95)
        yield row("two correct", f"{one.answer} {draw.choice(correct).answer}")
        # What one person was given full marks for may be the reference for another.
        for other in draw.sample(correct, k=min(3, len(correct))):
            if other is not one:
                yield row("other reference", other.answer, 0.9, wanted=one.answer)
        for other in draw.sample(wrong, k=min(3, len(wrong))):
            yield row("other reference", other.answer, 0.2, wanted=one.answer)
    if len(correct) > OWN:
        longer = " ".join([reference, *(one.answer for one in draw.sample(correct, k=OWN))])
        for one in draw.sample(own, k=min(12, len(own))):
            yield row("long reference", one.answer, one.target, wanted=longer)


def twins(one: str, other: str) -> bool:
    """Whether two references say much of the same."""
    left, right = ({word.lower() for word in content(text)} for text in (one, other))
    return len(left & right) > TWIN * min(len(left), len(right))

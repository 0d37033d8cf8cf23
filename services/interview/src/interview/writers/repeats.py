"""Tells whether two questions ask the same in other words, as far as their words show."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
# Words that questions are made of and that say nothing about what is asked.
_FILLING_WORDS = """
a about an and are as at be been by can could describe did do does for from give had has have how i if in is it its me
of on one or share tell that the there this time to us walk was were what when where which who why will with would you
your
"""
_FILLING = frozenset(_FILLING_WORDS.split())
SAME_ABOVE = 0.6


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry the meaning, lower case, without a plural s."""
    words = (match.group().casefold() for match in _WORD.finditer(text))
    return frozenset(_singular(word) for word in words if word not in _FILLING)


def is_repeat(text: str, others: Iterable[str]) -> bool:
    """Tell whether `text` shares most of its content words with one of `others` (Jaccard)."""
    words = content_words(text)
    return any(_overlap(words, content_words(other)) >= SAME_ABOVE for other in others)


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second:
        return 1.0 if first == second else 0.0
    return len(first & second) / len(first | second)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004

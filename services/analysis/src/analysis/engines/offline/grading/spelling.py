"""Words that are spelt nearly alike, and the pieces of words."""

from collections.abc import Iterable
from functools import lru_cache

LEAST = 4  # letters; shorter words that differ by one are different words
LONG = 8  # letters from which on two may differ
PIECE = 4


class Misspelt:
    """Finds words that were probably meant."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._by_letter: dict[str, list[str]] = {}
        for stem in stems:
            if len(stem) >= LEAST and stem.isalpha():
                self._by_letter.setdefault(stem[0], []).append(stem)

    def found(self, stems: Iterable[str]) -> set[str]:
        """Return the wanted words that one of these is nearly spelt like."""
        meant: set[str] = set()
        for stem in stems:
            for one in self._by_letter.get(stem[0], ()) if len(stem) >= LEAST else ():
                if near(one, stem):
                    meant.add(one)
        return meant


def near(one: str, other: str) -> bool:
    """Whether two words differ by a letter, by two neighbours in the wrong order, or, when long, by two letters."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 2:  # noqa: PLR2004  # see above
        return False
    start = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) <= 1 and len(right) <= 1:
        return True
    swapped = len(left) == len(right) == 2 and left == right[::-1]  # noqa: PLR2004
    return swapped or (shorter >= LONG and max(len(left), len(right)) <= 2)  # noqa: PLR2004


def grams_of(words: Iterable[str]) -> frozenset[str]:
    """Return the pieces of the words, with a mark at each end."""
    return frozenset(piece for word in words for piece in _pieces(word))


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    marked = f"<{word}>"
    return tuple(marked[at : at + PIECE] for at in range(max(1, len(marked) - PIECE + 1)))

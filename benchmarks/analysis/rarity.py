"""How rare words are: counted over questions, each with everything that was written about it."""

import math
from collections import Counter
from collections.abc import Iterable

from analysis.engines.offline.words import stems_of
from benchmarks.analysis.data import Row, by_question

LEAST = 3  # questions; a word of fewer is as rare as one that was never seen


def rarity_of(rows: Iterable[Row]) -> tuple[dict[str, float], float]:
    """Return the weight of each word that is not of the rarest kind, and the weight of those that are."""
    grouped = by_question(rows)
    seen: Counter[str] = Counter()
    for own in grouped.values():
        stems: set[str] = set()
        for text in {own[0].question, own[0].reference, *(row.answer for row in own)}:
            stems.update(stems_of(text))
        seen.update(stems)
    total = len(grouped)

    def weight(n: int) -> float:
        return round(math.log(1 + (total - n + 0.5) / (n + 0.5)), 3)

    return {stem: weight(n) for stem, n in sorted(seen.items()) if n >= LEAST}, weight(LEAST - 2)

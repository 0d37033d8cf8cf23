"""Agreement of two lists of marks."""

from collections.abc import Hashable, Sequence
from statistics import fmean

LEVELS = 6  # 0 to 5, as most of the sets of marks in the literature are


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the correlation; 0 when one of the lists does not vary."""
    left, right = fmean(one), fmean(other)
    both = sum((a - left) * (b - right) for a, b in zip(one, other, strict=True))
    size = sum((a - left) ** 2 for a in one) * sum((b - right) ** 2 for b in other)
    return float(both / size**0.5) if size > 0 else 0.0


def within(one: Sequence[float], other: Sequence[float], groups: Sequence[Hashable]) -> float:
    """Return the correlation after each question's mean has been taken away: what is left of it between its answers."""
    places: dict[Hashable, list[int]] = {}
    for at, group in enumerate(groups):
        places.setdefault(group, []).append(at)
    left, right = list(one), list(other)
    for chosen in places.values():
        for values in (left, right):
            mean = fmean(values[at] for at in chosen)
            for at in chosen:
                values[at] -= mean
    return pearson(left, right)


def rmse(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the root of the mean squared difference."""
    return float(fmean((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def kappa(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Cohen's kappa with quadratic weights, on the marks 0 to 5."""
    pairs = [
        (min(LEVELS - 1, max(0, round(a * (LEVELS - 1)))), min(LEVELS - 1, max(0, round(b * (LEVELS - 1)))))
        for a, b in zip(one, other, strict=True)
    ]
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    left = [sum(a == level for a, _ in pairs) / len(pairs) for level in range(LEVELS)]
    right = [sum(b == level for _, b in pairs) / len(pairs) for level in range(LEVELS)]
    chance = sum(left[a] * right[b] * (a - b) ** 2 for a in range(LEVELS) for b in range(LEVELS))
    return 1 - seen / chance if chance else 0.0

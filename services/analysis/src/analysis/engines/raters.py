"""Two raters side by side: where they are apart, the level that counts is less certain, and it is said."""

from collections.abc import Iterable

from contracts.analysis import DimensionResult, Uncertainty

from analysis.engines.port import Judgement

APART = 2  # levels between two raters that make a level uncertain; one level apart is a matter of taste


def compared(dimensions: Iterable[DimensionResult], second: Judgement) -> tuple[DimensionResult, ...]:
    """Return the dimensions with both raters' levels where both judged, and the doubt their distance raises."""
    others = {one.id: one.level for one in second.dimensions}
    return tuple(_compared(one, others.get(one.id)) for one in dimensions)


def disagreements(dimensions: Iterable[DimensionResult]) -> tuple[str, ...]:
    """Say in a sentence each where the raters are far apart."""
    return tuple(
        f"{one.label}: the AI sees level {one.rater_levels[0]}, the check without AI level {one.rater_levels[1]}. "
        "Take this level with care."
        for one in dimensions
        if len(one.rater_levels) > 1 and _distance(one) >= APART
    )


def _compared(one: DimensionResult, other: int | None) -> DimensionResult:
    if one.level is None:
        return one
    if other is None:
        return one.model_copy(update={"rater_levels": (one.level,)})
    both = one.model_copy(update={"rater_levels": (one.level, other)})
    distance = _distance(both)
    doubt: Uncertainty = "high" if distance >= APART else "medium" if distance else "low"
    return both.model_copy(update={"uncertainty": more_doubt(one.uncertainty or "low", doubt)})


def _distance(one: DimensionResult) -> int:
    return abs(one.rater_levels[0] - one.rater_levels[1])


def more_doubt(*doubts: Uncertainty) -> Uncertainty:
    """Return the greatest of several doubts."""
    order: tuple[Uncertainty, ...] = ("low", "medium", "high")
    return max(doubts, key=order.index)

"""One's own ratings beside the scores of the same answers: about the answers, never about the person."""

from collections.abc import Sequence

from analysis.models import Analysis
from analysis.schemas import Calibration

ENOUGH = 2
CLOSE = 0.5  # of 4 possible points


def calibrate(rated: Sequence[Analysis]) -> Calibration:
    """Compare the ratings with the scores of those answers that have both."""
    pairs = [
        (row.self_rating, row.result.score.value)
        for row in rated
        if row.self_rating is not None and row.result is not None and row.result.score is not None
    ]
    if len(pairs) < ENOUGH:
        return Calibration(
            answers=len(pairs),
            self_mean=None,
            scored_mean=None,
            difference=None,
            note=None,
            why_not_shown=_why_not(len(pairs)),
        )
    own = sum(value for value, _ in pairs) / len(pairs)
    scored = sum(value for _, value in pairs) / len(pairs)
    return Calibration(
        answers=len(pairs),
        self_mean=round(own, 2),
        scored_mean=round(scored, 2),
        difference=round(own - scored, 2),
        note=_note(own - scored),
        why_not_shown=None,
    )


def _why_not(count: int) -> str:
    answers = "1 answer has" if count == 1 else "No answer has"
    return f"{answers} both a score and a rating of your own; a comparison needs at least {ENOUGH}."


def _note(difference: float) -> str:
    if abs(difference) < CLOSE:
        return "Your own ratings and the scores are close."
    side = "above" if difference > 0 else "below"
    return (
        f"Your own ratings lie {abs(difference):.1f} points {side} the scores. "
        "Compare the level sentences of an answer with what you had in mind."
    )

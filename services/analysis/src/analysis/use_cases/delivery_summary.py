"""How the answers of an interview were said, in medians: shown, never scored."""

from collections.abc import Iterable, Sequence
from statistics import median

from contracts.analysis import Delivery, DeliveryFigure, DeliveryMetric, DeliverySummary, NotMeasured

from analysis.models import Analysis, Report
from analysis.schemas import DeliveryChange, DeliveryComparison

LABELS: dict[DeliveryMetric, tuple[str, str]] = {
    "pace": ("Pace", "words per minute"),
    "fillers": ("Filler words, at least", "per 100 words"),
    "hedges": ("Hedging phrases", "per 100 words"),
    "words": ("Length", "words"),
    "speaking_time": ("Speaking time", "seconds"),
}
SAME = 0.1  # of the earlier figure: nearer than that is no change worth a word
NOTHING_BEFORE = "There is no earlier interview of the same kind to compare with."
MIXED = "Some answers were spoken and some typed, so they are not compared with the last interview."


def summarise_delivery(rows: Sequence[Analysis]) -> DeliverySummary | None:
    """Return the medians over the answers each metric was measured in; None when no answer was described."""
    described = [row.result.delivery for row in rows if row.result is not None and row.result.delivery is not None]
    if not described:
        return None
    spoken = sum(one.spoken for one in described)
    measured = {metric: list(_values(metric, described)) for metric in LABELS}
    return DeliverySummary(
        source="voice" if spoken == len(described) else "mixed" if spoken else "typed",
        figures=tuple(
            DeliveryFigure(
                metric=metric,
                label=LABELS[metric][0],
                unit=LABELS[metric][1],
                median=round(median(values), 1),
                answers=len(values),
            )
            for metric, values in measured.items()
            if values
        ),
        not_measured=tuple(
            NotMeasured(metric=LABELS[metric][0], reason=reason)
            for metric, values in measured.items()
            if not values and (reason := _reason(metric, described)) is not None
        ),
    )


def compare_delivery(summary: DeliverySummary | None, earlier: Iterable[Report]) -> DeliveryComparison | None:
    """Compare with the newest earlier interview of the same kind; `earlier` is newest first."""
    if summary is None:
        return None
    if summary.source == "mixed":
        return _not_compared(MIXED)
    for report in earlier:
        before = report.report.delivery_summary if report.report is not None else None
        if before is not None and before.source == summary.source:
            then = {one.metric: one.median for one in before.figures}
            return DeliveryComparison(
                previous_interview_id=report.interview_id,
                previous_completed_at=report.completed_at,
                changes=[_change(one, then.get(one.metric)) for one in summary.figures],
                why_not_shown=None,
            )
    return _not_compared(NOTHING_BEFORE)


def _not_compared(reason: str) -> DeliveryComparison:
    return DeliveryComparison(previous_interview_id=None, previous_completed_at=None, changes=[], why_not_shown=reason)


def _change(figure: DeliveryFigure, before: float | None) -> DeliveryChange:
    if before is None:
        return DeliveryChange(
            metric=figure.metric, now=figure.median, previous=None, difference=None, note="Not measured last time."
        )
    difference = round(figure.median - before, 1)
    if abs(difference) <= SAME * before:
        note = f"About the same as last time ({before:g})."
    else:
        note = f"{'Up' if difference > 0 else 'Down'} from {before:g} last time."
    return DeliveryChange(metric=figure.metric, now=figure.median, previous=before, difference=difference, note=note)


def _values(metric: DeliveryMetric, described: Sequence[Delivery]) -> Iterable[float]:
    for one in described:
        value = _value(metric, one)
        if value is not None:
            yield value


def _value(metric: DeliveryMetric, delivery: Delivery) -> float | None:
    match metric:
        case "pace":
            return delivery.pace.words_per_minute if delivery.pace else None
        case "fillers":
            return delivery.fillers.per_100_words if delivery.fillers else None
        case "hedges":
            return delivery.hedges.per_100_words if delivery.hedges else None
        case "words":
            return float(delivery.length.words)
        case "speaking_time":
            return delivery.length.seconds


def _reason(metric: DeliveryMetric, described: Sequence[Delivery]) -> str | None:
    """Return the first answer's reason; speaking time has no line of its own, because pace fails with it."""
    name = "pace" if metric == "speaking_time" else metric
    return next((missing.reason for one in described for missing in one.not_measurable if missing.metric == name), None)

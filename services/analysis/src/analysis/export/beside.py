"""The sections about what stands beside the scores: what to do next, earlier interviews, own ratings, delivery."""

from contracts.analysis import InterviewReport

from analysis.export.document import Block, Items, Quotes, Section, Text
from analysis.export.words import amid, long_date, plural
from analysis.schemas import ReportView


def next_steps(report: InterviewReport) -> Section | None:
    """Return the steps to take, in order, with the minutes where they are known."""
    steps = tuple(
        one.text if one.minutes is None else f"{amid(one.text)} About {plural(one.minutes, 'minute')}."
        for one in report.next_plan
    )
    return Section("Next steps", (Items(steps),)) if steps else None


def since_last_time(view: ReportView, report: InterviewReport) -> Section | None:
    """Return each competency beside earlier interviews; those that were never judged before are left out."""
    labels = {one.competency.id: one.competency.label for one in report.competencies}
    items = tuple(
        f"{amid(labels.get(one.competency_id, one.competency_id))}: {one.note}"
        for one in view.trend
        if one.previous is not None or one.other_rubric or one.other_level
    )
    return Section("Since your last interviews", (Items(items),)) if items else None


def own_ratings(view: ReportView) -> Section | None:
    """Return one's own ratings beside the scores, where there are enough of both and they were given blindly."""
    found = view.calibration
    if view.revealed_at is None or found is None or found.note is None:
        return None
    means = f"Rated {found.self_mean:.1f} by yourself and scored {found.scored_mean:.1f}, over "
    means += f"{plural(found.answers, 'answer')}."
    return Section("Your own ratings", (Text(found.note), Text(means, "quiet")))


def differing_figures(report: InterviewReport) -> Section | None:
    """Return the figures that differ between answers, in their own words."""
    blocks: list[Block] = [
        block
        for one in report.consistency
        for block in (Quotes((one.first.quote, one.second.quote)), Text(one.note, "quiet"))
    ]
    if not blocks:
        return None
    says = Text("Two answers name different numbers for the same thing. Both may be right.", "quiet")
    return Section("Figures that differ", (says, *blocks))


def delivery(view: ReportView, report: InterviewReport) -> Section | None:
    """Return how the answers were said over the whole interview, beside the last one of its kind."""
    found, compared = report.delivery_summary, view.delivery_comparison
    if found is None or not found.figures:
        return None
    changes = {one.metric: one.note for one in compared.changes} if compared else {}
    items = [f"{one.label}: {one.median:g} {one.unit}. {changes.get(one.metric, '')}".rstrip() for one in found.figures]
    items += [f"Not measured: {one.metric.replace('_', ' ')}. {one.reason}" for one in found.not_measured]
    says = "The middle of your answers; never part of a score."
    if compared and compared.previous_completed_at:
        says += f" Beside your interview of {long_date(compared.previous_completed_at.date())}."
    heading = "How it was written" if found.source == "typed" else "How it was said"
    return Section(f"{heading}, over the interview", (Text(says, "quiet"), Items(tuple(items))))

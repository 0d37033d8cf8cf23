"""The sections about the interview as a whole. Each takes the report and returns a section, or none."""

from collections.abc import Iterable, Sequence

from contracts.analysis import InterviewReport, QuotedEvidence

from analysis.export.document import Block, Figure, Items, Note, Quotes, Section, Text
from analysis.export.words import plural, sureness


def overall(report: InterviewReport) -> Section:
    """Return the overall figure with its range, or why there is none, and what it rests on."""
    score = report.overall.score
    first: Block
    if score is None:
        first = Text(report.overall.why_not_shown or "Too few answers could be scored.", "strong")
    else:
        first = Figure("Overall", score.value, score.low, score.high, score.band, sureness(score), large=True)
    coverage = report.coverage
    answered = "" if coverage.answered == coverage.scored else f" ({coverage.answered} answered)"
    rests = f"Rests on {coverage.scored} of {plural(coverage.planned, 'question')}{answered}."
    return Section("Overall", (first, Text(rests, "quiet")))


def competencies(report: InterviewReport) -> Section | None:
    """Return each competency as a bar with its range, and the words that show it best."""
    blocks: list[Block] = []
    for one in report.competencies:
        score = one.score
        note = f"{plural(one.questions, 'question')}. {sureness(score)}"
        blocks.append(Figure(one.competency.label, score.value, score.low, score.high, score.band, note))
        if one.best_evidence is not None:
            blocks.append(Quotes((one.best_evidence.quote,)))
    return Section("Competencies", tuple(blocks)) if blocks else None


def priorities(report: InterviewReport) -> Section | None:
    """Return what to work on, each with its words and one next action."""
    notes = tuple(
        Note(f"{one.rank}", one.text, one.do_next, one.why, _quotes(one.evidence)) for one in report.priorities
    )
    return Section("What to work on", notes) if notes else None


def kept_well(report: InterviewReport) -> Section | None:
    """Return what to keep doing."""
    notes = tuple(Note("Keep", one.text, None, None, _quotes(one.evidence)) for one in report.kept_well)
    return Section("Keep doing", notes) if notes else None


def not_scored(report: InterviewReport, questions: dict[object, str]) -> Section | None:
    """Return the questions that are in no figure, with the reason; `questions` gives a name by id."""
    items = tuple(
        f"{questions.get(one.question_id, 'A question that was not answered')}: {one.reason}"
        for one in report.coverage.not_scored
    )
    return Section("Not in the figures", (Items(_each_once(items)),)) if items else None


def limits(report: InterviewReport) -> Section | None:
    """Return what this report cannot know."""
    return Section("What limits this report", (Items(report.limits),)) if report.limits else None


def _quotes(evidence: Sequence[QuotedEvidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.quote for one in evidence))


def _each_once(items: Iterable[str]) -> tuple[str, ...]:
    """Say a line that comes up several times once, with how often."""
    counted: dict[str, int] = {}
    for item in items:
        counted[item] = counted.get(item, 0) + 1
    return tuple(item if count == 1 else f"{item} ({count} times)" for item, count in counted.items())

"""From a report to the document that is saved. Pure: the same report gives the same document."""

from datetime import date

from contracts.interview import LevelRef, RoleRef

from analysis.export import answers, beside, summary
from analysis.export.document import Document, Section, Text
from analysis.export.words import long_date, provider_name
from analysis.schemas import ReportView


def build_document(view: ReportView, *, role: RoleRef, level: LevelRef, day: date) -> Document:
    """Return the document of a report that is there; an answer that is being read again says so in its place."""
    report = view.report
    if report is None:
        message = "a document needs a report"
        raise ValueError(message)
    questions: dict[object, str] = {one.question.id: f"Question {one.question.position}" for one in view.answers}
    # A further section is one function and one line here.
    sections = (
        summary.priorities(report),
        summary.overall(report),
        summary.competencies(report),
        summary.kept_well(report),
        beside.next_steps(report),
        beside.since_last_time(view, report),
        beside.own_ratings(view),
        beside.differing_figures(report),
        beside.delivery(view, report),
        _answers(view),
        _attempts(view),
        summary.not_scored(report, questions),
        summary.limits(report),
    )
    return Document(
        title="Interview report",
        role=role.title,
        level=level.label,
        day=day,
        sections=tuple(one for one in sections if one is not None),
        provenance=_provenance(view),
    )


def _answers(view: ReportView) -> Section | None:
    parts = tuple(answers.answer(one) for one in view.answers)
    return Section("Answer by answer", parts=parts) if parts else None


def _attempts(view: ReportView) -> Section | None:
    parts = tuple(answers.attempt(one) for one in view.attempts)
    says = Text("Answers to the same questions after the interview; they move none of its figures.", "quiet")
    return Section("Answered again", (says,), parts) if parts else None


def _provenance(view: ReportView) -> str:
    """Say who judged, with which prompt and rubric, and when; each combination once."""
    said: dict[str, None] = {}
    for one in (*view.answers, *view.attempts):
        if one.analysis is not None:
            source = one.analysis.provenance
            prompt = f", prompt {source.prompt_version}" if source.prompt_version else ""
            said[
                f"Judged by {provider_name(source.provider, source.model)}{prompt}, rubric {source.rubric_version}, "
                f"on {long_date(source.created_at.date())}."
            ] = None
    said["Levels rest on words of the answers; the figures are computed from the levels by fixed rules."] = None
    return " ".join(said)

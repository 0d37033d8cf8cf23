"""How what is remembered is shown: the one place that decides what a candidate may see."""

from typing import get_args

from contracts.analysis import Band
from contracts.interview import QuestionKind

from interview import bank, models, schemas
from interview.planner import kinds_for
from interview.settings import InterviewSettings

_BANDS: dict[str, Band] = {band: band for band in get_args(Band)}
_KINDS: dict[str, QuestionKind] = {kind: kind for kind in get_args(QuestionKind)}


def interview_view(interview: models.Interview) -> schemas.Interview:
    """Return an interview as its candidate may see it."""
    open_question = interview.open_question
    source = interview.question_source
    return schemas.Interview(
        id=interview.id,
        version=interview.version,
        status=interview.status,
        role=interview.role,
        level=interview.level,
        question_count=interview.question_count,
        kinds=[_KINDS[kind] for kind in interview.kinds],
        allow_fallback=interview.allow_fallback,
        preparation=schemas.Preparation(
            stage=interview.preparation_stage,
            message=interview.preparation_message,
            since=interview.preparation_since,
        ),
        question_source=schemas.QuestionSource(
            provider=source.provider, model=source.model, fallback_reason=source.fallback_reason
        )
        if source is not None
        else None,
        created_at=interview.created_at,
        ready_at=interview.ready_at,
        started_at=interview.started_at,
        completed_at=interview.completed_at,
        current_question_id=open_question.id if open_question is not None else None,
        questions=[_question_view(question) for question in interview.questions],
        consents=[
            schemas.ActiveConsent(capture=consent.capture, version=consent.version, given_at=consent.given_at)
            for consent in interview.consents
            if consent.is_active
        ],
        report_status=interview.report_status,
    )


def summary_view(interview: models.Interview, answered: int) -> schemas.InterviewSummary:
    """Return an interview as a row of a list."""
    overall = None
    if interview.overall_value is not None and interview.overall_band in _BANDS:
        overall = schemas.OverallMark(value=interview.overall_value, band=_BANDS[interview.overall_band])
    return schemas.InterviewSummary(
        id=interview.id,
        status=interview.status,
        role=interview.role,
        level=interview.level,
        question_count=interview.question_count,
        answered=answered,
        created_at=interview.created_at,
        completed_at=interview.completed_at,
        report_status=interview.report_status,
        overall=overall,
    )


def draft_view(draft: models.Draft) -> schemas.SavedDraft:
    """Return where a draft stands."""
    return schemas.SavedDraft(revision=draft.revision, saved_at=draft.saved_at)


def catalogue_view(settings: InterviewSettings) -> schemas.Catalogue:
    """Return what a candidate chooses from, and which engine is at work."""
    known = bank.catalogue()
    competencies = {
        competency.id: schemas.Competency(id=competency.id, label=competency.label, description=competency.description)
        for competency in known.competencies
    }
    return schemas.Catalogue(
        families=[schemas.Family(id=family.id, label=family.title) for family in known.families],
        roles=[
            schemas.Role(
                id=role.id,
                title=role.title,
                summary=role.summary,
                family=role.family,
                aliases=list(role.aliases),
                competencies=[competencies[competency] for competency in role.competencies],
                kinds=list(kinds_for(role)),
            )
            for role in known.roles
        ],
        levels=[
            schemas.Level(id=level.id, label=level.label, years=level.years, expectation=level.expectation)
            for level in known.levels
        ],
        engine=_engine_view(settings),
        question_count=schemas.QuestionCount(),
    )


def _engine_view(settings: InterviewSettings) -> schemas.Engine:
    if settings.gemini_api_key is None:
        return schemas.Engine(provider="offline", model=None, label="Built-in engine, no AI service")
    return schemas.Engine(
        provider="gemini", model=settings.gemini_model, label=f"Google Gemini ({settings.gemini_model})"
    )


def _question_view(question: models.Question) -> schemas.Question:
    was_asked = question.asked_at is not None
    answer = question.answer
    draft = question.draft if question.is_open else None
    return schemas.Question(
        id=question.id,
        position=question.position,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        status=question.status,
        text=question.text if was_asked else None,
        suggested_seconds=question.suggested_seconds,
        asked_at=question.asked_at,
        submitted_at=answer.submitted_at if answer is not None else None,
        draft=schemas.Draft(text=draft.text, revision=draft.revision, saved_at=draft.saved_at)
        if draft is not None
        else None,
        answer=_answer_view(answer) if answer is not None else None,
    )


def _answer_view(answer: models.Answer) -> schemas.Answer:
    return schemas.Answer(
        id=answer.id,
        attempt=answer.attempt,
        text=answer.text,
        source=answer.source,
        submitted_at=answer.submitted_at,
        duration_s=answer.duration_s,
        analysis=answer.analysis,
        analysis_reason=answer.analysis_reason,
    )

"""How interviews and their questions are shown."""

from collections.abc import Sequence
from typing import get_args

from contracts.analysis import Band
from contracts.interview import Because, QuestionKind

from interview import models
from interview.schemas import answers, consents, interviews
from interview.views.speech import speech_view, transcript_view
from interview.views.tailorings import tailored_to_view

_BANDS: dict[str, Band] = {band: band for band in get_args(Band)}
_KINDS: dict[str, QuestionKind] = {kind: kind for kind in get_args(QuestionKind)}


def interview_view(interview: models.Interview) -> interviews.Interview:
    """Return an interview as its candidate may see it."""
    open_question = interview.open_question
    source = interview.question_source
    return interviews.Interview(
        id=interview.id,
        version=interview.version,
        status=interview.status,
        role=interview.role,
        level=interview.level,
        question_count=interview.question_count,
        kinds=[_KINDS[kind] for kind in interview.kinds],
        allow_fallback=interview.allow_fallback,
        follow_ups=interview.follow_ups,
        tailored_to=tailored_to_view(interview.tailoring) if interview.tailoring is not None else None,
        preparation=interviews.Preparation(
            stage=interview.preparation_stage,
            message=interview.preparation_message,
            since=interview.preparation_since,
        ),
        question_source=interviews.QuestionSource(
            provider=source.provider, model=source.model, fallback_reason=source.fallback_reason
        )
        if source is not None
        else None,
        created_at=interview.created_at,
        ready_at=interview.ready_at,
        started_at=interview.started_at,
        completed_at=interview.completed_at,
        current_question_id=open_question.id if open_question is not None else None,
        questions=[_thread_view(interview.thread_of(question)) for question in interview.main_questions],
        consents=[
            consents.ActiveConsent(capture=consent.capture, version=consent.version, given_at=consent.given_at)
            for consent in interview.consents
            if consent.is_active
        ],
        report_status=interview.report_status,
        report_revealed=interview.report_revealed,
    )


def summary_view(interview: models.Interview, answered: int) -> interviews.InterviewSummary:
    """Return an interview as a row of a list."""
    overall = None
    if interview.report_revealed and interview.overall_value is not None and interview.overall_band in _BANDS:
        overall = interviews.OverallMark(value=interview.overall_value, band=_BANDS[interview.overall_band])
    return interviews.InterviewSummary(
        id=interview.id,
        status=interview.status,
        role=interview.role,
        level=interview.level,
        question_count=interview.question_count,
        answered=answered,
        created_at=interview.created_at,
        completed_at=interview.completed_at,
        report_status=interview.report_status,
        report_revealed=interview.report_revealed,
        overall=overall,
    )


def draft_view(draft: models.Draft) -> answers.SavedDraft:
    """Return where a draft stands."""
    return answers.SavedDraft(revision=draft.revision, saved_at=draft.saved_at)


def _thread_view(thread: Sequence[models.Question]) -> interviews.Question:
    question, *follow_ups = (_question_view(one) for one in thread)
    return interviews.Question(**dict(question), follow_ups=follow_ups)


def _question_view(question: models.Question) -> interviews.AskedQuestion:
    was_asked = question.asked_at is not None
    answer = question.answer
    draft = question.draft if question.is_open else None
    kind = question.follow_up_kind
    return interviews.AskedQuestion(
        id=question.id,
        position=question.position,
        follow_up=interviews.FollowUpMark(number=question.follow_up_number, kind=kind) if kind is not None else None,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        status=question.status,
        text=question.text if was_asked else None,
        suggested_seconds=question.suggested_seconds,
        because=Because.model_validate(question.because) if question.because is not None else None,
        asked_at=question.asked_at,
        submitted_at=answer.submitted_at if answer is not None else None,
        draft=answers.Draft(text=draft.text, revision=draft.revision, saved_at=draft.saved_at)
        if draft is not None
        else None,
        speech=[speech_view(part) for part in question.speech_in_order] if question.is_open else [],
        answer=_answer_view(answer) if answer is not None else None,
    )


def _answer_view(answer: models.Answer) -> answers.Answer:
    return answers.Answer(
        id=answer.id,
        attempt=answer.attempt,
        text=answer.text,
        source=answer.source,
        submitted_at=answer.submitted_at,
        duration_s=answer.duration_s,
        analysis=answer.analysis,
        analysis_reason=answer.analysis_reason,
        transcript=transcript_view(answer),
    )

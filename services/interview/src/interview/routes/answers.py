"""Answering the question being asked."""

from fastapi import APIRouter, Response, status
from kit.database import SessionDep
from kit.idempotency import IdempotentRoute
from kit.identity import CurrentCandidate
from kit.problems import PayloadTooLarge, responses

from interview.errors import (
    AnswerAlreadySubmitted,
    AnswerEmpty,
    AnswerTooLong,
    DraftStale,
    InterviewNotFound,
    QuestionNotFound,
    QuestionNotOpen,
)
from interview.routes.parameters import InterviewId, QuestionId, Settings
from interview.schemas.answers import DraftText, NewAnswer, SavedDraft
from interview.schemas.interviews import Interview
from interview.use_cases import answers as use_cases
from interview.views.interviews import draft_view, interview_view

router = APIRouter(
    prefix="/interviews/{interview_id}/questions/{question_id}", tags=["answers"], route_class=IdempotentRoute
)


@router.put("/draft", responses=responses(InterviewNotFound, QuestionNotFound, QuestionNotOpen, DraftStale))
async def save_draft(
    *,
    session: SessionDep,
    settings: Settings,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    question_id: QuestionId,
    draft: DraftText,
) -> SavedDraft:
    """Keep what was typed so far, so that a refresh or a crash loses nothing."""
    saved = await use_cases.save_draft(
        session,
        candidate.user_id,
        interview_id,
        question_id,
        text=draft.text,
        revision=draft.revision,
        has_model=settings.ai_in_use is not None,
    )
    return draft_view(saved)


@router.post(
    "/answers",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(
        InterviewNotFound,
        QuestionNotFound,
        QuestionNotOpen,
        AnswerAlreadySubmitted,
        PayloadTooLarge,
        AnswerEmpty,
        AnswerTooLong,
    ),
)
async def submit_answer(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    question_id: QuestionId,
    answer: NewAnswer,
    response: Response,
) -> Interview:
    """Hand in an answer. What is asked next may follow it up; when nothing more is, it is analysed at once.

    The report at Location grows with it.
    """
    interview = await use_cases.submit_answer(
        session,
        candidate.user_id,
        interview_id,
        question_id,
        text=answer.text,
        source=answer.source,
        heard=answer.heard,
    )
    response.headers["Location"] = f"/reports/{interview.id}"
    return interview_view(interview)


@router.post("/skip", responses=responses(InterviewNotFound, QuestionNotFound, QuestionNotOpen))
async def skip_question(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, question_id: QuestionId
) -> Interview:
    """Leave the question out and go on."""
    return interview_view(await use_cases.skip_question(session, candidate.user_id, interview_id, question_id))

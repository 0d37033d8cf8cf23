"""Trying a question again after the interview."""

from fastapi import APIRouter, Response, status
from kit.database import SessionDep
from kit.idempotency import IdempotentRoute
from kit.identity import CurrentCandidate
from kit.problems import PayloadTooLarge, responses

from interview.errors import (
    AnswerEmpty,
    AnswerTooLong,
    AttemptClosed,
    AttemptNotFound,
    AttemptsFull,
    DraftStale,
    InterviewNotCompleted,
    InterviewNotFound,
    QuestionNotAnswered,
    QuestionNotFound,
)
from interview.routes.parameters import AttemptNumber, InterviewId, QuestionId
from interview.schemas.answers import DraftText
from interview.schemas.attempts import Attempt, Attempts, AttemptText
from interview.use_cases import attempts as use_cases
from interview.views.attempts import attempt_view, attempts_view

router = APIRouter(
    prefix="/interviews/{interview_id}/questions/{question_id}/attempts",
    tags=["attempts"],
    route_class=IdempotentRoute,
)

_REFUSALS = (InterviewNotFound, QuestionNotFound, InterviewNotCompleted, QuestionNotAnswered)


@router.get("", responses=responses(InterviewNotFound, QuestionNotFound))
async def list_attempts(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, question_id: QuestionId
) -> Attempts:
    """Return the further attempts at a question, and how many are left."""
    return attempts_view(await use_cases.list_attempts(session, candidate.user_id, interview_id, question_id))


@router.post("", status_code=status.HTTP_201_CREATED, responses=responses(*_REFUSALS, AttemptsFull))
async def open_attempt(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, question_id: QuestionId
) -> Attempt:
    """Begin another attempt at a question of a completed interview, or go on with the one that is open."""
    return attempt_view(await use_cases.open_attempt(session, candidate.user_id, interview_id, question_id))


@router.put("/{number}/draft", responses=responses(*_REFUSALS, AttemptNotFound, AttemptClosed, DraftStale))
async def save_attempt(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    question_id: QuestionId,
    number: AttemptNumber,
    draft: DraftText,
) -> Attempt:
    """Keep what was typed so far."""
    attempt = await use_cases.save_attempt(
        session, candidate.user_id, interview_id, question_id, number, text=draft.text, revision=draft.revision
    )
    return attempt_view(attempt)


@router.post(
    "/{number}/answer",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(*_REFUSALS, AttemptNotFound, AttemptClosed, PayloadTooLarge, AnswerEmpty, AnswerTooLong),
)
async def submit_attempt(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    question_id: QuestionId,
    number: AttemptNumber,
    answer: AttemptText,
    response: Response,
) -> Attempt:
    """Hand the attempt in; the report at Location shows its analysis beside the first answer's."""
    attempt = await use_cases.submit_attempt(
        session, candidate.user_id, interview_id, question_id, number, text=answer.text
    )
    response.headers["Location"] = f"/reports/{interview_id}"
    return attempt_view(attempt)

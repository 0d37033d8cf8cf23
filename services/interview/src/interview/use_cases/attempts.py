"""Trying a question again after the interview. The interview stays completed, and its figures stay as they are."""

from collections.abc import Sequence
from uuid import UUID

from contracts.interview import AnswerSubmitted
from kit.clock import now
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import (
    AnswerEmpty,
    AnswerTooLong,
    AttemptClosed,
    AttemptNotFound,
    AttemptsFull,
    DraftStale,
    InterviewNotCompleted,
    QuestionNotAnswered,
)
from interview.models import Answer, Attempt, Interview, Question
from interview.queries import attempts
from interview.schemas.answers import LONGEST_ANSWER
from interview.schemas.attempts import MOST_ATTEMPTS
from interview.use_cases.interviews import lock_own_interview, own_interview, question_of


async def list_attempts(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, question_id: UUID
) -> Sequence[Attempt]:
    """Return the further attempts at a question.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
    """
    question = question_of(await own_interview(session, candidate_id, interview_id), question_id)
    return await attempts.of_question(session, question.id)


async def open_attempt(session: AsyncSession, candidate_id: UUID, interview_id: UUID, question_id: UUID) -> Attempt:
    """Begin another attempt; one that is open is gone on with.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        InterviewNotCompleted, QuestionNotAnswered, AttemptsFull: it cannot be tried again.
    """
    _, question = await _locked(session, candidate_id, interview_id, question_id)
    known = await attempts.of_question(session, question.id)
    if known and known[-1].submitted_at is None:
        return known[-1]
    if len(known) + 1 >= MOST_ATTEMPTS:
        raise AttemptsFull(f"{MOST_ATTEMPTS} attempts are the most, the one in the interview included.")
    attempt = Attempt(
        id=new_id(),
        question_id=question.id,
        number=len(known) + 2,
        text="",
        revision=0,
        opened_at=now(),
    )
    session.add(attempt)
    await session.flush()
    return attempt


async def save_attempt(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    question_id: UUID,
    number: int,
    *,
    text: str,
    revision: int,
) -> Attempt:
    """Keep what was typed so far; `revision` is the one the text is based on.

    Raises:
        InterviewNotFound, QuestionNotFound, AttemptNotFound: there is none, or it is somebody else's.
        AttemptClosed: it was handed in.
        DraftStale: another window has saved something else since.
    """
    _, question = await _locked(session, candidate_id, interview_id, question_id)
    attempt = await _attempt(session, question, number)
    if attempt.submitted_at is not None:
        raise AttemptClosed
    if attempt.text == text and attempt.revision:
        return attempt  # its reply was lost, or two windows agree
    if revision != attempt.revision:
        raise DraftStale(attempt.revision, attempt.text)
    attempt.text, attempt.revision, attempt.saved_at = text, revision + 1, now()
    return attempt


async def submit_attempt(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, question_id: UUID, number: int, *, text: str
) -> Attempt:
    """Hand the attempt in and have it analysed; the same text twice is one answer.

    Raises:
        AnswerEmpty, AnswerTooLong: it cannot be an answer.
        InterviewNotFound, QuestionNotFound, AttemptNotFound: there is none, or it is somebody else's.
        AttemptClosed: it was handed in with another text.
    """
    text = text.strip()
    interview, question = await _locked(session, candidate_id, interview_id, question_id)
    attempt = await _attempt(session, question, number)
    if not text:
        raise AnswerEmpty
    if len(text) > LONGEST_ANSWER:
        raise AnswerTooLong(f"It has {len(text)} characters; {LONGEST_ANSWER} are the most.")
    if attempt.submitted_at is not None:
        if attempt.text == text:
            return attempt
        raise AttemptClosed
    at = now()
    answer = Answer(
        id=new_id(),
        question_id=question.id,
        attempt=attempt.number,
        text=text,
        source="typed",
        submitted_at=at,
        # A clock that was set back must not make a negative duration.
        duration_s=max(0.0, (at - attempt.opened_at).total_seconds()),
        analysis="queued",
        transcript=None,
    )
    question.answers.append(answer)
    await session.flush()
    attempt.text, attempt.submitted_at, attempt.answer_id = text, at, answer.id
    interview.changed()
    await publish(session, _submitted(interview, question, answer))
    return attempt


async def _locked(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, question_id: UUID
) -> tuple[Interview, Question]:
    interview = await lock_own_interview(session, candidate_id, interview_id)
    question = question_of(interview, question_id)
    if interview.status != "completed":
        raise InterviewNotCompleted
    if question.answer is None:
        raise QuestionNotAnswered
    return interview, question


async def _attempt(session: AsyncSession, question: Question, number: int) -> Attempt:
    attempt = await attempts.find(session, question.id, number)
    if attempt is None:
        raise AttemptNotFound
    return attempt


def _submitted(interview: Interview, question: Question, answer: Answer) -> AnswerSubmitted:
    return AnswerSubmitted(
        interview_id=interview.id,
        candidate_id=interview.candidate_id,
        answer_id=answer.id,
        attempt=answer.attempt,
        question=question.shape,
        role=interview.role,
        level=interview.level,
        text=answer.text,
        source=answer.source,
        duration_s=answer.duration_s,
        submitted_at=answer.submitted_at,
        allow_fallback=interview.allow_fallback,
    )

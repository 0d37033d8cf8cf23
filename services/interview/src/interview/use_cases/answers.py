"""Answering: drafts, answers and skipped questions."""

from uuid import UUID

from contracts.interview import AnswerSource
from kit.clock import now
from kit.ids import new_id
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import (
    AnswerAlreadySubmitted,
    AnswerEmpty,
    AnswerTooLong,
    DraftStale,
    QuestionNotOpen,
)
from interview.models import Answer, Draft, Interview
from interview.schemas.answers import LONGEST_ANSWER
from interview.schemas.speech import NewHeard
from interview.use_cases.follow_ups import ask_again, wish_for_words
from interview.use_cases.interviews import lock_own_interview, question_of
from interview.use_cases.progress import advance
from interview.use_cases.threads import close_thread, length_before
from interview.use_cases.transcripts import transcript_of


async def save_draft(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    question_id: UUID,
    *,
    text: str,
    revision: int,
    has_model: bool = False,
) -> Draft:
    """Keep what was typed so far. `revision` is the one the text is based on.

    With a model in the worker (`has_model`), a follow-up may be put into words from here on.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        QuestionNotOpen: this question is not being asked.
        DraftStale: another window has saved something else since.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    question = question_of(interview, question_id)
    if interview.status != "in_progress" or not question.is_open:
        raise QuestionNotOpen
    draft = question.draft
    if draft is not None and draft.text == text:
        # The same text is saved already: its reply was lost, or two windows agree.
        return draft
    known = draft.revision if draft is not None else 0
    if revision != known:
        raise DraftStale(known, draft.text if draft is not None else "")
    if question.status == "asked":
        question.move_to("answering")
        interview.changed()
    if draft is None:
        draft = Draft(question_id=question.id, text=text, revision=1, saved_at=now())
        question.draft = draft
    else:
        draft.text, draft.revision, draft.saved_at = text, known + 1, now()
    if has_model and interview.follow_ups:
        await wish_for_words(session, interview, question)
    return draft


async def submit_answer(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    question_id: UUID,
    *,
    text: str,
    source: AnswerSource,
    heard: NewHeard | None = None,
) -> Interview:
    """Hand in an answer and go on, to a follow-up or the next question; the same answer twice is one answer.

    It is analysed together with the answers to its follow-ups, when there is nothing more to ask about it.

    Raises:
        AnswerEmpty, AnswerTooLong: it cannot be an answer.
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        AnswerAlreadySubmitted: another answer was handed in before.
        QuestionNotOpen: this question is not being asked.
    """
    text = text.strip()
    interview = await lock_own_interview(session, candidate_id, interview_id)
    question = question_of(interview, question_id)
    if not text:
        raise AnswerEmpty
    if len(text) > LONGEST_ANSWER:
        raise AnswerTooLong(f"It has {len(text)} characters; {LONGEST_ANSWER} are the most.")
    before = length_before(interview, question)
    if question.parent_id is not None and before + len(text) > LONGEST_ANSWER:
        raise AnswerTooLong(
            f"It has {len(text)} characters; with what was answered before, {LONGEST_ANSWER - before} are the most."
        )
    if question.answer is not None:
        if question.answer.text == text:
            return interview
        raise AnswerAlreadySubmitted
    if interview.status != "in_progress" or not question.is_open or question.asked_at is None:
        raise QuestionNotOpen
    submitted_at = now()
    # Before the question closes, because its speech closes with it.
    transcript = transcript_of(question, text, heard) if heard is not None else None
    question.move_to("submitted")
    question.draft = None
    answer = Answer(
        id=new_id(),
        question_id=question.id,
        attempt=1,
        text=text,
        source=source,
        submitted_at=submitted_at,
        # A clock that was set back must not make a negative duration.
        duration_s=max(0.0, (submitted_at - question.asked_at).total_seconds()),
        analysis="queued",
        transcript=transcript.model_dump(mode="json") if transcript is not None else None,
    )
    question.answers.append(answer)
    if not await ask_again(session, interview, question, submitted_at):
        await close_thread(session, interview, question)
        await advance(session, interview, submitted_at)
    return interview


async def skip_question(session: AsyncSession, candidate_id: UUID, interview_id: UUID, question_id: UUID) -> Interview:
    """Leave a question out; nothing to do when it was skipped before. After a skipped follow-up no other is asked.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        QuestionNotOpen: this question is not being asked.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    question = question_of(interview, question_id)
    if question.status == "skipped":
        return interview
    if interview.status != "in_progress" or not question.is_open:
        raise QuestionNotOpen
    question.move_to("skipped")
    question.draft = None
    await close_thread(session, interview, question)
    await advance(session, interview, now())
    return interview

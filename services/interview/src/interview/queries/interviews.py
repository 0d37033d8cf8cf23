"""Finding interviews."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kit.pagination import Cursor
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from interview.models import Answer, Interview, Question, SpeechPart
from interview.states import InterviewStatus

_KEPT_SPEECH = Question.speech.and_(SpeechPart.status != "dropped")


def _whole() -> Select[Interview]:
    questions = selectinload(Interview.questions)
    return select(Interview).options(
        questions.selectinload(Question.answers),
        questions.joinedload(Question.draft),
        questions.selectinload(_KEPT_SPEECH),
        selectinload(Interview.consents),
        joinedload(Interview.tailoring),
    )


def _row(candidate_id: UUID, interview_id: UUID) -> Select[Interview]:
    return select(Interview).where(*_own(candidate_id, interview_id))


def _own(candidate_id: UUID, interview_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Interview.id == interview_id, Interview.candidate_id == candidate_id


async def own(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview | None:
    """Return one interview of a candidate with all that can be seen of it."""
    # It is read after every change while somebody speaks, and nobody looks at when each word was said.
    without_words = selectinload(Interview.questions).selectinload(_KEPT_SPEECH).defer(SpeechPart.words, raiseload=True)
    statement = _whole().options(without_words).where(*_own(candidate_id, interview_id))
    return (await session.scalars(statement)).one_or_none()


async def lock_own(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview | None:
    """Return one interview of a candidate; until the transaction ends nobody else changes it."""
    statement = _whole().where(*_own(candidate_id, interview_id))
    return (await session.scalars(statement.with_for_update(of=Interview))).one_or_none()


async def own_row(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview | None:
    """Return one interview of a candidate without what belongs to it."""
    return (await session.scalars(_row(candidate_id, interview_id))).one_or_none()


async def lock_own_row(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview | None:
    """Likewise; until the transaction ends nobody else changes it or anything below it."""
    return (await session.scalars(_row(candidate_id, interview_id).with_for_update())).one_or_none()


async def lock(session: AsyncSession, interview_id: UUID) -> Interview | None:
    """Return an interview, whoever's it is; until the transaction ends nobody else changes it."""
    statement = _whole().where(Interview.id == interview_id).with_for_update(of=Interview)
    return (await session.scalars(statement)).one_or_none()


async def newest_first(
    session: AsyncSession,
    candidate_id: UUID,
    *,
    status: InterviewStatus | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[tuple[Interview, int]]:
    """Return a candidate's interviews with the number of answers, one more than `limit` when there are more."""
    answered = (
        select(func.count(Answer.id))
        .join(Question, Answer.question_id == Question.id)
        # Neither follow-ups nor further attempts at a question are further answers of the interview.
        .where(Question.interview_id == Interview.id, Question.parent_id.is_(None), Answer.attempt == 1)
        .scalar_subquery()
    )
    statement = (
        select(Interview, answered)
        .where(Interview.candidate_id == candidate_id)
        .order_by(Interview.id.desc())
        .limit(limit + 1)
    )
    if status is not None:
        statement = statement.where(Interview.status == status)
    if after is not None:
        statement = statement.where(Interview.id < after.id)
    return [(interview, count or 0) for interview, count in await session.execute(statement)]


async def versions(session: AsyncSession, interview_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the versions of several interviews in one go."""
    statement = select(Interview.id, Interview.version).where(Interview.id.in_(interview_ids))
    return {row.id: row.version for row in await session.execute(statement)}


async def lock_stuck(session: AsyncSession, due_before: datetime, limit: int) -> Sequence[Interview]:
    """Return interviews whose preparation should have ended before `due_before`; other reconcilers skip them."""
    statement = (
        _whole()
        .where(Interview.status == "preparing", Interview.preparation_due_at < due_before)
        .order_by(Interview.preparation_due_at)
        .limit(limit)
        .with_for_update(of=Interview, skip_locked=True)
    )
    return (await session.scalars(statement)).all()

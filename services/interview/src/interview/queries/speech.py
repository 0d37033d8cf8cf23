"""Finding parts of speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Question, SpeechPart
from interview.states import WAITING_SPEECH


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part belongs."""

    part_id: UUID
    interview_id: UUID
    question_id: UUID
    take: UUID
    seq: int


async def find(session: AsyncSession, question_id: UUID, take: UUID, seq: int) -> SpeechPart | None:
    """Return a part, also one that was dropped."""
    statement = select(SpeechPart).where(
        SpeechPart.question_id == question_id, SpeechPart.take == take, SpeechPart.seq == seq
    )
    return (await session.scalars(statement)).one_or_none()


async def count(session: AsyncSession, question_id: UUID) -> int:
    """Return how many parts a question has."""
    return await session.scalar(select(func.count()).where(SpeechPart.question_id == question_id)) or 0


async def stuck(session: AsyncSession, due_before: datetime, limit: int) -> Sequence[PartPlace]:
    """Return parts that should have become text before `due_before`."""
    return await _places(session, SpeechPart.status.in_(WAITING_SPEECH) & (SpeechPart.due_at < due_before), limit)


async def with_needless_sound(session: AsyncSession, failed_before: datetime, limit: int) -> Sequence[PartPlace]:
    """Return parts whose sound nobody needs any more: they are text, or dropped, or failed and left so."""
    needless = or_(
        SpeechPart.status.in_(("done", "dropped")),
        and_(SpeechPart.status == "failed", SpeechPart.received_at < failed_before),
    )
    return await _places(session, SpeechPart.has_audio & needless, limit)


async def known_sounds(session: AsyncSession, question_ids: Sequence[UUID]) -> set[tuple[UUID, UUID, int]]:
    """Return question, take and number of every part of these questions that has its sound."""
    statement = select(SpeechPart.question_id, SpeechPart.take, SpeechPart.seq).where(
        SpeechPart.question_id.in_(question_ids), SpeechPart.has_audio
    )
    return {(row.question_id, row.take, row.seq) for row in await session.execute(statement)}


async def forget_sounds(session: AsyncSession, part_ids: Sequence[UUID]) -> None:
    """Note that the sounds of these parts are gone."""
    await session.execute(update(SpeechPart).where(SpeechPart.id.in_(part_ids)).values(has_audio=False))


async def _places(session: AsyncSession, which: object, limit: int) -> Sequence[PartPlace]:
    statement = (
        select(SpeechPart.id, Question.interview_id, SpeechPart.question_id, SpeechPart.take, SpeechPart.seq)
        .join(Question, SpeechPart.question_id == Question.id)
        .where(which)  # type: ignore[arg-type] # a condition
        .order_by(SpeechPart.id)
        .limit(limit)
    )
    return [PartPlace(*row) for row in await session.execute(statement)]

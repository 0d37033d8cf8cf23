"""Finding parts of speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Consent, Question, SpeechPart
from interview.states import WAITING_SPEECH


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part belongs."""

    part_id: UUID
    interview_id: UUID
    question_id: UUID
    take: UUID
    seq: int
    sha256: bytes


async def find(session: AsyncSession, question_id: UUID, take: UUID, seq: int) -> SpeechPart | None:
    """Return a part, also one that was dropped."""
    return (await session.scalars(_one(question_id, take, seq))).one_or_none()


async def lock(session: AsyncSession, question_id: UUID, take: UUID, seq: int) -> SpeechPart | None:
    """Likewise; until the transaction ends nobody deletes its sound."""
    return (await session.scalars(_one(question_id, take, seq).with_for_update())).one_or_none()


async def count(session: AsyncSession, question_id: UUID) -> int:
    """Return how many parts a question has."""
    return await session.scalar(select(func.count()).where(SpeechPart.question_id == question_id)) or 0


async def stuck(session: AsyncSession, due_before: datetime, limit: int) -> Sequence[PartPlace]:
    """Return parts that should have become text before `due_before`."""
    statement = _places(SpeechPart.status.in_(WAITING_SPEECH) & (SpeechPart.due_at < due_before), limit)
    return [PartPlace(*row) for row in await session.execute(statement)]


async def lock_needless_sounds(session: AsyncSession, failed_before: datetime, limit: int) -> Sequence[PartPlace]:
    """Return parts whose sound nobody needs any more, and that nobody else is changing.

    They are text, or dropped, or failed and left so, or wait while there is no consent any more.
    """
    consented = exists().where(
        Consent.interview_id == Question.interview_id,
        Consent.capture == "audio_transcription",
        Consent.withdrawn_at.is_(None),
    )
    needless = or_(
        SpeechPart.status.in_(("done", "dropped")),
        and_(SpeechPart.status == "failed", SpeechPart.received_at < failed_before),
        and_(SpeechPart.status.in_(("failed", "queued")), ~consented),
    )
    statement = _places(SpeechPart.has_audio & needless, limit).with_for_update(of=SpeechPart, skip_locked=True)
    return [PartPlace(*row) for row in await session.execute(statement)]


async def with_sounds(session: AsyncSession, question_ids: Sequence[UUID]) -> Sequence[PartPlace]:
    """Return every part of these questions that has its sound."""
    statement = _places(SpeechPart.question_id.in_(question_ids) & SpeechPart.has_audio)
    return [PartPlace(*row) for row in await session.execute(statement)]


async def forget_sounds(session: AsyncSession, part_ids: Sequence[UUID]) -> None:
    """Note that the sounds of these parts are gone."""
    await session.execute(update(SpeechPart).where(SpeechPart.id.in_(part_ids)).values(has_audio=False))


def _one(question_id: UUID, take: UUID, seq: int) -> Select[SpeechPart]:
    return select(SpeechPart).where(
        SpeechPart.question_id == question_id, SpeechPart.take == take, SpeechPart.seq == seq
    )


def _places(which: ColumnElement[bool], limit: int | None = None) -> Select[UUID, UUID, UUID, UUID, int, bytes]:
    return (
        select(
            SpeechPart.id,
            Question.interview_id,
            SpeechPart.question_id,
            SpeechPart.take,
            SpeechPart.seq,
            SpeechPart.sha256,
        )
        .join(Question, SpeechPart.question_id == Question.id)
        .where(which)
        .order_by(SpeechPart.id)
        .limit(limit)
    )

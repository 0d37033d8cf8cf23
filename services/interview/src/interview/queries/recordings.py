"""Finding recordings and their chunks. What was deleted is found by nobody but those who clear it away."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Interview, Recording, RecordingChunk

_FIRST_MISSING = 100


async def own(session: AsyncSession, candidate_id: UUID, interview_id: UUID, recording_id: UUID) -> Recording | None:
    """Return one recording of a candidate."""
    return await session.scalar(select(Recording).where(*_own(candidate_id, interview_id, recording_id)))


async def lock_own(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, recording_id: UUID
) -> Recording | None:
    """Return one recording of a candidate; until the transaction ends nobody else changes it."""
    statement = select(Recording).where(*_own(candidate_id, interview_id, recording_id))
    return await session.scalar(statement.with_for_update())


async def lock(session: AsyncSession, recording_id: UUID) -> Recording | None:
    """Return a recording, whoever's it is and even if it was deleted; nobody else changes it meanwhile."""
    return await session.scalar(select(Recording).where(Recording.id == recording_id).with_for_update())


async def of_interview(session: AsyncSession, interview_id: UUID) -> Sequence[Recording]:
    """Return the recordings of an interview in the order in which they were made."""
    statement = (
        select(Recording)
        .where(Recording.interview_id == interview_id, Recording.deleted_at.is_(None))
        .order_by(Recording.started_at, Recording.id)
    )
    return (await session.scalars(statement)).all()


async def of_candidate(session: AsyncSession, candidate_id: UUID) -> Sequence[tuple[Recording, str]]:
    """Return a candidate's recordings with the title of the role, newest first."""
    statement = (
        select(Recording, Interview.role_title)
        .join(Interview, Recording.interview_id == Interview.id)
        .where(Recording.candidate_id == candidate_id, Recording.deleted_at.is_(None))
        .order_by(Recording.started_at.desc(), Recording.id.desc())
    )
    return [(recording, title) for recording, title in await session.execute(statement)]


async def lock_of_candidate(session: AsyncSession, candidate_id: UUID) -> Sequence[Recording]:
    """Return a candidate's recordings, to be changed."""
    statement = (
        select(Recording)
        .where(Recording.candidate_id == candidate_id, Recording.deleted_at.is_(None))
        .order_by(Recording.id)
        .with_for_update()
    )
    return (await session.scalars(statement)).all()


async def used_bytes(session: AsyncSession, candidate_id: UUID) -> int:
    """Return what a candidate's recordings take in the storage."""
    taken = func.sum(Recording.chunk_bytes + func.coalesce(Recording.video_bytes, 0))
    statement = select(taken).where(Recording.candidate_id == candidate_id, Recording.deleted_at.is_(None))
    return int(await session.scalar(statement) or 0)


async def count_of_interview(session: AsyncSession, interview_id: UUID) -> int:
    """Return how many recordings an interview has."""
    statement = select(func.count(Recording.id)).where(
        Recording.interview_id == interview_id, Recording.deleted_at.is_(None)
    )
    return int(await session.scalar(statement) or 0)


async def chunk(session: AsyncSession, recording_id: UUID, seq: int) -> RecordingChunk | None:
    """Return the chunk with this number."""
    return await session.get(RecordingChunk, (recording_id, seq))


async def chunks(session: AsyncSession, recording_id: UUID) -> Sequence[RecordingChunk]:
    """Return all chunks that came, in order."""
    statement = select(RecordingChunk).where(RecordingChunk.recording_id == recording_id)
    return (await session.scalars(statement.order_by(RecordingChunk.seq))).all()


async def highest_seq(session: AsyncSession, recording_id: UUID) -> int | None:
    """Return the highest number under which a chunk came."""
    statement = select(func.max(RecordingChunk.seq)).where(RecordingChunk.recording_id == recording_id)
    return await session.scalar(statement)


async def missing(session: AsyncSession, recording: Recording, total: int | None = None) -> list[int]:
    """Return the numbers of chunks that have not come, the first hundred.

    They are looked for below `total`; when that is not known, below the last that came.
    """
    end = total if total is not None else recording.total_chunks
    if end is None:
        highest = await highest_seq(session, recording.id)
        end = highest + 1 if highest is not None else 0
    return await _missing_below(session, recording, end)


async def missing_of(session: AsyncSession, found: Sequence[Recording]) -> dict[UUID, list[int]]:
    """Return the same of several recordings by their ids; only one with a gap takes a query of its own."""
    open_ended = [recording.id for recording in found if recording.total_chunks is None]
    statement = (
        select(RecordingChunk.recording_id, (func.max(RecordingChunk.seq) + 1).label("end"))
        .where(RecordingChunk.recording_id.in_(open_ended))
        .group_by(RecordingChunk.recording_id)
    )
    ends = {row.recording_id: row.end for row in await session.execute(statement)}
    return {
        recording.id: await _missing_below(session, recording, recording.total_chunks or ends.get(recording.id, 0))
        for recording in found
    }


async def _missing_below(session: AsyncSession, recording: Recording, end: int) -> list[int]:
    if recording.received_chunks >= end:
        return []  # a number comes once, and none beyond the end
    wanted = func.generate_series(0, end - 1).table_valued("seq").render_derived()
    statement = (
        select(wanted.c.seq)
        .outerjoin(RecordingChunk, (RecordingChunk.recording_id == recording.id) & (RecordingChunk.seq == wanted.c.seq))
        .where(RecordingChunk.seq.is_(None))
        .order_by(wanted.c.seq)
        .limit(_FIRST_MISSING)
    )
    return list(await session.scalars(statement))


async def lock_idle(session: AsyncSession, silent_since: datetime, limit: int) -> Sequence[Recording]:
    """Return recordings to which nothing has come for a while."""
    return await _lock_some(
        session,
        limit,
        Recording.deleted_at.is_(None),
        Recording.status == "receiving",
        Recording.last_chunk_at < silent_since,
    )


async def lock_stuck(session: AsyncSession, due_before: datetime, limit: int) -> Sequence[Recording]:
    """Return recordings whose assembly should have ended before `due_before`."""
    return await _lock_some(
        session,
        limit,
        Recording.deleted_at.is_(None),
        Recording.status == "assembling",
        Recording.assembly_due_at < due_before,
    )


async def lock_expired(session: AsyncSession, at: datetime, limit: int) -> Sequence[Recording]:
    """Return recordings whose time is over."""
    return await _lock_some(session, limit, Recording.deleted_at.is_(None), Recording.delete_after < at)


async def lock_late(session: AsyncSession, silent_since: datetime, limit: int) -> Sequence[Recording]:
    """Return recordings that have a video and would still take chunks, but have waited long enough."""
    return await _lock_some(
        session,
        limit,
        Recording.deleted_at.is_(None),
        Recording.sealed.is_(False),
        Recording.status.in_(("ready", "partial")),
        Recording.last_chunk_at < silent_since,
    )


async def with_spare_chunks(session: AsyncSession, limit: int) -> Sequence[Recording]:
    """Return recordings whose chunks are all in the video, so that nobody needs them any more."""
    statement = (
        select(Recording)
        .where(
            Recording.deleted_at.is_(None),
            Recording.sealed.is_(True),
            Recording.status.in_(("ready", "partial")),
            Recording.failure.is_(None),
            Recording.chunk_bytes > 0,
        )
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


async def to_clear(session: AsyncSession, cleared_before: datetime, limit: int) -> Sequence[Recording]:
    """Return deleted recordings that were not cleared away yet, or for the first time before `cleared_before`."""
    statement = (
        select(Recording)
        .where(
            Recording.deleted_at.is_not(None),
            or_(Recording.cleared_at.is_(None), Recording.cleared_at < cleared_before),
        )
        .order_by(Recording.deleted_at)
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


async def _lock_some(session: AsyncSession, limit: int, *conditions: ColumnElement[bool]) -> Sequence[Recording]:
    # Other replicas do the same job at the same time; each takes what the others have not taken.
    statement = select(Recording).where(*conditions).order_by(Recording.id).limit(limit)
    return (await session.scalars(statement.with_for_update(skip_locked=True))).all()


def _own(candidate_id: UUID, interview_id: UUID, recording_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        Recording.id == recording_id,
        Recording.interview_id == interview_id,
        Recording.candidate_id == candidate_id,
        Recording.deleted_at.is_(None),
    )

"""Keeping recordings: what arrives is kept before it is acknowledged, and nothing that was kept is lost."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contracts.interview import RecordingCompleted
from kit.clock import now
from kit.database import Database
from kit.messaging import publish
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from interview.containers import Container, recognise
from interview.errors import (
    ChunkDiffers,
    ChunkEmpty,
    ChunkOutOfRange,
    ChunksMissing,
    ConsentMissing,
    QuotaExceeded,
    RecordingClosed,
    RecordingDiffers,
    RecordingNotFound,
    RecordingNotReady,
    RecordingsFull,
    RecordingTimeImpossible,
    RecordingTooLarge,
    RecordingTooLong,
    VideoNotRecognised,
)
from interview.models import Recording, RecordingChunk, chunk_key
from interview.queries import recordings
from interview.schemas.recordings import MOST_CHUNKS
from interview.settings import InterviewSettings
from interview.storage import Storage, StorageUnavailable
from interview.use_cases import consents
from interview.use_cases.interviews import own_interview

_CLOCKS_DIFFER = timedelta(seconds=60)
# A recorder's chunks are a second or longer, but for the last one and those around a pause.
_SHORT_CHUNKS = 60
_CONTAINERS: dict[str, Container] = {"video/webm": "webm", "video/mp4": "mp4"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be recorded, and how much room is left."""

    chunk_max_bytes: int
    max_bytes: int
    max_seconds: int
    quota_bytes: int
    used_bytes: int
    retention_days: int


async def limits(session: AsyncSession, candidate_id: UUID, settings: InterviewSettings) -> Limits:
    """Return what a candidate may record."""
    return Limits(
        chunk_max_bytes=settings.recording_chunk_max_bytes,
        max_bytes=settings.recording_max_bytes,
        max_seconds=settings.recording_max_seconds,
        quota_bytes=settings.recording_quota_bytes,
        used_bytes=await recordings.used_bytes(session, candidate_id),
        retention_days=settings.recording_retention_days,
    )


async def begin(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    recording_id: UUID,
    *,
    content_type: str,
    started_at: datetime,
    settings: InterviewSettings,
) -> tuple[Recording, bool]:
    """Begin a recording; return it and whether it is new. The same again finds the first.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        RecordingNotFound: the id belongs to something of which nothing is told.
        RecordingDiffers: it was begun before, in another format.
        ConsentMissing: the candidate has not agreed, or to it being kept for another time.
        VideoNotRecognised: it would be neither WebM nor MP4.
        RecordingTimeImpossible: it cannot have begun then.
        RecordingsFull, QuotaExceeded: there is no room for another one.
    """
    interview = await own_interview(session, candidate_id, interview_id)
    container = _CONTAINERS.get(content_type.partition(";")[0].strip().lower())
    if container is None:
        raise VideoNotRecognised
    known = await recordings.lock(session, recording_id)
    if known is not None:
        return _same(known, candidate_id, interview_id, content_type), False
    await _require_consent_to_keep(session, interview_id, settings.recording_retention_days)
    at = now()
    if not interview.created_at - _CLOCKS_DIFFER <= started_at <= at + _CLOCKS_DIFFER:
        raise RecordingTimeImpossible
    if await recordings.count_of_interview(session, interview_id) >= settings.recording_max_per_interview:
        raise RecordingsFull
    await _require_room(session, candidate_id, 1, settings)
    # Two windows, or a retry that overtakes: one of them inserts, the other finds.
    added = await session.scalar(
        insert(Recording)
        .values(
            id=recording_id,
            interview_id=interview_id,
            candidate_id=candidate_id,
            content_type=content_type,
            container=container,
            started_at=started_at,
            last_chunk_at=at,
            delete_after=at + timedelta(days=settings.recording_retention_days),
        )
        .on_conflict_do_nothing()
        .returning(Recording.id)
    )
    recording = await recordings.lock(session, recording_id)
    if recording is None:
        raise RecordingNotFound
    return _same(recording, candidate_id, interview_id, content_type), added is not None


async def receive_chunk(
    database: Database,
    storage: Storage,
    candidate_id: UUID,
    interview_id: UUID,
    recording_id: UUID,
    *,
    seq: int,
    content: bytes,
    settings: InterviewSettings,
) -> Recording:
    """Keep a chunk, in any order; the same chunk again is the same. No transaction is open while it is stored.

    Raises:
        RecordingNotFound: there is none, or it is somebody else's.
        RecordingClosed: it was said to be complete.
        ConsentMissing: the candidate has taken it back.
        ChunkEmpty, ChunkOutOfRange, ChunkDiffers, VideoNotRecognised: it is not a chunk that fits.
        RecordingTooLong, RecordingTooLarge, QuotaExceeded: there is no room for it.
        StorageUnavailable: it could not be kept; send it again.
    """
    if not 0 <= seq < MOST_CHUNKS:
        raise ChunkOutOfRange
    if not content:
        raise ChunkEmpty
    digest = hashlib.sha256(content).digest()
    async with database.transaction() as session:
        recording = await own_recording(session, candidate_id, interview_id, recording_id)
        if await _is_known(session, recording, seq, digest):
            return recording
        await _require_fit(session, recording, seq, content, settings)
    key = chunk_key(recording_id, seq, digest)
    await storage.put(key, content)
    try:
        async with database.transaction() as session:
            # Whoever is refused here leaves a file that nobody names. It goes when the recording goes, and at the
            # latest then; deleting it now could hit the same chunk that another request has just been told is kept.
            recording = await _lock(session, candidate_id, interview_id, recording_id)
            if await _is_known(session, recording, seq, digest):
                return recording
            await _require_fit(session, recording, seq, content, settings)
            _add_chunk(session, recording, seq, len(content), digest)
    except ChunkDiffers:
        # But this one will never be named. Left where it is, a browser that sends a thousand chunks under one number
        # would fill the storage beside its quota.
        with suppress(StorageUnavailable):
            await storage.delete(key)
        raise
    return recording


def _add_chunk(session: AsyncSession, recording: Recording, seq: int, size: int, digest: bytes) -> None:
    session.add(RecordingChunk(recording_id=recording.id, seq=seq, size=size, digest=digest))
    recording.received_chunks += 1
    recording.chunk_bytes += size
    recording.last_chunk_at = now()
    if recording.status != "receiving":
        # It was closed because nothing came; a worker that is at it finds its claim gone.
        recording.move_to("receiving")
        recording.assembly_claim = recording.assembly_due_at = recording.failure = None


async def complete(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    recording_id: UUID,
    *,
    chunks: int,
    lease: timedelta,
) -> Recording:
    """Have the video made; nothing to do when that was asked for before. One that failed is tried again.

    Raises:
        RecordingNotFound: there is none, or it is somebody else's.
        RecordingClosed: it was completed with another number of chunks.
        ChunksMissing: these have not arrived.
        ChunkOutOfRange: more have arrived than there are said to be.
    """
    recording = await _lock(session, candidate_id, interview_id, recording_id)
    if recording.sealed:
        if recording.total_chunks != chunks:
            raise RecordingClosed
        if recording.status == "failed":
            await send_to_assembly(session, recording, lease)
        return recording
    highest = await recordings.highest_seq(session, recording.id)
    if highest is not None and highest >= chunks:
        raise ChunkOutOfRange(f"Chunk {highest} has arrived, so there are more than {chunks}.")
    if missing := await recordings.missing(session, recording, chunks):
        raise ChunksMissing(missing)
    recording.total_chunks, recording.sealed = chunks, True
    # Closed for silence with nothing missing: the video that was made then is the whole one.
    if recording.status not in ("ready", "assembling"):
        await send_to_assembly(session, recording, lease)
    return recording


async def send_to_assembly(session: AsyncSession, recording: Recording, lease: timedelta) -> None:
    """Have the video made of what has arrived.

    Raises:
        IllegalTransition: it is being made already.
    """
    recording.move_to("assembling")
    recording.failure = recording.assembly_claim = None
    recording.assembly_rounds = 0
    await order_assembly(session, recording, lease)


async def order_assembly(session: AsyncSession, recording: Recording, lease: timedelta) -> None:
    """Tell a worker to make the video."""
    recording.assembly_due_at = now() + lease
    await publish(
        session,
        RecordingCompleted(
            interview_id=recording.interview_id,
            candidate_id=recording.candidate_id,
            recording_id=recording.id,
            completed_at=now(),
        ),
    )


async def own_recording(session: AsyncSession, candidate_id: UUID, interview_id: UUID, recording_id: UUID) -> Recording:
    """Return a candidate's recording.

    Raises:
        RecordingNotFound: there is none, or it is somebody else's.
    """
    return _found(await recordings.own(session, candidate_id, interview_id, recording_id))


async def video_of(session: AsyncSession, candidate_id: UUID, interview_id: UUID, recording_id: UUID) -> Recording:
    """Return a candidate's recording that has a video.

    Raises:
        RecordingNotFound: there is none, or it is somebody else's.
        RecordingNotReady: it has no video, or not yet.
    """
    recording = await own_recording(session, candidate_id, interview_id, recording_id)
    if recording.video_key is None or recording.status not in ("ready", "partial"):
        raise RecordingNotReady(recording.status)
    return recording


async def delete(session: AsyncSession, candidate_id: UUID, interview_id: UUID, recording_id: UUID) -> None:
    """Delete a recording, at any stage: from now on nobody finds it, and a worker clears its files away.

    Raises:
        RecordingNotFound: there is none, or it is somebody else's.
    """
    mark_deleted(await _lock(session, candidate_id, interview_id, recording_id))


async def delete_all(session: AsyncSession, candidate_id: UUID) -> None:
    """Delete every recording of a candidate."""
    for recording in await recordings.lock_of_candidate(session, candidate_id):
        mark_deleted(recording)


def mark_deleted(recording: Recording) -> None:
    """Let nobody find it any more; a worker that is at it finds its claim gone."""
    recording.deleted_at = now()
    recording.assembly_claim = recording.assembly_due_at = None


async def of_interview(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Sequence[Recording]:
    """Return the recordings of one interview, in order.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    await own_interview(session, candidate_id, interview_id)
    return await recordings.of_interview(session, interview_id)


async def _lock(session: AsyncSession, candidate_id: UUID, interview_id: UUID, recording_id: UUID) -> Recording:
    return _found(await recordings.lock_own(session, candidate_id, interview_id, recording_id))


def _found(recording: Recording | None) -> Recording:
    if recording is None:
        raise RecordingNotFound
    return recording


def _same(recording: Recording, candidate_id: UUID, interview_id: UUID, content_type: str) -> Recording:
    whose = (recording.candidate_id, recording.interview_id, recording.deleted_at)
    if whose != (candidate_id, interview_id, None):
        raise RecordingNotFound
    if recording.content_type != content_type:
        raise RecordingDiffers
    return recording


async def _is_known(session: AsyncSession, recording: Recording, seq: int, digest: bytes) -> bool:
    known = await recordings.chunk(session, recording.id, seq)
    if known is None:
        return False
    if known.digest != digest:
        raise ChunkDiffers
    return True


async def _require_fit(
    session: AsyncSession, recording: Recording, seq: int, content: bytes, settings: InterviewSettings
) -> None:
    """Let a new chunk pass or stop it."""
    if not recording.is_open:
        raise RecordingClosed
    await consents.require(session, recording.interview_id, "video_recording")
    if seq == 0 and recognise(content) != recording.container:
        raise VideoNotRecognised
    # Neither says for sure how long it is, but nobody gets beyond both: chunks last a second, and a recording that is
    # sent late is sent within a day or it is closed.
    if seq >= settings.recording_max_seconds + _SHORT_CHUNKS:
        raise RecordingTooLong(settings.recording_max_seconds)
    if now() - recording.created_at > timedelta(seconds=settings.recording_max_seconds) + settings.recording_reopen:
        raise RecordingTooLong(settings.recording_max_seconds)
    if recording.chunk_bytes + len(content) > settings.recording_max_bytes:
        raise RecordingTooLarge(settings.recording_max_bytes)
    await _require_room(session, recording.candidate_id, len(content), settings)


async def _require_consent_to_keep(session: AsyncSession, interview_id: UUID, days: int) -> None:
    """Let a recording begin that is kept for as long as the candidate has agreed to: the version ends with the days."""
    consent = await consents.require(session, interview_id, "video_recording")
    if consent.version.rpartition("-")[2] != f"{days}d":
        raise ConsentMissing("video_recording")


async def _require_room(session: AsyncSession, candidate_id: UUID, size: int, settings: InterviewSettings) -> None:
    used = await recordings.used_bytes(session, candidate_id)
    if used + size > settings.recording_quota_bytes:
        raise QuotaExceeded(used, settings.recording_quota_bytes)

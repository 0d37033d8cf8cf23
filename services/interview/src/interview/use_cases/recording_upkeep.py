"""What happens to recordings by itself: closed when nothing comes, deleted when their time is over, cleared away."""

import asyncio
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog
from kit.clock import now
from kit.database import Database
from sqlalchemy.ext.asyncio import AsyncSession

from interview.queries import recordings
from interview.settings import InterviewSettings
from interview.storage import Storage
from interview.use_cases.assembly import SCRATCH_PREFIX, republish_stuck
from interview.use_cases.recordings import mark_deleted, send_to_assembly

log = structlog.get_logger(__name__)

_AT_ONCE = 50
# A chunk or a video may be on its way into the storage while its recording is deleted. What is deleted is cleared
# away at once, and a second time when that must have ended.
_STRAGGLERS = timedelta(minutes=15)
_SCRATCH_AGE = timedelta(hours=6)


async def look_after(database: Database, storage: Storage, settings: InterviewSettings) -> None:
    """Do all of it once. What needs no storage is done first, so that it is done while the storage is away."""
    async with database.transaction() as session:
        await close_idle(session, settings)
        await republish_stuck(session, settings.recording_lease)
        await expire(session)
        await seal_late(session, settings)
    await clear_deleted(database, storage)
    await drop_spare_chunks(database, storage)
    await asyncio.to_thread(sweep_scratch, settings.scratch_dir)


async def close_idle(session: AsyncSession, settings: InterviewSettings) -> int:
    """Have the videos made of recordings to which nothing has come for a while; return how many there were."""
    idle = await recordings.lock_idle(session, now() - settings.recording_idle, _AT_ONCE)
    for recording in idle:
        log.info("recording_closed_for_silence", recording_id=str(recording.id), chunks=recording.received_chunks)
        await send_to_assembly(session, recording, settings.recording_lease)
    return len(idle)


async def expire(session: AsyncSession) -> int:
    """Delete recordings whose time is over; return how many there were."""
    expired = await recordings.lock_expired(session, now(), _AT_ONCE)
    for recording in expired:
        log.info("recording_expired", recording_id=str(recording.id))
        mark_deleted(recording)
    return len(expired)


async def seal_late(session: AsyncSession, settings: InterviewSettings) -> int:
    """Stop waiting for late chunks; return for how many recordings."""
    late = await recordings.lock_late(session, now() - settings.recording_reopen, _AT_ONCE)
    for recording in late:
        recording.sealed = True
    return len(late)


async def clear_deleted(database: Database, storage: Storage) -> int:
    """Remove the files of deleted recordings, and in the end their rows; return how many were touched."""
    async with database.transaction() as session:
        deleted = await recordings.to_clear(session, now() - _STRAGGLERS, _AT_ONCE)
    for recording in deleted:
        await storage.delete_prefix(recording.folder)
        async with database.transaction() as session:
            current = await recordings.lock(session, recording.id)
            if current is None:
                continue
            if current.cleared_at is None:
                current.cleared_at = now()
            elif current.cleared_at == recording.cleared_at:
                await session.delete(current)
        log.info("recording_cleared", recording_id=str(recording.id), last=recording.cleared_at is not None)
    return len(deleted)


async def drop_spare_chunks(database: Database, storage: Storage) -> int:
    """Remove the chunks of recordings whose video has all of them; return of how many."""
    async with database.transaction() as session:
        spare = await recordings.with_spare_chunks(session, _AT_ONCE)
    for recording in spare:
        await storage.delete_prefix(f"{recording.folder}/chunks")
        async with database.transaction() as session:
            current = await recordings.lock(session, recording.id)
            if current is not None:
                current.chunk_bytes = 0
    return len(spare)


def sweep_scratch(scratch: Path | None) -> None:
    """Remove what killed workers have left on the disk."""
    oldest = time.time() - _SCRATCH_AGE.total_seconds()
    for folder in Path(scratch or tempfile.gettempdir()).glob(f"{SCRATCH_PREFIX}*"):
        # A worker that is just done removes its own.
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)

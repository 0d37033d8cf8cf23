"""Making a video of chunks: claim, put together with no transaction open, record.

Whoever claims last holds the claim (a fencing token), and only its video counts; each claim has a file of its own, so
a worker that was thought dead overwrites nothing. Memory stays flat: a chunk at a time goes to the disk, FFmpeg works
from file to file, and the result is stored as a stream.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import structlog
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from sqlalchemy.ext.asyncio import AsyncSession

from interview.containers import Container
from interview.models import Recording
from interview.queries import recordings
from interview.storage import ObjectMissing, Storage, StorageUnavailable
from interview.use_cases.recordings import order_assembly
from interview.video import NotAVideo, Video, remux

log = structlog.get_logger(__name__)

SCRATCH_PREFIX = "interview-kit-recording-"
_ROUNDS = 3
_STUCK_AT_ONCE = 50
_OUR_FAULT = "Something went wrong on our side while the video was made. What was recorded is kept; try again later."
_NOTHING_CAME = "Nothing of this recording arrived."
_NO_BEGINNING = "The beginning of this recording never arrived, and without it the rest cannot be played."


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed assembly."""

    recording_id: UUID
    claim: UUID
    container: Container
    chunk_keys: tuple[str, ...]
    video_key: str
    is_whole: bool


async def assemble(
    database: Database,
    storage: Storage,
    recording_id: UUID,
    message_id: UUID,
    *,
    scratch: Path | None,
    lease: timedelta,
    last_try: bool,
) -> None:
    """Make the video of a recording that waits for it; nothing to do for any other.

    A fault of our own is raised, so that the message comes again; on the `last_try` the recording says so first. While
    the storage is away nothing is given up: the recording waits, and the reconciler asks again.
    """
    async with database.transaction() as session:
        job = await claim(session, recording_id, message_id, lease)
    if job is None:
        return
    try:
        await _make_and_record(database, storage, scratch, job)
    except StorageUnavailable:
        if last_try:
            async with database.transaction() as session:
                await _wait_for_storage(session, job, lease)
        raise
    except Exception:
        if last_try:
            async with database.transaction() as session:
                await fail(session, job, _OUR_FAULT)
        raise


async def claim(session: AsyncSession, recording_id: UUID, message_id: UUID, lease: timedelta) -> Job | None:
    """Take a recording that waits for its video; None when there is nothing to do.

    The same message again takes the claim over, because it only comes again when its worker is gone. Another message
    leaves a live claim alone.
    """
    recording = await recordings.lock(session, recording_id)
    if recording is None or recording.deleted_at is not None or recording.status != "assembling":
        log.info("nothing_to_assemble", recording_id=str(recording_id))
        return None
    due_at = recording.assembly_due_at
    is_live = recording.assembly_claim is not None and due_at is not None and due_at > now()
    if is_live and recording.assembly_message_id != message_id:
        log.info("assembled_by_another", recording_id=str(recording_id))
        return None
    chunks = await recordings.chunks(session, recording_id)
    whole = [chunk for position, chunk in enumerate(chunks) if chunk.seq == position]
    if not whole:
        _fail(recording, _NO_BEGINNING if chunks else _NOTHING_CAME)
        return None
    token = new_id()
    recording.assembly_claim = token
    recording.assembly_message_id = message_id
    recording.assembly_due_at = now() + lease
    return Job(
        recording_id=recording.id,
        claim=token,
        container=recording.container,
        chunk_keys=tuple(chunk.key for chunk in whole),
        video_key=f"{recording.folder}/{token}/video.{recording.container}",
        is_whole=len(whole) == len(chunks),
    )


async def record(session: AsyncSession, job: Job, video: Video, size: int) -> str | None:
    """Give the recording its video; return the key of a file that nobody needs from now on."""
    recording = await _claimed(session, job)
    if recording is None:
        return job.video_key
    replaced = recording.video_key
    recording.video_key, recording.video_bytes, recording.duration_s = job.video_key, size, video.duration_s
    recording.failure = video.damage
    recording.assembly_claim = recording.assembly_due_at = None
    recording.move_to("ready" if job.is_whole and video.damage is None else "partial")
    return replaced


async def fail(session: AsyncSession, job: Job, reason: str) -> None:
    """Say why there is no video; the chunks stay until the recording is deleted."""
    recording = await _claimed(session, job)
    if recording is not None:
        _fail(recording, reason)


async def republish_stuck(session: AsyncSession, lease: timedelta) -> int:
    """Ask again for videos that nobody seems to work on; return how many there were."""
    stuck = await recordings.lock_stuck(session, now(), _STUCK_AT_ONCE)
    for recording in stuck:
        # Nobody has tried while the broker is away or the queue is long: that is no reason to give up.
        was_tried = recording.assembly_claim is not None
        if was_tried and recording.assembly_rounds >= _ROUNDS:
            log.error("assembly_given_up", recording_id=str(recording.id))
            _fail(recording, _OUR_FAULT)
            continue
        log.warning("assembly_stuck", recording_id=str(recording.id), rounds=recording.assembly_rounds)
        recording.assembly_rounds += was_tried
        recording.assembly_claim = None
        await order_assembly(session, recording, lease)
    return len(stuck)


async def _make_and_record(database: Database, storage: Storage, scratch: Path | None, job: Job) -> None:
    with tempfile.TemporaryDirectory(prefix=SCRATCH_PREFIX, dir=scratch, ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "chunks", Path(folder) / f"video.{job.container}"
        await _concatenate(storage, job, source)
        try:
            video = await asyncio.to_thread(remux, source, target, job.container)
        except NotAVideo as finding:
            log.warning("recording_is_no_video", recording_id=str(job.recording_id), reason=str(finding.__cause__))
            async with database.transaction() as session:
                await fail(session, job, str(finding))
            return
        source.unlink()
        size = target.stat().st_size
        await storage.put(job.video_key, target)
    async with database.transaction() as session:
        unneeded = await record(session, job, video, size)
    if unneeded is not None:
        log.info("video_not_needed", recording_id=str(job.recording_id), key=unneeded)
        await storage.delete(unneeded)


async def _concatenate(storage: Storage, job: Job, target: Path) -> None:
    with target.open("wb") as file:
        for key in job.chunk_keys:
            try:
                content = await storage.get(key)
            except ObjectMissing as error:
                # Somebody who is not us has been in the storage. It may be a restore in progress: not given up at once.
                raise StorageUnavailable("a chunk that was kept is gone") from error
            await asyncio.to_thread(file.write, content)


async def _wait_for_storage(session: AsyncSession, job: Job, lease: timedelta) -> None:
    recording = await _claimed(session, job)
    if recording is not None:
        recording.assembly_claim = None
        recording.assembly_due_at = now() + lease
        recording.assembly_rounds = 0


async def _claimed(session: AsyncSession, job: Job) -> Recording | None:
    recording = await recordings.lock(session, job.recording_id)
    if recording is None or recording.assembly_claim != job.claim:
        log.info("assembly_came_too_late", recording_id=str(job.recording_id))
        return None
    return recording


def _fail(recording: Recording, reason: str) -> None:
    recording.move_to("failed")
    recording.failure = reason
    recording.assembly_claim = recording.assembly_due_at = None

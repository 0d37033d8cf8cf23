"""Recording an interview on video, and watching it again. Nobody but the candidate has a door here."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response, status
from kit.bodies import body_up_to
from kit.database import Database, SessionDep
from kit.digests import sent_sha256
from kit.identity import CurrentCandidate
from kit.problems import PayloadTooLarge, responses
from kit.ranges import RangeNotSatisfiable, ranged_response
from sqlalchemy.ext.asyncio import AsyncSession

from interview import models
from interview.errors import (
    ChunkDiffers,
    ChunkEmpty,
    ChunkOutOfRange,
    ChunksMissing,
    ConsentMissing,
    DigestDiffers,
    InterviewNotFound,
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
from interview.queries import recordings
from interview.routes.parameters import InterviewId, RecordingId, Settings, StorageDep
from interview.schemas.recordings import (
    CandidateRecording,
    CompletedRecording,
    NewRecording,
    ReceivedChunk,
    Recording,
    Recordings,
)
from interview.storage import ObjectMissing, StorageUnavailable
from interview.use_cases import recordings as use_cases
from interview.views.recordings import recording_view

router = APIRouter(tags=["recordings"])

_ONE = "/interviews/{interview_id}/recordings/{recording_id}"
_VIDEO = {"schema": {"type": "string", "format": "binary"}}
_VIDEO_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"video/webm": _VIDEO, "video/mp4": _VIDEO}}
}
_VIDEO_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole video", "content": {"video/webm": _VIDEO, "video/mp4": _VIDEO}},
    206: {"description": "The part that was asked for", "content": {"video/webm": _VIDEO, "video/mp4": _VIDEO}},
}


@router.put(
    _ONE,
    responses={
        201: {"model": Recording, "description": "It was begun"},
        **responses(
            InterviewNotFound,
            RecordingNotFound,
            ConsentMissing,
            RecordingDiffers,
            RecordingsFull,
            QuotaExceeded,
            VideoNotRecognised,
            RecordingTimeImpossible,
        ),
    },
)
async def begin_recording(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    settings: Settings,
    interview_id: InterviewId,
    recording_id: RecordingId,
    recording: NewRecording,
    response: Response,
) -> Recording:
    """Begin a recording under an id you have made; the same again finds the first and answers 200."""
    begun, is_new = await use_cases.begin(
        session,
        candidate.user_id,
        interview_id,
        recording_id,
        content_type=recording.content_type,
        started_at=recording.started_at,
        settings=settings,
    )
    response.status_code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return await _view(session, begun)


def _chunk_sized(request: Request, settings: Settings) -> None:
    body_up_to(settings.recording_chunk_max_bytes)(request)


@router.put(
    f"{_ONE}/chunks/{{seq}}",
    dependencies=[Depends(_chunk_sized)],
    responses=responses(
        RecordingNotFound,
        ConsentMissing,
        ChunkDiffers,
        RecordingClosed,
        PayloadTooLarge,
        RecordingTooLarge,
        RecordingTooLong,
        QuotaExceeded,
        VideoNotRecognised,
        ChunkEmpty,
        ChunkOutOfRange,
        DigestDiffers,
        StorageUnavailable,
    ),
    openapi_extra=_VIDEO_BODY,
)
async def send_chunk(
    *,
    request: Request,
    candidate: CurrentCandidate,
    settings: Settings,
    storage: StorageDep,
    interview_id: InterviewId,
    recording_id: RecordingId,
    seq: Annotated[int, Path(description="number of the chunk, from 0 on; they may come in any order")],
    content_digest: Annotated[
        str | None, Header(description="sha-256=:…: (RFC 9530); when it is sent, it is checked")
    ] = None,
) -> ReceivedChunk:
    """Keep one chunk, as the browser's recorder made it; the same again is the same. 200 means that it is kept."""
    database: Database = request.app.state.database
    content = await request.body()
    _require_undamaged(content, content_digest)
    recording = await use_cases.receive_chunk(
        database, storage, candidate.user_id, interview_id, recording_id, seq=seq, content=content, settings=settings
    )
    return ReceivedChunk(received_chunks=recording.received_chunks, received_bytes=recording.chunk_bytes)


@router.post(
    f"{_ONE}/complete",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(RecordingNotFound, ChunksMissing, RecordingClosed, ChunkOutOfRange),
)
async def complete_recording(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    settings: Settings,
    interview_id: InterviewId,
    recording_id: RecordingId,
    completed: CompletedRecording,
) -> Recording:
    """Say that everything was sent; the video is made meanwhile. The same again is the same, and tries a failed one."""
    recording = await use_cases.complete(
        session,
        candidate.user_id,
        interview_id,
        recording_id,
        chunks=completed.chunks,
        lease=settings.recording_lease,
    )
    return await _view(session, recording)


@router.get("/interviews/{interview_id}/recordings", responses=responses(InterviewNotFound))
async def list_interview_recordings(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId
) -> list[Recording]:
    """Return the recordings of one interview in the order in which they were made."""
    found = await use_cases.of_interview(session, candidate.user_id, interview_id)
    missing = await recordings.missing_of(session, found)
    return [recording_view(recording, missing[recording.id]) for recording in found]


@router.get(_ONE, responses=responses(RecordingNotFound))
async def read_recording(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, recording_id: RecordingId
) -> Recording:
    """Return where a recording stands."""
    return await _view(session, await use_cases.own_recording(session, candidate.user_id, interview_id, recording_id))


@router.get(
    f"{_ONE}/video",
    response_class=Response,
    responses={
        **_VIDEO_ANSWER,
        **responses(RecordingNotFound, RecordingNotReady, RangeNotSatisfiable, StorageUnavailable),
    },
)
async def watch_recording(
    request: Request,
    candidate: CurrentCandidate,
    storage: StorageDep,
    interview_id: InterviewId,
    recording_id: RecordingId,
) -> Response:
    """Send the video, or the part that the `Range` header names, so that a player can seek."""
    database: Database = request.app.state.database
    async with database.transaction() as session:
        recording = await use_cases.video_of(session, candidate.user_id, interview_id, recording_id)
    key, size = recording.video_key or "", recording.video_bytes or 0
    try:
        return await ranged_response(
            request.headers,
            lambda start, end: storage.stream(key, start, end),
            size=size,
            etag=f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"',
            media_type=f"video/{recording.container}",
            extra={
                "Cache-Control": "private, no-store",
                "Content-Disposition": f'inline; filename="interview-{recording.started_at:%Y-%m-%d-%H%M}'
                f'.{recording.container}"',
            },
        )
    except ObjectMissing as error:
        raise StorageUnavailable from error


@router.delete(_ONE, status_code=status.HTTP_204_NO_CONTENT, responses=responses(RecordingNotFound))
async def delete_recording(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, recording_id: RecordingId
) -> None:
    """Delete a recording at any stage. Nobody can see it from now on; its files are gone within seconds."""
    await use_cases.delete(session, candidate.user_id, interview_id, recording_id)


@router.get("/recordings")
async def list_recordings(session: SessionDep, candidate: CurrentCandidate, settings: Settings) -> Recordings:
    """Return all your recordings, newest first, and how much room they take."""
    found = await recordings.of_candidate(session, candidate.user_id)
    missing = await recordings.missing_of(session, [recording for recording, _ in found])
    return Recordings(
        used_bytes=sum(recording.stored_bytes for recording, _ in found),
        quota_bytes=settings.recording_quota_bytes,
        retention_days=settings.recording_retention_days,
        recordings=[
            CandidateRecording(**recording_view(recording, missing[recording.id]).model_dump(), role_title=role_title)
            for recording, role_title in found
        ],
    )


@router.delete("/recordings", status_code=status.HTTP_204_NO_CONTENT)
async def delete_recordings(session: SessionDep, candidate: CurrentCandidate) -> None:
    """Delete all your recordings."""
    await use_cases.delete_all(session, candidate.user_id)


async def _view(session: AsyncSession, recording: models.Recording) -> Recording:
    return recording_view(recording, await recordings.missing(session, recording))


def _require_undamaged(content: bytes, content_digest: str | None) -> None:
    try:
        sent = sent_sha256(content_digest)
    except ValueError as error:
        raise DigestDiffers(f"{str(error).capitalize()}.") from error
    if sent is not None and sent != hashlib.sha256(content).digest():
        raise DigestDiffers

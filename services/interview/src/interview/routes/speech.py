"""Speaking instead of typing: parts of speech come in, and their text is in the interview when it is there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, get_args
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, status
from kit.bodies import body_up_to
from kit.database import Database, SessionDep
from kit.identity import CurrentCandidate
from kit.problems import PayloadTooLarge, responses

from interview.errors import (
    AudioNotRecognised,
    ConsentMissing,
    InterviewNotFound,
    PartDiffers,
    QuestionNotFound,
    QuestionNotOpen,
    SpeechFull,
    SpeechGone,
    SpeechNotFound,
    SpeechNotOffered,
    SpeechTimeImpossible,
)
from interview.routes.parameters import InterviewId, QuestionId, Settings, StorageDep
from interview.schemas.speech import SpeechPart
from interview.sound import AudioType
from interview.storage import StorageUnavailable
from interview.use_cases import speech as use_cases
from interview.views.speech import speech_view

router = APIRouter(prefix="/interviews/{interview_id}/questions/{question_id}/speech", tags=["speech"])

# Half a minute of uncompressed stereo at 48 kHz; what browsers record has a tenth of it.
MAX_BYTES = 6 * 1024 * 1024
_KINDS: Mapping[str, AudioType] = MappingProxyType({kind: kind for kind in get_args(AudioType)})
_RECORDING: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "one whole recording of at most 30 seconds and 6 MiB",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _KINDS},
    }
}

Take = Annotated[UUID, Path(description="made by the browser for each press of Speak")]
Seq = Annotated[int, Path(ge=0, le=9_999, description="number of the part within its take, from 0")]
OffsetMs = Annotated[int, Query(ge=0, description="where the part begins, in milliseconds from the start of the take")]
DurationMs = Annotated[int, Query(ge=0, description="how long the part is, in milliseconds; at most 30,000")]


@router.put(
    "/{take}/{seq}",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(body_up_to(MAX_BYTES))],
    openapi_extra=_RECORDING,
    responses=responses(
        InterviewNotFound,
        QuestionNotFound,
        QuestionNotOpen,
        PartDiffers,
        SpeechNotOffered,
        ConsentMissing,
        SpeechFull,
        PayloadTooLarge,
        AudioNotRecognised,
        SpeechTimeImpossible,
        StorageUnavailable,
    ),
)
async def send_speech(
    *,
    request: Request,
    storage: StorageDep,
    settings: Settings,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    question_id: QuestionId,
    take: Take,
    seq: Seq,
    offset_ms: OffsetMs,
    duration_ms: DurationMs,
) -> SpeechPart:
    """Send a part of a spoken answer; the text follows with the interview. The same part may be sent again."""
    spoken = use_cases.Spoken(
        take=take,
        seq=seq,
        content_type=_kind(request),
        audio=b"".join([chunk async for chunk in request.stream()]),
        offset_ms=offset_ms,
        duration_ms=duration_ms,
    )
    database: Database = request.app.state.database
    part = await use_cases.receive(
        database, storage, candidate.user_id, interview_id, question_id, spoken=spoken, settings=settings
    )
    return speech_view(part)


@router.post(
    "/{take}/{seq}/retry",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(
        InterviewNotFound,
        QuestionNotFound,
        SpeechNotFound,
        QuestionNotOpen,
        SpeechNotOffered,
        ConsentMissing,
        SpeechGone,
    ),
)
async def retry_speech(
    *,
    session: SessionDep,
    settings: Settings,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    question_id: QuestionId,
    take: Take,
    seq: Seq,
) -> SpeechPart:
    """Try a part that failed once more; nothing to do for one that is on its way, or text already."""
    part = await use_cases.retry(
        session, candidate.user_id, interview_id, question_id, take=take, seq=seq, settings=settings
    )
    return speech_view(part)


def _kind(request: Request) -> AudioType | None:
    """Return the kind without what follows it: `audio/webm;codecs=opus`."""
    return _KINDS.get(request.headers.get("content-type", "").partition(";")[0].strip().lower())

"""Recordings over the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from interview.schemas.requests import Request
from interview.states import RecordingStatus

# What six digits can number; long before that a recording is too long.
MOST_CHUNKS = 1_000_000


class NewRecording(Request):
    """What a browser is about to send."""

    content_type: str = Field(
        min_length=1,
        max_length=100,
        pattern=r"^[ -~]+$",
        description="as the browser's recorder names it: video/webm or video/mp4, codecs may follow",
        examples=["video/webm;codecs=vp9,opus"],
    )
    started_at: AwareDatetime = Field(description="when the first frame was taken, by the server's clock")


class CompletedRecording(Request):
    """What a browser has sent."""

    chunks: int = Field(ge=1, le=MOST_CHUNKS, description="how many chunks there are, from number 0 on")


class ReceivedChunk(BaseModel):
    """What has arrived so far."""

    received_chunks: int
    received_bytes: int


class Recording(BaseModel):
    """One stretch of recorded video; a reload of the page begins another."""

    id: UUID
    interview_id: UUID
    status: RecordingStatus = Field(
        description="receiving: chunks arrive; assembling: the video is being made; ready; partial: the video ends "
        "before something that never arrived; failed: see `failure`"
    )
    open: bool = Field(
        description="whether it takes more chunks; one that was closed because none came for a while does so for a day"
    )
    started_at: datetime
    duration_s: float | None = Field(description="length of the video in seconds; null before it is there")
    size_bytes: int = Field(description="of the video; before it is there, of what has arrived")
    received_chunks: int
    missing: list[int] = Field(description="numbers of chunks that have not arrived, the first hundred")
    content_type: str
    delete_after: datetime = Field(description="after this it is deleted")
    failure: str | None = Field(description="what went wrong, in a sentence for people")


class CandidateRecording(Recording):
    """A recording in the list of all of them."""

    role_title: str


class Recordings(BaseModel):
    """All your recordings, newest first, and the room they take."""

    used_bytes: int
    quota_bytes: int
    retention_days: int
    recordings: list[CandidateRecording]

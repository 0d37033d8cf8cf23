"""What the room sends and gets: the offer, consents, notices and presence."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from contracts.interview import ExpressionShare, NoticeKind
from kit.text import CleanText
from pydantic import AwareDatetime, BaseModel, Field, FiniteFloat, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from interview.schemas import Request
from interview.settings import DeploymentContext
from interview.statements import Capture, Statement

# Far more pictures than an answer can have at three a second, and far less than an integer column holds.
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class SpeechServer(BaseModel):
    """Who turns speech into text on the server."""

    provider: Literal["gemini", "whisper"]
    label: str
    place: str = Field(description="where the voice goes, in a sentence")


class SpeechOffer(BaseModel):
    """Ways of turning speech into text that this server adds to the browser's own."""

    server: SpeechServer | None


class RecordingOffer(BaseModel):
    """How much may be recorded, and how much of it is used."""

    chunk_max_bytes: int
    max_bytes: int = Field(description="of one recording")
    max_seconds: int = Field(description="of one recording")
    quota_bytes: int = Field(description="of all your recordings")
    used_bytes: int
    retention_days: int


class MonitoringOffer(BaseModel):
    """When something becomes a notice: seconds, pictures in a row, degrees from your own baseline."""

    no_face_s: float
    several_faces_s: float
    looking_away_s: float
    looking_away_samples: int
    looking_away_degrees: float
    page_hidden_s: float
    could_not_tell_s: float
    baseline_s: float


class RoomOffer(BaseModel):
    """What the interview room can capture here, each with what is to be agreed to first."""

    deployment_context: DeploymentContext
    captures: list[Statement]
    speech: SpeechOffer
    recording: RecordingOffer
    monitoring: MonitoringOffer


class NewConsent(Request):
    """What is agreed to: the version of the statement that was shown."""

    version: Annotated[str, CleanText(1, 64)]


class Consent(BaseModel):
    """One row of the ledger: what was agreed to, when, and when it was taken back."""

    capture: Capture
    version: str
    statement: str = Field(description="the words that were agreed to")
    given_at: datetime
    withdrawn_at: datetime | None


class LedgerEntry(Consent):
    """A consent with the interview it is about."""

    interview_id: UUID
    role_title: str


class NewNotice(Request):
    """Something the browser noticed. Sending it again with the same id may only make it longer."""

    kind: NoticeKind
    question_id: UUID | None = Field(None, description="the question that was open at the time")
    started_at: AwareDatetime
    duration_s: FiniteFloat = Field(ge=0, description="seconds; 0 for what happens at a point in time")
    confidence: FiniteFloat | None = Field(None, ge=0, le=1, description="of the detector, where there is one")


class Notice(BaseModel):
    """Something that was noticed, and what you say to it."""

    id: UUID
    kind: NoticeKind
    question_id: UUID | None
    started_at: datetime
    duration_s: float
    confidence: float | None
    reason: str = Field(description="what was noticed, in a sentence")
    reply: str | None
    replied_at: datetime | None
    recorded_at: datetime


class NewReply(Request):
    """What you say to a notice; 1 to 2,000 characters without the white space around it."""

    text: Annotated[str, CleanText(1, 2000)]


class ExpressionCounts(Request):
    """In how many of the readable samples each expression was the likeliest."""

    neutral: Count
    happy: Count
    surprised: Count
    sad: Count
    angry: Count
    fearful: Count
    disgusted: Count


class NewPresence(Request):
    """Everything counted during one answer so far; it takes the place of what was sent before."""

    seconds: FiniteFloat = Field(ge=0, description="time watched")
    samples: Count = Field(description="pictures looked at")
    readable: Count = Field(description="of those, with one face that could be read")
    facing: Count | None = Field(
        description="of the readable ones, towards the camera by your own baseline; null without a baseline"
    )
    expressions: ExpressionCounts

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.readable > self.samples:
            raise PydanticCustomError("counts_contradict", "More samples were readable than were taken")
        if self.facing is not None and self.facing > self.readable:
            raise PydanticCustomError("counts_contradict", "More samples faced the camera than were readable")
        if sum(self.expressions.model_dump().values()) != self.readable:
            raise PydanticCustomError("counts_contradict", "The expressions do not add up to the readable samples")
        return self


class AnswerPresence(BaseModel):
    """What was visible during one answer, as your own browser estimated it."""

    question_id: UUID
    seconds: float
    samples: int
    readable_share: float = Field(description="of the samples, 0 to 1")
    facing_share: float | None = Field(description="of the readable samples, 0 to 1; null when it cannot be said")
    expressions: list[ExpressionShare] = Field(description="of the readable samples; empty when none was")


class Presence(BaseModel):
    """What was visible during the answers, and whether reviewers may see it. Answers without a sample are left out."""

    shared: bool
    answers: list[AnswerPresence]


class PresenceSharing(Request):
    """Whether reviewers may see what was visible."""

    shared: bool

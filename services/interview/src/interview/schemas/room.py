"""What the interview room offers."""

from typing import Literal

from pydantic import BaseModel, Field

from interview.statements import DeploymentContext, Statement


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

"""The statements as the file holds them, and as they are put before a candidate."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Capture = Literal["audio_transcription", "video_recording", "face_monitoring", "expression_analysis"]
# Who runs this: with the last two no expressions are looked at.
DeploymentContext = Literal["personal", "education", "employer"]
TranscribedBy = Literal["gemini", "whisper", "browser"]


class Wording(BaseModel):
    """The parts of a statement that depend on how this server is set up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    kept: str


class StatementText(BaseModel):
    """One entry of the file: the place and the time either for everybody, or one wording per variant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    title: str
    sentence: str
    place: str | None = None
    kept: str | None = None
    variants: dict[str, Wording] = Field(default_factory=dict)


class Statement(BaseModel):
    """What is captured, where it goes and how long it is kept; `version` names exactly this wording."""

    model_config = ConfigDict(frozen=True)

    id: Capture
    version: str
    title: str
    sentence: str
    place: str
    kept: str

    @property
    def text(self) -> str:
        """Everything a candidate agrees to, as the ledger remembers it."""
        return f"{self.sentence} {self.place} {self.kept}"

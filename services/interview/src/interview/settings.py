"""What can be set from outside."""

from datetime import timedelta
from typing import Literal, get_args

from kit.ai import GeminiSettings
from kit.settings import PositiveSeconds, ServiceSettings, settings_config
from pydantic import AliasChoices, Field, FiniteFloat
from pydantic_settings import BaseSettings

from interview.recording_settings import RecordingSettings
from interview.statements import Capture
from interview.storage.settings import StorageSettings
from interview.transcribers import SpeechChoice

DeploymentContext = Literal["personal", "education", "employer"]


class RoomSettings(BaseSettings):
    """What the room may capture, and when something it notices becomes a notice. All of it is shown to the candidate.

    The first values are those of feedback that people found fair: long enough for a glance at one's notes.
    """

    # Without the service's prefix: the same word counts for every service.
    deployment_context: DeploymentContext = Field(
        "personal",
        validation_alias=AliasChoices("DEPLOYMENT_CONTEXT", "deployment_context"),
        description="who runs this: personal practice, education or an employer; the last two look at no expressions",
    )
    captures: frozenset[Capture] = Field(
        frozenset(get_args(Capture)), description="what the room offers to capture with consent, as a JSON list"
    )
    monitoring_no_face_s: FiniteFloat = Field(4, gt=0, description="seconds without a face that make a notice")
    monitoring_several_faces_s: FiniteFloat = Field(2, gt=0, description="seconds with more faces than one")
    monitoring_looking_away_s: FiniteFloat = Field(5, gt=0, description="seconds with the face turned away")
    monitoring_looking_away_samples: int = Field(8, ge=1, description="pictures in a row that must agree on it")
    monitoring_looking_away_degrees: FiniteFloat = Field(
        12, gt=0, le=90, description="degrees away from the candidate's own baseline"
    )
    monitoring_page_hidden_s: FiniteFloat = Field(2, gt=0, description="seconds with the page hidden")
    monitoring_could_not_tell_s: FiniteFloat = Field(10, gt=0, description="seconds the picture could not be read")
    monitoring_baseline_s: FiniteFloat = Field(20, gt=0, description="seconds at the start that make the baseline")

    @property
    def offered_captures(self) -> frozenset[Capture]:
        """What is offered here: expressions only where a person practises for themselves."""
        if self.deployment_context == "personal":
            return self.captures
        return self.captures - {"expression_analysis"}

    def offers(self, capture: Capture) -> bool:
        """Tell whether a capture is offered here."""
        return capture in self.offered_captures


class InterviewSettings(ServiceSettings, GeminiSettings, RoomSettings, RecordingSettings, StorageSettings):
    """Settings of the interview service: the API and its worker."""

    model_config = settings_config("INTERVIEW_")

    port: int = Field(8102, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9102, ge=0, le=65535, description="port for health and metrics")
    max_body_bytes: int = Field(
        256 * 1024, gt=0, description="largest request body; an answer fits with what was heard, in any script"
    )
    question_deadline: PositiveSeconds = Field(
        timedelta(seconds=90), description="longest the AI may take over the questions of one interview, in seconds"
    )
    preparation_lease: PositiveSeconds = Field(
        timedelta(minutes=4), description="after so many seconds without a result a preparation counts as stuck"
    )
    preparation_concurrency: int = Field(4, ge=1, le=64, description="interviews one worker prepares at once")
    reconcile_interval: PositiveSeconds = Field(
        timedelta(seconds=20), description="seconds between two looks for stuck preparations and stuck speech"
    )
    speech: SpeechChoice = Field(
        "auto",
        description="who turns speech into text on this server: gemini (with a key), whisper (when it is installed), "
        "off (nobody), or auto: gemini, else whisper, else nobody",
    )
    speech_deadline: PositiveSeconds = Field(
        timedelta(seconds=45), description="longest the AI may take over one part of speech, in seconds"
    )
    speech_lease: PositiveSeconds = Field(
        timedelta(minutes=3), description="after so many seconds without a result a part of speech counts as stuck"
    )
    speech_retry_window: PositiveSeconds = Field(
        timedelta(minutes=30), description="so many seconds a sound that failed to become text is kept for another try"
    )
    whisper_threads: int = Field(2, ge=1, le=64, description="CPU threads of one transcription by Whisper")
    whisper_concurrency: int = Field(1, ge=1, le=16, description="transcriptions by Whisper at once")
    watch_interval: PositiveSeconds = Field(
        timedelta(milliseconds=500), description="seconds between two looks at the interviews that are being watched"
    )
    stream_lifetime: PositiveSeconds = Field(
        timedelta(minutes=10), description="an event stream ends after so many seconds and the browser comes again"
    )

"""What can be set of the service as a whole."""

from datetime import timedelta

from kit.ai import AISettings
from kit.settings import PositiveSeconds, ServiceSettings, settings_config
from pydantic import Field

from interview.settings.recordings import RecordingSettings
from interview.settings.room import RoomSettings
from interview.storage.settings import StorageSettings
from interview.transcribers import SpeechChoice


class InterviewSettings(ServiceSettings, AISettings, RoomSettings, RecordingSettings, StorageSettings):
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
    follow_up_deadline: PositiveSeconds = Field(
        timedelta(seconds=20), description="longest the AI may take to word follow-ups, in seconds; nobody waits for it"
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
    document_deadline: PositiveSeconds = Field(
        timedelta(seconds=15), description="longest that reading one uploaded document may take, in seconds"
    )
    documents_at_once: int = Field(2, ge=1, le=16, description="uploaded documents one process reads at once")
    watch_interval: PositiveSeconds = Field(
        timedelta(milliseconds=500), description="seconds between two looks at the interviews that are being watched"
    )
    stream_lifetime: PositiveSeconds = Field(
        timedelta(minutes=10), description="an event stream ends after so many seconds and the browser comes again"
    )

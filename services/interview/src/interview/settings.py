"""What can be set from outside."""

from datetime import timedelta

from kit.ai import GeminiSettings
from kit.settings import PositiveSeconds, ServiceSettings, settings_config
from pydantic import DirectoryPath, Field

from interview.storage.settings import StorageSettings


class InterviewSettings(ServiceSettings, GeminiSettings, StorageSettings):
    """Settings of the interview service: the API and its worker."""

    model_config = settings_config("INTERVIEW_")

    port: int = Field(8102, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9102, ge=0, le=65535, description="port for health and metrics")
    max_body_bytes: int = Field(64 * 1024, gt=0, description="largest request body; an answer fits several times")
    question_deadline: PositiveSeconds = Field(
        timedelta(seconds=90), description="longest the AI may take over the questions of one interview, in seconds"
    )
    preparation_lease: PositiveSeconds = Field(
        timedelta(minutes=4), description="after so many seconds without a result a preparation counts as stuck"
    )
    preparation_concurrency: int = Field(4, ge=1, le=64, description="interviews one worker prepares at once")
    reconcile_interval: PositiveSeconds = Field(
        timedelta(seconds=20), description="seconds between two looks for stuck preparations"
    )
    watch_interval: PositiveSeconds = Field(
        timedelta(milliseconds=500), description="seconds between two looks at the interviews that are being watched"
    )
    stream_lifetime: PositiveSeconds = Field(
        timedelta(minutes=10), description="an event stream ends after so many seconds and the browser comes again"
    )
    recording_chunk_max_bytes: int = Field(1024 * 1024, ge=1024, description="largest chunk of a recording")
    recording_max_bytes: int = Field(1024**3, gt=0, description="largest recording; two hours at 600 kbit/s are half")
    recording_max_seconds: int = Field(
        2 * 60 * 60, gt=0, description="longest recording; a browser sends one chunk each second, or fewer"
    )
    recording_max_per_interview: int = Field(
        20, gt=0, description="recordings of one interview; each reload of the page begins another"
    )
    recording_quota_bytes: int = Field(4 * 1024**3, gt=0, description="what all recordings of a candidate may take")
    recording_retention_days: int = Field(30, ge=1, le=3650, description="a recording is deleted after so many days")
    recording_idle: PositiveSeconds = Field(
        timedelta(seconds=120), description="after so many seconds without a chunk a recording is closed"
    )
    recording_reopen: PositiveSeconds = Field(
        timedelta(days=1), description="for so many seconds a recording that was closed for silence takes late chunks"
    )
    recording_lease: PositiveSeconds = Field(
        timedelta(minutes=12), description="after so many seconds without a result an assembly counts as stuck"
    )
    recording_interval: PositiveSeconds = Field(
        timedelta(seconds=10), description="seconds between two looks for recordings to close, heal or delete"
    )
    scratch_dir: DirectoryPath | None = Field(
        None, description="folder on a disk with room for twice the largest recording; the system's own when not set"
    )

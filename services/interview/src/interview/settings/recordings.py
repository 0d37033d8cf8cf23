"""How much may be recorded, and how long it is kept."""

from datetime import timedelta
from pathlib import Path

from kit.settings import PositiveSeconds
from pydantic import Field
from pydantic_settings import BaseSettings


class RecordingSettings(BaseSettings):
    """Mixed into the settings of the interview service."""

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
    scratch_dir: Path | None = Field(
        None, description="folder on a disk with room for twice the largest recording; the system's own when not set"
    )

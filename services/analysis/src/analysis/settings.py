"""What can be set from outside."""

from datetime import timedelta

from kit.ai import AISettings
from kit.settings import PositiveSeconds, ServiceSettings, settings_config
from pydantic import Field


class AnalysisSettings(ServiceSettings, AISettings):
    """Settings of the analysis service: the API and its worker."""

    model_config = settings_config("ANALYSIS_")

    port: int = Field(8103, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9103, ge=0, le=65535, description="port for health and metrics")
    max_body_bytes: int = Field(16 * 1024, gt=0, description="largest request body; a retry is small")
    answer_deadline: PositiveSeconds = Field(
        timedelta(seconds=75), description="longest the AI may take over one answer, retries included, in seconds"
    )
    lease: PositiveSeconds = Field(
        timedelta(seconds=20), description="a worker silent for so many seconds has lost its answer to another one"
    )
    reconcile_interval: PositiveSeconds = Field(
        timedelta(seconds=2), description="seconds between two looks for answers nobody works on"
    )
    max_runs: int = Field(4, ge=1, le=20, description="an answer that was begun so often without an end is failed")
    export_at_once: int = Field(2, ge=1, le=16, description="reports set as a PDF at the same time; more wait")
    export_patience: PositiveSeconds = Field(
        timedelta(seconds=25), description="longest a PDF may wait and be worked on, in seconds"
    )

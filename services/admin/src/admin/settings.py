"""What can be set from outside."""

from kit.settings import ServiceSettings, settings_config
from pydantic import Field


class AdminSettings(ServiceSettings):
    """Settings of the admin service: the API and its worker, the projector."""

    model_config = settings_config("ADMIN_")

    port: int = Field(8104, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9104, ge=0, le=65535, description="port for health and metrics")

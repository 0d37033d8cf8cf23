"""What can be set from outside."""

from typing import Literal

from kit.settings import ServiceSettings, settings_config
from pydantic import AliasChoices, Field


class AdminSettings(ServiceSettings):
    """Settings of the admin service: the API and its worker, the projector."""

    model_config = settings_config("ADMIN_")

    port: int = Field(8104, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9104, ge=0, le=65535, description="port for health and metrics")
    # Without the service's prefix: the same word counts for every service.
    deployment_context: Literal["personal", "education", "employer"] = Field(
        "personal",
        validation_alias=AliasChoices("DEPLOYMENT_CONTEXT", "deployment_context"),
        description="who runs this; in education and with an employer no expressions are shown, shared or not",
    )

    @property
    def shows_presence(self) -> bool:
        """Whether reviewers may see what a candidate shares of themselves."""
        return self.deployment_context == "personal"

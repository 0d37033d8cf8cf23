"""Settings of the Gemini provider. Their names are the vendor's and carry no service prefix."""

from datetime import timedelta
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from kit.settings import PositiveSeconds

DEFAULT_MODEL = "gemini-3.5-flash-lite"


def _unprefixed(name: str) -> AliasChoices:
    """Read the variable without the service's prefix; the field's own name stays usable in code."""
    return AliasChoices(name.upper(), name)


class GeminiSettings(BaseSettings):
    """Mix into a service's settings. Without a key the service uses what needs none."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore")

    gemini_api_key: SecretStr | None = Field(
        default=None, validation_alias=_unprefixed("gemini_api_key"), description="Key of the Gemini API; empty: no AI"
    )
    gemini_base_url: str | None = Field(
        default=None, validation_alias=_unprefixed("gemini_base_url"), description="Another server with the same API"
    )
    gemini_api_version: str = Field(
        default="v1", validation_alias=_unprefixed("gemini_api_version"), description="v1, or v1beta for previews"
    )
    gemini_model: str = Field(
        default=DEFAULT_MODEL, validation_alias=_unprefixed("gemini_model"), description="Model id; pin one, no alias"
    )
    gemini_thinking_level: Literal["minimal", "low", "medium", "high"] | None = Field(
        default="low",
        validation_alias=_unprefixed("gemini_thinking_level"),
        description="How long the model thinks; empty for models that take no level",
    )
    gemini_timeout: PositiveSeconds = Field(
        default=timedelta(seconds=30),
        validation_alias=_unprefixed("gemini_timeout"),
        description="Longest wait for one HTTP reply, in seconds",
    )
    gemini_max_attempts: int = Field(
        default=4, ge=1, le=10, validation_alias=_unprefixed("gemini_max_attempts"), description="Tries per call"
    )
    gemini_concurrency: int = Field(
        default=4, ge=1, le=256, validation_alias=_unprefixed("gemini_concurrency"), description="Calls at once"
    )

    @field_validator("gemini_api_key", "gemini_base_url", "gemini_thinking_level", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        """Compose files pass variables that are not set as empty text."""
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("gemini_model", "gemini_api_version", mode="before")
    @classmethod
    def _empty_is_default(cls, value: object, info: ValidationInfo) -> object:
        field: FieldInfo = cls.model_fields[info.field_name or ""]
        return field.default if isinstance(value, str) and not value.strip() else value

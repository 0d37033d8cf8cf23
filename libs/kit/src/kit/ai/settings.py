"""Settings of the AI providers. Their names are the vendors' and carry no service prefix."""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from kit.ai.spending import SpendingSettings
from kit.ai.unprefixed import unprefixed
from kit.settings import PositiveSeconds

DEFAULT_MODEL = "gemini-3.5-flash-lite"
OPENAI_URL = "https://api.openai.com/v1"


class GeminiSettings(BaseSettings):
    """Mix into a service's settings. Without a key the service uses what needs none."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore")

    gemini_api_key: SecretStr | None = Field(
        default=None, validation_alias=unprefixed("gemini_api_key"), description="Key of the Gemini API; empty: no AI"
    )
    gemini_base_url: str | None = Field(
        default=None, validation_alias=unprefixed("gemini_base_url"), description="Another server with the same API"
    )
    gemini_api_version: str = Field(
        default="v1", validation_alias=unprefixed("gemini_api_version"), description="v1, or v1beta for previews"
    )
    gemini_model: str = Field(
        default=DEFAULT_MODEL, validation_alias=unprefixed("gemini_model"), description="Model id; pin one, no alias"
    )
    gemini_thinking_level: Literal["minimal", "low", "medium", "high"] | None = Field(
        default="low",
        validation_alias=unprefixed("gemini_thinking_level"),
        description="How long the model thinks; empty for models that take no level",
    )
    gemini_timeout: PositiveSeconds = Field(
        default=timedelta(seconds=30),
        validation_alias=unprefixed("gemini_timeout"),
        description="Longest wait for one HTTP reply, in seconds",
    )
    gemini_max_attempts: int = Field(
        default=4, ge=1, le=10, validation_alias=unprefixed("gemini_max_attempts"), description="Tries per call"
    )
    gemini_concurrency: int = Field(
        default=4, ge=1, le=256, validation_alias=unprefixed("gemini_concurrency"), description="Calls at once"
    )
    gemini_requests_per_minute: int | None = Field(
        default=None,
        ge=1,
        validation_alias=unprefixed("gemini_requests_per_minute"),
        description="Requests one process sends in any minute; empty: no limit of ours",
    )

    @field_validator(
        "gemini_api_key", "gemini_base_url", "gemini_thinking_level", "gemini_requests_per_minute", mode="before"
    )
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        """Compose files pass variables that are not set as empty text."""
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("gemini_model", "gemini_api_version", mode="before")
    @classmethod
    def _empty_is_default(cls, value: object, info: ValidationInfo) -> object:
        field: FieldInfo = cls.model_fields[info.field_name or ""]
        return field.default if isinstance(value, str) and not value.strip() else value


class OpenAISettings(BaseSettings):
    """An endpoint that speaks OpenAI's chat completions; usable when a model is named, and a key or an address."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore")

    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=unprefixed("openai_api_key"),
        description="Key; servers of one's own often need none",
    )
    openai_base_url: str = Field(
        default=OPENAI_URL, validation_alias=unprefixed("openai_base_url"), description="Address, with its version"
    )
    openai_model: str | None = Field(
        default=None, validation_alias=unprefixed("openai_model"), description="Model id, as the server calls it"
    )
    openai_timeout: PositiveSeconds = Field(
        default=timedelta(seconds=60),
        validation_alias=unprefixed("openai_timeout"),
        description="Longest wait for one HTTP reply, in seconds; a model on one's own processor is slow",
    )
    openai_max_attempts: int = Field(
        default=4, ge=1, le=10, validation_alias=unprefixed("openai_max_attempts"), description="Tries per call"
    )
    openai_concurrency: int = Field(
        default=4, ge=1, le=256, validation_alias=unprefixed("openai_concurrency"), description="Calls at once"
    )

    openai_requests_per_minute: int | None = Field(
        default=None,
        ge=1,
        validation_alias=unprefixed("openai_requests_per_minute"),
        description="Requests one process sends in any minute; empty: no limit of ours",
    )

    @field_validator("openai_api_key", "openai_model", "openai_requests_per_minute", mode="before")
    @classmethod
    def _empty_openai_is_none(cls, value: object) -> object:
        """Compose files pass variables that are not set as empty text."""
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("openai_base_url", "openai_timeout", "openai_max_attempts", "openai_concurrency", mode="before")
    @classmethod
    def _empty_openai_is_default(cls, value: object, info: ValidationInfo) -> object:
        field: FieldInfo = cls.model_fields[info.field_name or ""]
        return field.default if isinstance(value, str) and not value.strip() else value


class AISettings(GeminiSettings, OpenAISettings, SpendingSettings):
    """Every provider, which one to ask, and how much it may cost. Mix into a service's settings."""

    ai_provider: Literal["auto", "gemini", "openai", "offline"] = Field(
        default="auto",
        validation_alias=unprefixed("ai_provider"),
        description="auto: Gemini when it has a key, else the OpenAI-compatible server when one is named, else no AI",
    )

    @field_validator("ai_provider", mode="before")
    @classmethod
    def _empty_is_auto(cls, value: object) -> object:
        return "auto" if isinstance(value, str) and not value.strip() else value

    @property
    def ai_in_use(self) -> Literal["gemini", "openai"] | None:
        """The provider that is asked; None without AI."""
        has_gemini = self.gemini_api_key is not None
        has_openai = self.openai_model is not None and (
            self.openai_api_key is not None or self.openai_base_url != OPENAI_URL
        )
        if self.ai_provider in {"auto", "gemini"} and has_gemini:
            return "gemini"
        if self.ai_provider in {"auto", "openai"} and has_openai:
            return "openai"
        return None

"""Settings of a process: typed, described, prefixed, read from the environment only.

A service subclasses ``ServiceSettings`` and says its prefix::

    class AuthSettings(ServiceSettings):
        model_config = settings_config("AUTH_")
        port: int = 8101
        ops_port: int = 9101
"""

from datetime import timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, PostgresDsn, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Environment = Literal["development", "test", "production"]

_PLACEHOLDERS = frozenset(
    {
        "",
        "admin",
        "changeit",
        "changeme",
        "changethis",
        "default",
        "dev",
        "development",
        "example",
        "guest",
        "insecure",
        "password",
        "placeholder",
        "postgres",
        "replaceme",
        "secret",
        "test",
    }
)


def settings_config(prefix: str) -> SettingsConfigDict:
    """Return the pydantic-settings configuration for one prefix, for example ``AUTH_``.

    Values never show up in validation errors: a misspelt database URL holds a password.
    """
    return SettingsConfigDict(
        env_prefix=prefix,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )


def _seconds(value: object) -> object:
    # Environment values are text, and pydantic reads text as an ISO 8601 duration only.
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


Seconds = Annotated[timedelta, BeforeValidator(_seconds), Field(ge=timedelta(0))]
"""A duration that reads from the environment as seconds (``2.5``) or ISO 8601 (``PT2.5S``)."""

PositiveSeconds = Annotated[Seconds, Field(gt=timedelta(0))]
"""The same, for what makes no sense at zero: an interval, a lease, a deadline."""


class ProcessSettings(BaseSettings):
    """What every process needs, with or without a database."""

    model_config = settings_config("")

    environment: Environment = Field("development", description="production refuses placeholder secrets")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="lowest level that is written")
    log_format: Literal["json", "console"] = Field(
        "json", description="json for machines, console for a person at a terminal"
    )
    host: str = Field("127.0.0.1", description="address the public server listens on")
    port: int = Field(description="port of the public server", ge=0, le=65535)
    ops_host: str = Field("127.0.0.1", description="address of the internal server (health and metrics)")
    ops_port: int = Field(description="port of the internal server, never routed by the gateway", ge=0, le=65535)
    max_body_bytes: int = Field(1_048_576, gt=0, description="largest request body")
    body_timeout: Seconds = Field(timedelta(seconds=20), description="longest silence while a request body arrives")
    trusted_proxies: str = Field(
        "127.0.0.1", description="addresses whose X-Forwarded-For is believed, comma separated"
    )
    shutdown_delay: Seconds = Field(
        timedelta(0),
        description="time between 'not ready' and closing the door, for load balancers to notice",
    )
    shutdown_timeout: Seconds = Field(
        timedelta(seconds=20), description="time given to requests and deliveries in flight"
    )

    @model_validator(mode="after")
    def _refuse_placeholder_secrets(self) -> Self:
        if self.environment == "production":
            weak = sorted(name for name in type(self).model_fields if _is_placeholder(getattr(self, name)))
            if weak:
                message = f"placeholder secrets are refused in production: {', '.join(weak)}"
                raise ValueError(message)
        return self


class TokenSettings(BaseSettings):
    """How access tokens are checked; mixed into the settings of every process that does."""

    jwks_url: str = Field(description="where auth publishes its public keys")
    token_issuer: str = Field("interview-kit", description="the iss an access token must carry")
    token_audience: str = Field("interview-kit", description="the aud an access token must carry")


class ServiceSettings(ProcessSettings, TokenSettings):
    """A service with a database, a broker and tokens to check."""

    database_url: PostgresDsn = Field(repr=False, description="postgresql://role:password@host:port/database")
    database_pool_size: int = Field(5, ge=1, description="connections kept open per process")
    database_pool_overflow: int = Field(5, ge=0, description="further connections under load, closed afterwards")
    database_pool_timeout: Seconds = Field(timedelta(seconds=1.5), description="longest wait for a free connection")
    database_connect_timeout: Seconds = Field(timedelta(seconds=2), description="longest wait for a new connection")
    database_statement_timeout: Seconds = Field(timedelta(seconds=2.5), description="longest run of one statement")
    amqp_url: str = Field(repr=False, description="amqp://user:password@host:port/vhost")


def _is_placeholder(value: Any) -> bool:
    secret: str | None = None
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
    elif isinstance(value, str | PostgresDsn) and "://" in str(value):
        parts = urlsplit(str(value))
        if parts.username is not None:
            secret = unquote(parts.password or "")
    if secret is None:
        return False
    return "".join(c for c in secret.casefold() if c.isalnum()) in _PLACEHOLDERS

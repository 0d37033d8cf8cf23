"""Settings of the gateway, read from `GATEWAY_*`."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from kit.settings import ProcessSettings, Seconds, settings_config
from pydantic import Field, HttpUrl, field_validator, model_validator


class GatewaySettings(ProcessSettings):
    """Where the services are, what the browser gets, and how long we wait."""

    model_config = settings_config("GATEWAY_")

    port: int = Field(8000, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9100, ge=0, le=65535, description="port of the internal server")
    # The services have limits of their own, most of them far lower; this is for the largest piece of sound or video.
    max_body_bytes: int = Field(8 * 1024 * 1024, gt=0, description="largest request body; it streams through")
    trusted_proxies: str = Field(
        "",
        description="proxies in front whose X-Forwarded-* are believed, comma separated; none by default",
    )

    auth_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8101"), description="where auth listens")
    interview_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8102"), description="where interview listens")
    analysis_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8103"), description="where analysis listens")
    admin_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8104"), description="where admin listens")

    frontend_dir: Path | None = Field(None, description="the built frontend; without it only the API is served")
    public_origins: str = Field(
        "",
        description="origins that may change things, besides the one the request was sent to; comma separated, "
        "for example the address of a development server",
    )
    cookie_secure: bool = Field(
        default=True,
        description="false allows cookies over plain HTTP on other hosts than localhost; refused in production",
    )
    cookie_lifetime: Seconds = Field(timedelta(days=30), description="life of the refresh cookie; auth decides earlier")
    renew_before: Seconds = Field(timedelta(seconds=30), description="rest of an access token's life that is too short")

    connect_timeout: Seconds = Field(timedelta(seconds=2), description="longest wait for a connection to a service")
    read_timeout: Seconds = Field(
        timedelta(seconds=60), description="longest silence of a service; event streams send something every 15 s"
    )
    docs: bool = Field(default=True, description="serve /docs and /openapi.json")

    @field_validator("frontend_dir", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @model_validator(mode="after")
    def _require_secure_cookies(self) -> Self:
        if self.environment == "production" and not self.cookie_secure:
            raise ValueError("cookie_secure cannot be switched off in production")
        return self

    @property
    def origins(self) -> frozenset[str]:
        """The further origins, as browsers write them."""
        return frozenset(
            origin.strip().rstrip("/").lower() for origin in self.public_origins.split(",") if origin.strip()
        )

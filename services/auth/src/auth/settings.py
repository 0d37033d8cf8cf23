"""Settings of the auth service, read from `AUTH_*`."""

from datetime import timedelta
from typing import Self

from kit.settings import Seconds, ServiceSettings, settings_config
from pydantic import Field, SecretStr, field_validator, model_validator

_MIN_SECRET_LENGTH = 32


class AuthSettings(ServiceSettings):
    """What an operator can decide about accounts, sessions, passwords and keys."""

    model_config = settings_config("AUTH_")

    port: int = Field(8101, ge=0, le=65535, description="port of the public server")
    ops_port: int = Field(9101, ge=0, le=65535, description="port of the internal server")
    jwks_url: str = Field(
        "in-process", description="auth checks tokens against its own keys; the address is for the other services"
    )

    access_token_lifetime: Seconds = Field(timedelta(minutes=10), description="life of an access token")
    session_lifetime: Seconds = Field(timedelta(days=30), description="longest life of a session, however busy")
    session_idle_lifetime: Seconds = Field(timedelta(days=7), description="life of a session that nobody uses")
    refresh_grace: Seconds = Field(
        timedelta(seconds=10),
        description="how long the immediate predecessor of a refresh token still works, for requests that cross",
    )

    signing_key_secret: SecretStr | None = Field(
        None, description="encrypts the private signing keys in the database; required in production, >= 32 characters"
    )
    signing_key_lifetime: Seconds = Field(timedelta(days=90), description="how long a key signs before its successor")
    signing_key_notice: Seconds = Field(
        timedelta(minutes=15),
        description="how long a new key is published before it signs; longer than services cache the key set (5 min)",
    )

    password_memory_kib: int = Field(19_456, ge=8, description="argon2id memory in KiB")
    password_iterations: int = Field(2, ge=1, description="argon2id passes")
    password_parallelism: int = Field(1, ge=1, description="argon2id lanes")
    password_workers: int = Field(2, ge=1, description="passwords hashed at the same time")
    password_queue: int = Field(64, ge=1, description="passwords waiting to be hashed before new ones get 503")

    login_window: Seconds = Field(timedelta(minutes=5), description="window of the three login limits")
    login_attempts: int = Field(10, ge=1, description="failed logins per account from one address")
    login_attempts_per_address: int = Field(50, ge=1, description="failed logins from one address")
    login_attempts_per_account: int = Field(100, ge=1, description="failed logins per account from anywhere")
    signup_window: Seconds = Field(timedelta(hours=1), description="window of the sign-up limit")
    signups_per_address: int = Field(20, ge=1, description="sign-ups from one address, refused ones included")

    admin_email: str | None = Field(None, description="address of the first administrator, for auth.bootstrap")
    admin_password: SecretStr | None = Field(None, description="password of the first administrator")

    @field_validator("signing_key_secret", "admin_email", "admin_password", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        # Compose files hand on unset variables as empty strings.
        return None if value == "" else value

    @model_validator(mode="after")
    def _require_key_secret(self) -> Self:
        secret = self.signing_key_secret
        if secret is not None and len(secret.get_secret_value()) < _MIN_SECRET_LENGTH:
            raise ValueError(f"signing_key_secret needs at least {_MIN_SECRET_LENGTH} characters")
        if secret is None and self.environment == "production":
            raise ValueError("signing_key_secret is required in production")
        return self

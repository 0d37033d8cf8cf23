"""What goes in and out over HTTP."""

from typing import Annotated, Any, Literal
from uuid import UUID

from contracts.auth import UserRole
from kit.text import CleanText, is_storable
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from auth import common_passwords, emails
from auth.emails import EmailAddress, email_key

MAX_PASSWORD_LENGTH = 128
DisplayName = Annotated[str, CleanText(1, 80)]


class User(BaseModel):
    """An account as its owner sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    display_name: str
    role: UserRole
    created_at: AwareDatetime


class SignUp(BaseModel):
    """A new account."""

    email: EmailAddress
    password: SecretStr = Field(min_length=common_passwords.MIN_LENGTH, max_length=MAX_PASSWORD_LENGTH)
    display_name: DisplayName

    @field_validator("password")
    @classmethod
    def _refuse_guessable(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        password = value.get_secret_value()
        if not is_storable(password):
            raise PydanticCustomError("password_unusable", "This password contains a character nobody can type")
        if common_passwords.is_common(password):
            raise PydanticCustomError("password_common", "This password is one of the most common ones")
        if email_key(password) == email_key(str(info.data.get("email", ""))):
            raise PydanticCustomError("password_is_email", "The password must not be the e-mail address")
        return value


class LogIn(BaseModel):
    """Credentials. Their shape is not judged here: what cannot be right is simply wrong."""

    email: str = Field(max_length=emails.MAX_LENGTH)
    password: SecretStr = Field(max_length=MAX_PASSWORD_LENGTH)


class RefreshTokenIn(BaseModel):
    """A refresh token."""

    refresh_token: SecretStr = Field(min_length=1, max_length=256)


class Tokens(BaseModel):
    """What a client needs for its next requests."""

    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    expires_in: int = Field(description="seconds until the access token expires")
    user: User


class Jwks(BaseModel):
    """The public keys (RFC 7517)."""

    keys: list[dict[str, Any]]

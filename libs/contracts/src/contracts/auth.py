"""Events published by the auth service."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.base import UserEvent

UserRole = Literal["candidate", "admin"]


class UserRegistered(UserEvent):
    """Somebody signed up, or an administrator was created."""

    event_type: ClassVar[str] = "auth.user_registered.v1"

    email: str
    display_name: str
    role: UserRole
    registered_at: AwareDatetime


class UserUpdated(UserEvent):
    """The account's name, address or role changed; carries the whole new state."""

    event_type: ClassVar[str] = "auth.user_updated.v1"

    email: str
    display_name: str
    role: UserRole
    updated_at: AwareDatetime

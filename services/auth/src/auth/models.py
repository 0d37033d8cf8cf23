"""What auth remembers: accounts, sessions, refresh tokens, signing keys, throttles."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from contracts.auth import UserRole
from kit.clock import now
from kit.database import UtcDateTime, schema_metadata, uuid_pk
from kit.messaging import outbox_table
from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

EndReason = Literal["logout", "token_reused"]


class Base(DeclarativeBase):
    """Tables of the schema `auth`."""

    metadata = schema_metadata("auth")


class Account(Base):
    """Somebody who can log in. `email_key` is the address as it is compared; `email` as it was typed."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("role IN ('candidate', 'admin')", name="role_known"),)

    id: Mapped[UUID] = uuid_pk()
    email: Mapped[str] = mapped_column(Text)
    email_key: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    role: Mapped[UserRole] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Session(Base):
    """One login on one device: the family its refresh tokens belong to.

    `generation` counts rotations. A refresh token works when it is of the current generation, and for a moment after
    `rotated_at` when it is of the one before.
    """

    __tablename__ = "sessions"

    id: Mapped[UUID] = uuid_pk()
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    generation: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rotated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[EndReason | None] = mapped_column(Text)


class RefreshToken(Base):
    """A refresh token, known by its SHA-256 only: 256 random bits need no salt."""

    __tablename__ = "refresh_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey(Session.id, ondelete="CASCADE"), index=True)
    generation: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SigningKeyRow(Base):
    """A key pair. The private half is PKCS #8, encrypted when a secret is configured."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(Text, primary_key=True)
    private_pem: Mapped[str] = mapped_column(Text)
    public_jwk: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signs_from: Mapped[datetime] = mapped_column(UtcDateTime)


class Throttle(Base):
    """Attempts in the current window of one limit; the key is a hash, so no address is kept."""

    __tablename__ = "throttles"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    attempts: Mapped[int]
    window_ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


metadata = Base.metadata
outbox = outbox_table(metadata)

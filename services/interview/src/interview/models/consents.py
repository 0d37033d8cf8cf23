"""What a candidate agreed to, and when they took it back."""

from datetime import datetime
from uuid import UUID

from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base


class Consent(Base):
    """One giving of consent to one capture of one interview."""

    __tablename__ = "consents"

    id: Mapped[UUID] = uuid_pk()
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    capture: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""What a candidate agreed to, and when they took it back."""

from datetime import datetime
from uuid import UUID

from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base
from interview.statements import Capture


class Consent(Base):
    """One giving of consent, a row of the ledger: giving again after a withdrawal is a row of its own.

    Nothing about a row ever changes but that it is withdrawn, once; a trigger in the database sees to it.
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint(
            "capture IN ('audio_transcription', 'video_recording', 'face_monitoring', 'expression_analysis')",
            name="capture",
        ),
        Index("ix_consents_interview_id_id", "interview_id", "id"),
        Index(
            "uq_consents_active", "interview_id", "capture", unique=True, postgresql_where=text("withdrawn_at IS NULL")
        ),
    )

    id: Mapped[UUID] = uuid_pk()
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    capture: Mapped[Capture] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    # The words themselves, not only their version: the ledger can be read without the code of its day.
    statement: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_active(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

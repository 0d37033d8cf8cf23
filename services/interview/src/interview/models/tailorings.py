"""What an interview is tailored to, and what earlier reports said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kit.database import UtcDateTime
from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base


class Tailoring(Base):
    """What a candidate brought along for one interview.

    The texts are read for the questions and by their candidate, and by nobody else: no event carries them. An interview
    is read after every change without them; `given` names those that are there.
    """

    __tablename__ = "tailorings"

    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True)
    focus: Mapped[list[str]] = mapped_column(ARRAY(Text))
    weak_points: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    given: Mapped[list[str]] = mapped_column(ARRAY(Text))
    job_description: Mapped[str | None] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    resume: Mapped[str | None] = mapped_column(Text, deferred=True, deferred_raiseload=True)

    def forget_texts(self) -> None:
        """Keep the texts no longer."""
        self.given = []
        self.job_description = self.resume = None


class CompetencyMark(Base):
    """What the report of one interview says about one competency, 1 to 5."""

    __tablename__ = "competency_marks"
    __table_args__ = (
        CheckConstraint("value BETWEEN 1 AND 5", name="value"),
        Index("ix_competency_marks_candidate_id", "candidate_id"),
    )

    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True)
    competency_id: Mapped[str] = mapped_column(Text, primary_key=True)
    competency_label: Mapped[str] = mapped_column(Text)
    candidate_id: Mapped[UUID]
    value: Mapped[float]
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)

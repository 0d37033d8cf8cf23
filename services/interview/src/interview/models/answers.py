"""An answer as it was handed in, and how far its analysis is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.interview import AnswerSource, Transcript
from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base
from interview.states import SETTLED_ANALYSIS, AnalysisStatus


class Answer(Base):
    """An answer; its text never changes. `analysis` is what the analysis service last told about it."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("question_id", "attempt"),
        CheckConstraint("source IN ('typed', 'voice')", name="source"),
        CheckConstraint(
            "analysis IN ('queued', 'running', 'done', 'partial', 'insufficient', 'failed')", name="analysis"
        ),
    )

    id: Mapped[UUID] = uuid_pk()
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    attempt: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[AnswerSource] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration_s: Mapped[float]
    analysis: Mapped[AnalysisStatus] = mapped_column(Text, default="queued")
    analysis_reason: Mapped[str | None] = mapped_column(Text)
    analysis_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What was heard before the candidate made it their answer; null when it was typed.
    transcript: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    @property
    def spoken(self) -> Transcript | None:
        """What was heard, as events carry it."""
        return Transcript.model_validate(self.transcript) if self.transcript is not None else None

    def learn(self, status: AnalysisStatus, reason: str | None, at: datetime) -> bool:
        """Take over what happened to the analysis at `at`; return whether it changed anything.

        Events come in any order. A result is only replaced by a newer one; a start and a failure never undo a result,
        and between the two of them the later counts.
        """
        if self._is_late(status, at):
            return False
        is_visible = (status, reason) != (self.analysis, self.analysis_reason)
        self.analysis, self.analysis_reason, self.analysis_at = status, reason, at
        return is_visible

    def _is_late(self, status: AnalysisStatus, at: datetime) -> bool:
        if self.analysis_at is None:
            return False
        if self.analysis in SETTLED_ANALYSIS:
            return status not in SETTLED_ANALYSIS or at <= self.analysis_at
        if status in SETTLED_ANALYSIS:
            return False
        return at < self.analysis_at

"""An interview as this service knows it, and its report."""

from datetime import datetime
from uuid import UUID

from contracts.analysis import InterviewReport, ReportStatus
from contracts.interview import InterviewCompleted, LevelRef, RoleRef
from kit.database import UtcDateTime
from sqlalchemy import CheckConstraint, Index, Text, desc
from sqlalchemy.orm import Mapped, mapped_column

from analysis.models.base import Base, Document


class Report(Base):
    """The report of one interview; it exists from the first answer on and is `pending` until it is made.

    `completion` is what the interview service told when no more answers were to come. `revealed_at` is when the
    candidate asked to see the report, or when the interview ended with nothing to rate. Before that they are not told
    what it says; from then on their own ratings of the answers stay as they are.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'done', 'partial', 'insufficient', 'failed')", name="status"),
        Index("ix_reports_of_candidate", "candidate_id", desc("completed_at"), desc("interview_id")),
    )

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID]
    role: Mapped[RoleRef] = mapped_column(Document(RoleRef))
    level: Mapped[LevelRef] = mapped_column(Document(LevelRef))
    status: Mapped[ReportStatus] = mapped_column(Text, default="pending")
    completion: Mapped[InterviewCompleted | None] = mapped_column(Document(InterviewCompleted))
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    report: Mapped[InterviewReport | None] = mapped_column(Document(InterviewReport))
    revealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def is_revealed(self) -> bool:
        """Whether the candidate may be told what it says."""
        return self.revealed_at is not None

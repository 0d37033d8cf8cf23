"""An answer to be analysed, who is at it, and what came out."""

from datetime import datetime
from uuid import UUID

from contracts.analysis import AnalysisStatus, AnswerAnalysis, Level
from contracts.interview import AnswerPart, AnswerSource, LevelRef, Question, RoleRef, Transcript
from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, Index, SmallInteger, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from analysis.models.base import Base, Document, Documents

TERMINAL: frozenset[AnalysisStatus] = frozenset({"done", "partial", "insufficient", "failed"})


class Analysis(Base):
    """One answer's analysis.

    While it is `running`, `lease` names the run that has it, and at `due_at` that run counts as dead unless it has
    moved the time on. While it is `queued`, `due_at` is when it may be taken up. A run that lost its lease records
    nothing.
    """

    __tablename__ = "analyses"
    __table_args__ = (
        UniqueConstraint("answer_id", "attempt"),
        CheckConstraint("status IN ('queued', 'running', 'done', 'partial', 'insufficient', 'failed')", name="status"),
        CheckConstraint("(status = 'running') = (lease IS NOT NULL)", name="lease"),
        CheckConstraint("(status IN ('done', 'partial', 'insufficient')) = (result IS NOT NULL)", name="result"),
        CheckConstraint("self_rating BETWEEN 1 AND 5", name="self_rating"),
        Index(None, "interview_id"),
        Index("ix_analyses_unfinished", "due_at", postgresql_where=sql("status IN ('queued', 'running')")),
    )

    id: Mapped[UUID] = uuid_pk()
    interview_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    answer_id: Mapped[UUID]
    attempt: Mapped[int]
    question_id: Mapped[UUID]
    position: Mapped[int]
    question: Mapped[Question] = mapped_column(Document(Question))
    role: Mapped[RoleRef] = mapped_column(Document(RoleRef))
    level: Mapped[LevelRef] = mapped_column(Document(LevelRef))
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[AnswerSource] = mapped_column(Text)
    duration_s: Mapped[float]
    transcript: Mapped[Transcript | None] = mapped_column(Document(Transcript))
    # Empty when the answer was given in one piece.
    parts: Mapped[tuple[AnswerPart, ...]] = mapped_column(Documents(AnswerPart), default=(), server_default=sql("'[]'"))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    allow_fallback: Mapped[bool]
    use_offline: Mapped[bool] = mapped_column(default=False)
    status: Mapped[AnalysisStatus] = mapped_column(Text, default="queued")
    status_reason: Mapped[str | None] = mapped_column(Text)
    result: Mapped[AnswerAnalysis | None] = mapped_column(Document(AnswerAnalysis))
    self_rating: Mapped[Level | None] = mapped_column(SmallInteger)
    runs: Mapped[int] = mapped_column(default=0)
    lease: Mapped[UUID | None]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def is_terminal(self) -> bool:
        """Whether nothing more will come by itself."""
        return self.status in TERMINAL

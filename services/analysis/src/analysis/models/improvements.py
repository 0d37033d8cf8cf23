"""The improvement of an answer: what is asked, what the candidate adds, who is at it, and what came out."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from analysis.engines.rewriting.shapes import Facts, Improvement
from analysis.models.base import Base, Document

ImprovementStatus = Literal["needs_facts", "queued", "running", "ready", "failed"]


class AnswerImprovement(Base):
    """One for each answer. `lease` and `due_at` are used as those of an analysis are; it goes with its analysis."""

    __tablename__ = "improvements"
    __table_args__ = (
        CheckConstraint("status IN ('needs_facts', 'queued', 'running', 'ready', 'failed')", name="status"),
        CheckConstraint("(status = 'running') = (lease IS NOT NULL)", name="lease"),
        CheckConstraint("(status = 'ready') = (result IS NOT NULL)", name="result"),
        Index("ix_improvements_unfinished", "due_at", postgresql_where=sql("status IN ('queued', 'running')")),
    )

    id: Mapped[UUID] = uuid_pk()
    analysis_id: Mapped[UUID] = mapped_column(ForeignKey("analyses.id", ondelete="CASCADE"), unique=True)
    status: Mapped[ImprovementStatus] = mapped_column(Text)
    status_reason: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[Facts] = mapped_column(Document(Facts))
    use_offline: Mapped[bool]
    result: Mapped[Improvement | None] = mapped_column(Document(Improvement))
    runs: Mapped[int]
    lease: Mapped[UUID | None]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""The read models: what reviewers look at, built from events only.

Events come more than once and in any order, so every row may start half known: columns are null until the event that
knows them has arrived, and a row without its `created_at` is not shown. Nothing here refers to another row by a foreign
key for the same reason.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from kit.ai import usage_table
from kit.database import UtcDateTime, schema_metadata
from kit.messaging import inbox_table
from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

metadata = schema_metadata("admin")
inbox = inbox_table(metadata)
ai_usage = usage_table(metadata)

INTERVIEW_STATUSES = ("preparing", "ready", "in_progress", "completed", "abandoned")
ANALYSIS_STATUSES = ("queued", "running", "done", "partial", "insufficient", "failed")
REPORT_STATUSES = ("none", "pending", "done", "partial", "insufficient", "failed")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Base(DeclarativeBase):
    """Base of the read models."""

    metadata = metadata


class User(Base):
    """An account as auth last described it."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    registered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    described_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_users_display_name", sql("lower(display_name)"), "id"),)


class Interview(Base):
    """One interview of one candidate."""

    __tablename__ = "interviews"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID]
    role_id: Mapped[str | None] = mapped_column(Text)
    role_title: Mapped[str | None] = mapped_column(Text)
    role_family: Mapped[str | None] = mapped_column(Text)
    level_id: Mapped[str | None] = mapped_column(Text)
    level_label: Mapped[str | None] = mapped_column(Text)
    question_count: Mapped[int | None]
    status: Mapped[str] = mapped_column(Text, default="preparing", server_default="preparing")
    report_status: Mapped[str] = mapped_column(Text, default="none", server_default="none")
    overall_value: Mapped[float | None]
    overall_band: Mapped[str | None] = mapped_column(Text)
    source: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    report_made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(_one_of("status", INTERVIEW_STATUSES), name="status"),
        CheckConstraint(_one_of("report_status", REPORT_STATUSES), name="report_status"),
        Index("ix_interviews_created_at_id", "created_at", "id"),
        Index("ix_interviews_candidate_id", "candidate_id"),
        Index("ix_interviews_completed_at", "completed_at"),
    )


class Question(Base):
    """A question of an interview and what became of it."""

    __tablename__ = "questions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    kind: Mapped[str | None] = mapped_column(Text)
    competency: Mapped[dict[str, Any]] = mapped_column(JSONB)
    difficulty: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    key_points: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default=sql("'[]'"))


class Answer(Base):
    """An answer and its analysis, whichever was heard of first."""

    __tablename__ = "answers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(index=True)
    question_id: Mapped[UUID]
    attempt: Mapped[int | None]
    text: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    duration_s: Mapped[float | None]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Who listened to a spoken answer and how much of what was heard was changed; the words themselves stay behind.
    transcript: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    # What was asked in between and answered with which of the text; empty when it was given in one piece.
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default=sql("'[]'"))
    analysis_status: Mapped[str] = mapped_column(Text, default="queued", server_default="queued")
    analysis_reason: Mapped[str | None] = mapped_column(Text)
    analysis: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    # When the analysis said so; the later word counts, whatever order the events come in.
    analysis_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(_one_of("analysis_status", ANALYSIS_STATUSES), name="analysis_status"),
        Index("ix_answers_failed", "interview_id", postgresql_where=sql("analysis_status = 'failed'")),
    )


class Notice(Base):
    """Something the candidate's browser noticed, and what they say to it, whichever was heard of first.

    For people to read. Nothing is counted, sorted or filtered by it.
    """

    __tablename__ = "notices"

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str | None] = mapped_column(Text)
    question_id: Mapped[UUID | None]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    duration_s: Mapped[float | None]
    confidence: Mapped[float | None]
    reason: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Presence(Base):
    """What a candidate lets reviewers see of themselves; empty as soon as they no longer do."""

    __tablename__ = "presence"

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    shared: Mapped[bool]
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

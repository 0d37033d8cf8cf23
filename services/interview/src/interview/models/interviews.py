"""An interview and where it stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.interview import LevelRef, QuestionSource, RoleRef
from kit.clock import now
from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import ARRAY, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interview.models.base import Base
from interview.models.moves import require
from interview.statements import Capture
from interview.states import (
    FINISHED_INTERVIEW,
    INTERVIEW_MOVES,
    OPEN_QUESTION,
    SETTLED_REPORT,
    InterviewStatus,
    PreparationStage,
    ReportStatus,
)

if TYPE_CHECKING:
    from interview.models.consents import Consent
    from interview.models.questions import Question
    from interview.models.tailorings import Tailoring


class Interview(Base):
    """One interview of one candidate. Its row is locked by whoever changes it or anything below it.

    `version` grows with every change a candidate can see, and is the id of the event that tells about it.
    """

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint(
            "status IN ('draft', 'preparing', 'ready', 'in_progress', 'completed', 'abandoned')", name="status"
        ),
        CheckConstraint("follow_ups BETWEEN 0 AND 4", name="follow_ups"),
        CheckConstraint("preparation_stage IN ('waiting', 'writing', 'done', 'failed')", name="preparation_stage"),
        CheckConstraint(
            "report_status IN ('none', 'pending', 'done', 'partial', 'insufficient', 'failed')", name="report_status"
        ),
        Index("ix_interviews_candidate_id_id", "candidate_id", "id"),
        Index(
            "ix_interviews_preparation_due_at",
            "preparation_due_at",
            postgresql_where=text("status = 'preparing'"),
        ),
    )

    id: Mapped[UUID] = uuid_pk()
    candidate_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[InterviewStatus] = mapped_column(Text, default="draft")

    role_id: Mapped[str] = mapped_column(Text)
    role_title: Mapped[str] = mapped_column(Text)
    role_family: Mapped[str] = mapped_column(Text)
    level_id: Mapped[str] = mapped_column(Text)
    level_label: Mapped[str] = mapped_column(Text)
    question_count: Mapped[int]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    allow_fallback: Mapped[bool]
    follow_ups: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    preparation_stage: Mapped[PreparationStage] = mapped_column(Text, default="waiting")
    preparation_message: Mapped[str | None] = mapped_column(Text)
    preparation_since: Mapped[datetime] = mapped_column(UtcDateTime)
    # Who works on it (a fencing token: the last to claim wins), for which message, and until when it may take.
    preparation_claim: Mapped[UUID | None]
    preparation_message_id: Mapped[UUID | None]
    preparation_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    preparation_rounds: Mapped[int] = mapped_column(default=0)
    source: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    report_status: Mapped[ReportStatus] = mapped_column(Text, default="none")
    report_made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    overall_value: Mapped[float | None]
    overall_band: Mapped[str | None] = mapped_column(Text)
    # Whether the candidate may be told the figure; until then they can still rate their own answers.
    report_revealed: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    # Whether reviewers may see what was visible, and when they were last told anything about it.
    presence_shared: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    presence_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    questions: Mapped[list["Question"]] = relationship(
        lazy="raise",
        order_by="Question.position, Question.follow_up_number",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    consents: Mapped[list["Consent"]] = relationship(
        lazy="raise", order_by="Consent.id", cascade="all, delete-orphan", passive_deletes=True
    )

    tailoring: Mapped["Tailoring | None"] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    # The lock on the row keeps writers apart; this catches one who forgot to take it.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - read by SQLAlchemy

    @property
    def role(self) -> RoleRef:
        """The role as it was called when it was chosen."""
        return RoleRef(id=self.role_id, title=self.role_title, family=self.role_family)

    @property
    def level(self) -> LevelRef:
        """The level as it was called when it was chosen."""
        return LevelRef(id=self.level_id, label=self.level_label)

    @property
    def question_source(self) -> QuestionSource | None:
        """Who wrote the questions; None before they are written."""
        return QuestionSource.model_validate(self.source) if self.source is not None else None

    @property
    def main_questions(self) -> "list[Question]":
        """The questions without their follow-ups."""
        return [question for question in self.questions if question.parent_id is None]

    def thread_of(self, question: "Question") -> "list[Question]":
        """Return a question, or the one it follows up, with all its follow-ups in their order."""
        main_id = question.parent_id or question.id
        return [one for one in self.questions if main_id in (one.id, one.parent_id)]

    @property
    def open_question(self) -> "Question | None":
        """The question being asked, while the interview is in progress."""
        return next((question for question in self.questions if question.status in OPEN_QUESTION), None)

    @property
    def is_finished(self) -> bool:
        """Whether nothing can be answered any more."""
        return self.status in FINISHED_INTERVIEW

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.status == "abandoned" or (self.status == "completed" and self.report_status in SETTLED_REPORT)

    def consent_to(self, capture: Capture) -> "Consent | None":
        """Return the consent in force; None when it was never given, or withdrawn."""
        return next((one for one in self.consents if one.capture == capture and one.is_active), None)

    def move_to(self, status: InterviewStatus) -> None:
        """Change the status.

        Raises:
            IllegalTransition: the state machine has no such move.
        """
        require(INTERVIEW_MOVES, self.status, status)
        self.status = status
        self.changed()

    def stage(self, stage: PreparationStage, message: str | None = None) -> None:
        """Say how far the preparation is."""
        self.preparation_stage = stage
        self.preparation_message = message
        self.preparation_since = now()
        self.changed()

    def changed(self) -> None:
        """Let those who watch know."""
        self.version += 1

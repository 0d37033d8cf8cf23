"""A question of an interview, and the draft of its answer."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.interview import CompetencyRef, FollowUpKind, QuestionKind
from contracts.interview import Question as QuestionShape
from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interview.models.base import Base
from interview.models.moves import require
from interview.states import CLOSED_QUESTION, OPEN_QUESTION, QUESTION_MOVES, QuestionStatus

if TYPE_CHECKING:
    from interview.models.answers import Answer
    from interview.models.speech import SpeechPart


class Question(Base):
    """A question as it was written for one interview, with what is needed to judge an answer to it.

    A follow-up question is one with a parent. It stands at its parent's position and is told apart by its number,
    which is 0 for the questions themselves; question and follow-ups are one thread and are judged as one answer.
    """

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("interview_id", "position", "follow_up_number"),
        CheckConstraint(
            "status IN ('upcoming', 'asked', 'answering', 'submitted', 'skipped', 'not_reached')", name="status"
        ),
        CheckConstraint("(parent_id IS NULL) = (follow_up_number = 0)", name="follow_up"),
    )

    id: Mapped[UUID] = uuid_pk()
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    position: Mapped[int]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    follow_up_number: Mapped[int] = mapped_column(default=0, server_default=sql("0"))
    # Which kind, what it asks for, and who worded it (with the prompt's version when that was a model).
    follow_up: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    status: Mapped[QuestionStatus] = mapped_column(Text, default="upcoming")
    kind: Mapped[QuestionKind] = mapped_column(Text)
    difficulty: Mapped[int]
    competency_id: Mapped[str] = mapped_column(Text)
    competency_label: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    key_points: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    rubric: Mapped[dict[str, Any]] = mapped_column(JSONB)
    anchors: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    suggested_seconds: Mapped[int]
    bank_id: Mapped[str | None] = mapped_column(Text)
    because: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    draft: Mapped["Draft | None"] = relationship(lazy="raise", cascade="all, delete-orphan", passive_deletes=True)
    answers: Mapped[list["Answer"]] = relationship(
        lazy="raise", order_by="Answer.attempt", cascade="all, delete-orphan", passive_deletes=True
    )
    # Loaded without what was dropped: of a closed question nothing is left to show.
    speech: Mapped[list["SpeechPart"]] = relationship(
        lazy="raise", order_by="SpeechPart.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def competency(self) -> CompetencyRef:
        """What the question looks for."""
        return CompetencyRef(id=self.competency_id, label=self.competency_label)

    @property
    def answer(self) -> "Answer | None":
        """The answer given in the interview; later attempts stand beside it and never in its place."""
        return self.answers[0] if self.answers else None

    @property
    def follow_up_kind(self) -> FollowUpKind | None:
        """Which kind of follow-up it is; None for a question itself."""
        return self.follow_up["kind"] if self.follow_up is not None else None

    @property
    def is_open(self) -> bool:
        """Whether it is the one being asked."""
        return self.status in OPEN_QUESTION

    @property
    def shape(self) -> QuestionShape:
        """The question as events carry it."""
        return QuestionShape.model_validate(
            {
                "id": self.id,
                "position": self.position,
                "kind": self.kind,
                "difficulty": self.difficulty,
                "competency": self.competency,
                "text": self.text,
                "key_points": self.key_points,
                "rubric": self.rubric,
                "anchors": self.anchors,
                "suggested_seconds": self.suggested_seconds,
                "because": self.because,
            }
        )

    @property
    def speech_in_order(self) -> "list[SpeechPart]":
        """The parts as they were spoken: the takes as they first arrived, and the parts of each by their number."""
        takes = {take: place for place, take in enumerate(dict.fromkeys(part.take for part in self.speech))}
        return sorted(self.speech, key=lambda part: (takes[part.take], part.seq))

    def move_to(self, status: QuestionStatus) -> None:
        """Change the status. With the question its speech closes: what nobody handed in is kept by nobody.

        Raises:
            IllegalTransition: the state machine has no such move.
        """
        require(QUESTION_MOVES, self.status, status)
        self.status = status
        if status in CLOSED_QUESTION:
            for part in self.speech:
                part.drop()


class Draft(Base):
    """What the candidate has typed so far; `revision` counts the saves, so that two windows notice each other."""

    __tablename__ = "drafts"

    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""Another try at a question of an interview that is over."""

from datetime import datetime
from uuid import UUID

from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base


class Attempt(Base):
    """A further attempt with its draft; `number` is that of the answer it becomes, so the first here is 2.

    `text` is the draft while the attempt is open, and what was handed in afterwards. `revision` counts the saves.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("number >= 2", name="number"),
        CheckConstraint("(submitted_at IS NULL) = (answer_id IS NULL)", name="answer"),
        Index("uq_attempts_open", "question_id", unique=True, postgresql_where=text("submitted_at IS NULL")),
    )

    id: Mapped[UUID] = uuid_pk()
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_id: Mapped[UUID | None] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))

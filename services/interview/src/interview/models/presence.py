"""What was visible of a candidate during one answer, added up in the browser."""

from datetime import datetime
from uuid import UUID

from kit.database import UtcDateTime
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base


class Presence(Base):
    """Counts of one answer: samples taken, samples that could be read, and what those showed.

    For the candidate; reviewers see it only while it is shared, and no score reads this table.
    """

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint("seconds >= 0", name="seconds"),
        CheckConstraint("readable BETWEEN 0 AND samples", name="readable"),
        CheckConstraint("facing BETWEEN 0 AND readable", name="facing"),
    )

    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), index=True)
    seconds: Mapped[float]
    samples: Mapped[int]
    readable: Mapped[int]
    # Null: no baseline was found, so nothing can be said.
    facing: Mapped[int | None]
    expressions: Mapped[dict[str, int]] = mapped_column(JSONB)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

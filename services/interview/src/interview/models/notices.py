"""What the browser noticed while an interview ran, and what the candidate says to it."""

from datetime import datetime
from uuid import UUID

from contracts.interview import NoticeKind
from kit.database import UtcDateTime
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base


class Notice(Base):
    """One notice. Its id is made by the browser, so that sending it again, from a queue or after a crash, is no second.

    Nothing here counts towards anything: no score reads this table, and no number is made of it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('no_face', 'several_faces', 'looking_away', 'could_not_tell', 'monitoring_off', 'page_hidden', "
            "'window_blur', 'paste', 'fullscreen_exit', 'second_screen')",
            name="kind",
        ),
        CheckConstraint("duration_s >= 0", name="duration_s"),
        Index("ix_notices_interview_id_started_at", "interview_id", "started_at"),
    )

    # Together with the interview: nobody can take, or find out about, an id in somebody else's.
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(Text)
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration_s: Mapped[float]
    confidence: Mapped[float | None]
    # As the candidate reads it and replies to it, whatever later versions would say.
    reason: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

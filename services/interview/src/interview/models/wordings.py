"""A follow-up question put into words while its answer is still being written."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base

WordingStatus = Literal["wanted", "ready", "failed"]


class Wording(Base):
    """One request to a model, with what it is based on, what came of it and what it cost.

    `words` is the length of the answer at that time. `questions` holds one wording for each gap asked about:
    `{"kind", "target", "quote", "text"}`. Tokens are the provider's count, null when it told none.
    """

    __tablename__ = "wordings"
    __table_args__ = (
        CheckConstraint("status IN ('wanted', 'ready', 'failed')", name="status"),
        Index(None, "question_id"),
    )

    id: Mapped[UUID] = uuid_pk()
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    status: Mapped[WordingStatus] = mapped_column(Text, default="wanted")
    words: Mapped[int]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    reason: Mapped[str | None] = mapped_column(Text)
    provider: Mapped[str | None] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(Text)
    prompt_version: Mapped[str | None] = mapped_column(Text)
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

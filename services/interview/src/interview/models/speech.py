"""A part of a spoken answer on its way to becoming text."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.interview import HeardWord
from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base
from interview.states import SpeechStatus


class SpeechPart(Base):
    """One whole recording of at most half a minute: a take is one press of "Speak", and its parts count from 0.

    The sound lies in the storage while `has_audio`, and no longer than it is needed. Ids grow with the time of arrival.
    """

    __tablename__ = "speech_parts"
    __table_args__ = (
        UniqueConstraint("question_id", "take", "seq"),
        CheckConstraint("status IN ('queued', 'running', 'done', 'failed', 'dropped')", name="status"),
        Index("ix_speech_parts_due_at", "due_at", postgresql_where=text("status IN ('queued', 'running')")),
        Index("ix_speech_parts_has_audio", "id", postgresql_where=text("has_audio")),
    )

    id: Mapped[UUID] = uuid_pk()
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    take: Mapped[UUID]
    seq: Mapped[int]
    content_type: Mapped[str] = mapped_column(Text)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    offset_ms: Mapped[int]
    duration_ms: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    has_audio: Mapped[bool] = mapped_column(default=True)

    status: Mapped[SpeechStatus] = mapped_column(Text, default="queued")
    text: Mapped[str | None] = mapped_column(Text)
    words: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    reason: Mapped[str | None] = mapped_column(Text)
    provider: Mapped[str | None] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(Text)

    # Who works on it (a fencing token: the last to claim wins), for which message, and until when it may take.
    claim: Mapped[UUID | None]
    message_id: Mapped[UUID | None]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rounds: Mapped[int] = mapped_column(default=0)

    @property
    def is_retriable(self) -> bool:
        """Whether it failed and can be tried again."""
        return self.status == "failed" and self.has_audio

    def queue(self, due_at: datetime) -> None:
        """Let it wait for somebody to work on it; after `due_at` it counts as stuck."""
        self.status = "queued"
        self.reason = self.claim = self.message_id = None
        self.due_at = due_at

    def take_on(self, claim: UUID, message_id: UUID, due_at: datetime) -> None:
        """Note who works on it."""
        self.status = "running"
        self.claim, self.message_id, self.due_at = claim, message_id, due_at

    def finish(self, heard: str, words: list[HeardWord] | None, provider: str | None, model: str | None) -> None:
        """Take down what was said."""
        self._end("done")
        self.text = heard
        self.words = [word.model_dump(mode="json") for word in words] if words is not None else None
        self.provider, self.model = provider, model

    def fail(self, reason: str) -> None:
        """Say why there is no text."""
        self._end("failed")
        self.reason = reason

    def drop(self) -> None:
        """Keep nothing of it; its sound is deleted by whoever sees it next."""
        self._end("dropped")
        self.text = self.words = self.reason = None

    def _end(self, status: SpeechStatus) -> None:
        self.status = status
        self.claim = self.message_id = self.due_at = None

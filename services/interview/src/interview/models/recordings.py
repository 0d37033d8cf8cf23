"""A recorded video of an interview, and the chunks it arrives in."""

from datetime import datetime
from uuid import UUID

from kit.clock import now
from kit.database import UtcDateTime
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from interview.containers import Container
from interview.models.base import Base
from interview.models.moves import require
from interview.states import RECORDING_MOVES, RecordingStatus


class Recording(Base):
    """One stretch of recorded video. Its row is locked by whoever changes it or its chunks.

    The candidate's browser makes the id, so that it can begin without a network. A recording that was closed because
    nothing came for a while is not `sealed`: its chunks are kept, and when more of them arrive it is open again.
    What was deleted stays as a row until nothing of it can be left in the storage.
    """

    __tablename__ = "recordings"
    __table_args__ = (
        CheckConstraint("status IN ('receiving', 'assembling', 'ready', 'partial', 'failed')", name="status"),
        CheckConstraint("container IN ('webm', 'mp4')", name="container"),
        Index("ix_recordings_candidate_id", "candidate_id"),
        Index("ix_recordings_interview_id", "interview_id"),
        Index("ix_recordings_delete_after", "delete_after", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_recordings_deleted_at", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL")),
        Index("ix_recordings_last_chunk_at", "last_chunk_at", postgresql_where=text("status = 'receiving'")),
        Index("ix_recordings_assembly_due_at", "assembly_due_at", postgresql_where=text("status = 'assembling'")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    candidate_id: Mapped[UUID]
    status: Mapped[RecordingStatus] = mapped_column(Text, default="receiving")
    content_type: Mapped[str] = mapped_column(Text)
    container: Mapped[Container] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # When the last chunk came, or when it was begun.
    last_chunk_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delete_after: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # How many there are in all, as the browser said when it was done.
    total_chunks: Mapped[int | None]
    sealed: Mapped[bool] = mapped_column(default=False)
    received_chunks: Mapped[int] = mapped_column(default=0)
    # What the chunks take in the storage: 0 once they are gone.
    chunk_bytes: Mapped[int] = mapped_column(BigInteger, default=0)

    # Who works on it (a fencing token: the last to claim wins), for which message, and until when it may take.
    assembly_claim: Mapped[UUID | None]
    assembly_message_id: Mapped[UUID | None]
    assembly_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assembly_rounds: Mapped[int] = mapped_column(default=0)

    video_key: Mapped[str | None] = mapped_column(Text)
    video_bytes: Mapped[int | None] = mapped_column(BigInteger)
    duration_s: Mapped[float | None]
    failure: Mapped[str | None] = mapped_column(Text)

    @property
    def folder(self) -> str:
        """Where everything of it lies in the storage."""
        return f"recordings/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it takes more chunks."""
        return self.deleted_at is None and not self.sealed

    @property
    def stored_bytes(self) -> int:
        """What it takes in the storage."""
        return self.chunk_bytes + (self.video_bytes or 0)

    def move_to(self, status: RecordingStatus) -> None:
        """Change the status.

        Raises:
            IllegalTransition: the state machine has no such move.
        """
        require(RECORDING_MOVES, self.status, status)
        self.status = status


class RecordingChunk(Base):
    """A piece of a recording as it came. It has a meaning only together with those before it."""

    __tablename__ = "recording_chunks"

    recording_id: Mapped[UUID] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    @property
    def key(self) -> str:
        """Where it lies in the storage."""
        return chunk_key(self.recording_id, self.seq, self.digest)


def chunk_key(recording_id: UUID, seq: int, digest: bytes) -> str:
    """Return where a chunk lies. Its content is in the name: two that claim one number overwrite nothing."""
    return f"recordings/{recording_id}/chunks/{seq:06d}-{digest.hex()[:16]}"

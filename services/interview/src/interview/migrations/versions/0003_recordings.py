"""Recordings and their chunks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("container", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_chunk_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delete_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("cleared_at", sa.DateTime(timezone=True)),
        sa.Column("total_chunks", sa.Integer()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("received_chunks", sa.Integer(), nullable=False),
        sa.Column("chunk_bytes", sa.BigInteger(), nullable=False),
        sa.Column("assembly_claim", sa.Uuid()),
        sa.Column("assembly_message_id", sa.Uuid()),
        sa.Column("assembly_due_at", sa.DateTime(timezone=True)),
        sa.Column("assembly_rounds", sa.Integer(), nullable=False),
        sa.Column("video_key", sa.Text()),
        sa.Column("video_bytes", sa.BigInteger()),
        sa.Column("duration_s", sa.Double()),
        sa.Column("failure", sa.Text()),
        sa.CheckConstraint(
            "status IN ('receiving', 'assembling', 'ready', 'partial', 'failed')", name=op.f("ck_recordings_status")
        ),
        sa.CheckConstraint("container IN ('webm', 'mp4')", name=op.f("ck_recordings_container")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_recordings_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
        schema="interview",
    )
    op.create_index("ix_recordings_candidate_id", "recordings", ["candidate_id"], schema="interview")
    op.create_index("ix_recordings_interview_id", "recordings", ["interview_id"], schema="interview")
    for column, condition in _PARTIAL:
        op.create_index(
            f"ix_recordings_{column}",
            "recordings",
            [column],
            schema="interview",
            postgresql_where=sa.text(condition),
        )
    op.create_table(
        "recording_chunks",
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["interview.recordings.id"],
            name=op.f("fk_recording_chunks_recording_id_recordings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recording_id", "seq", name=op.f("pk_recording_chunks")),
        schema="interview",
    )


_PARTIAL = [
    ("delete_after", "deleted_at IS NULL"),
    ("deleted_at", "deleted_at IS NOT NULL"),
    ("last_chunk_at", "status = 'receiving'"),
    ("assembly_due_at", "status = 'assembling'"),
]


def downgrade() -> None:
    op.drop_table("recording_chunks", schema="interview")
    op.drop_table("recordings", schema="interview")

"""Parts of speech, and what was heard of an answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("transcript", postgresql.JSONB(none_as_null=True)), schema="interview")
    op.create_table(
        "speech_parts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("take", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("offset_ms", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_audio", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("words", postgresql.JSONB(none_as_null=True)),
        sa.Column("reason", sa.Text()),
        sa.Column("provider", sa.Text()),
        sa.Column("model", sa.Text()),
        sa.Column("claim", sa.Uuid()),
        sa.Column("message_id", sa.Uuid()),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'failed', 'dropped')", name=op.f("ck_speech_parts_status")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_speech_parts_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech_parts")),
        sa.UniqueConstraint("question_id", "take", "seq", name=op.f("uq_speech_parts_question_id_take_seq")),
        schema="interview",
    )
    op.create_index(
        "ix_speech_parts_due_at",
        "speech_parts",
        ["due_at"],
        schema="interview",
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
    op.create_index(
        "ix_speech_parts_has_audio", "speech_parts", ["id"], schema="interview", postgresql_where=sa.text("has_audio")
    )


def downgrade() -> None:
    op.drop_index(
        "ix_speech_parts_has_audio",
        table_name="speech_parts",
        schema="interview",
        postgresql_where=sa.text("has_audio"),
    )
    op.drop_index(
        "ix_speech_parts_due_at",
        table_name="speech_parts",
        schema="interview",
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
    op.drop_table("speech_parts", schema="interview")
    op.drop_column("answers", "transcript", schema="interview")

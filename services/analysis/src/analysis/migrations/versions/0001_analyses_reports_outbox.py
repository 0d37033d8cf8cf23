"""analyses, reports, outbox, inbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "analyses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("role", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("level", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allow_fallback", sa.Boolean(), nullable=False),
        sa.Column("use_offline", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'running') = (lease IS NOT NULL)", name=op.f("ck_analyses_lease")),
        sa.CheckConstraint(
            "(status IN ('done', 'partial', 'insufficient')) = (result IS NOT NULL)", name=op.f("ck_analyses_result")
        ),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'partial', 'insufficient', 'failed')",
            name=op.f("ck_analyses_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyses")),
        sa.UniqueConstraint("answer_id", "attempt", name=op.f("uq_analyses_answer_id_attempt")),
        schema="analysis",
    )
    op.create_index(op.f("ix_analyses_interview_id"), "analyses", ["interview_id"], unique=False, schema="analysis")
    op.create_index(
        "ix_analyses_unfinished",
        "analyses",
        ["due_at"],
        unique=False,
        schema="analysis",
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
    op.create_table(
        "inbox",
        sa.Column("message_id", sa.UUID(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "queue", name=op.f("pk_inbox")),
        schema="analysis",
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False, schema="analysis")
    op.create_table(
        "outbox",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("traceparent", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        schema="analysis",
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["id"],
        unique=False,
        schema="analysis",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_published",
        "outbox",
        ["published_at"],
        unique=False,
        schema="analysis",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_table(
        "reports",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("role", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("level", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("completion", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'done', 'partial', 'insufficient', 'failed')", name=op.f("ck_reports_status")
        ),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_reports")),
        schema="analysis",
    )
    op.create_index(
        "ix_reports_of_candidate",
        "reports",
        ["candidate_id", sa.literal_column("completed_at DESC"), sa.literal_column("interview_id DESC")],
        unique=False,
        schema="analysis",
    )


def downgrade() -> None:
    op.drop_index("ix_reports_of_candidate", table_name="reports", schema="analysis")
    op.drop_table("reports", schema="analysis")
    op.drop_index(
        "ix_outbox_published",
        table_name="outbox",
        schema="analysis",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="analysis", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="analysis")
    op.drop_index("ix_inbox_received_at", table_name="inbox", schema="analysis")
    op.drop_table("inbox", schema="analysis")
    op.drop_index(
        "ix_analyses_unfinished",
        table_name="analyses",
        schema="analysis",
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
    op.drop_index(op.f("ix_analyses_interview_id"), table_name="analyses", schema="analysis")
    op.drop_table("analyses", schema="analysis")

"""read models"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("analysis_status", sa.Text(), server_default="queued", nullable=False),
        sa.Column("analysis_reason", sa.Text(), nullable=True),
        sa.Column("analysis", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("analysis_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "analysis_status IN ('queued', 'running', 'done', 'partial', 'insufficient', 'failed')",
            name=op.f("ck_answers_analysis_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        schema="admin",
    )
    op.create_index(
        "ix_answers_failed",
        "answers",
        ["interview_id"],
        unique=False,
        schema="admin",
        postgresql_where=sa.text("analysis_status = 'failed'"),
    )
    op.create_index(op.f("ix_answers_interview_id"), "answers", ["interview_id"], unique=False, schema="admin")
    op.create_table(
        "inbox",
        sa.Column("message_id", sa.UUID(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "queue", name=op.f("pk_inbox")),
        schema="admin",
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False, schema="admin")
    op.create_table(
        "interviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Text(), nullable=True),
        sa.Column("role_title", sa.Text(), nullable=True),
        sa.Column("role_family", sa.Text(), nullable=True),
        sa.Column("level_id", sa.Text(), nullable=True),
        sa.Column("level_label", sa.Text(), nullable=True),
        sa.Column("question_count", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default="preparing", nullable=False),
        sa.Column("report_status", sa.Text(), server_default="none", nullable=False),
        sa.Column("overall_value", sa.Double(), nullable=True),
        sa.Column("overall_band", sa.Text(), nullable=True),
        sa.Column("source", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("report", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("report_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "report_status IN ('none', 'pending', 'done', 'partial', 'insufficient', 'failed')",
            name=op.f("ck_interviews_report_status"),
        ),
        sa.CheckConstraint(
            "status IN ('preparing', 'ready', 'in_progress', 'completed', 'abandoned')",
            name=op.f("ck_interviews_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        schema="admin",
    )
    op.create_index("ix_interviews_candidate_id", "interviews", ["candidate_id"], unique=False, schema="admin")
    op.create_index("ix_interviews_completed_at", "interviews", ["completed_at"], unique=False, schema="admin")
    op.create_index("ix_interviews_created_at_id", "interviews", ["created_at", "id"], unique=False, schema="admin")
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("competency", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "key_points", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        schema="admin",
    )
    op.create_index(op.f("ix_questions_interview_id"), "questions", ["interview_id"], unique=False, schema="admin")
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        schema="admin",
    )
    op.create_index(
        "ix_users_display_name", "users", [sa.literal_column("lower(display_name)"), "id"], unique=False, schema="admin"
    )


def downgrade() -> None:
    op.drop_index("ix_users_display_name", table_name="users", schema="admin")
    op.drop_table("users", schema="admin")
    op.drop_index(op.f("ix_questions_interview_id"), table_name="questions", schema="admin")
    op.drop_table("questions", schema="admin")
    op.drop_index("ix_interviews_created_at_id", table_name="interviews", schema="admin")
    op.drop_index("ix_interviews_completed_at", table_name="interviews", schema="admin")
    op.drop_index("ix_interviews_candidate_id", table_name="interviews", schema="admin")
    op.drop_table("interviews", schema="admin")
    op.drop_index("ix_inbox_received_at", table_name="inbox", schema="admin")
    op.drop_table("inbox", schema="admin")
    op.drop_index(op.f("ix_answers_interview_id"), table_name="answers", schema="admin")
    op.drop_index(
        "ix_answers_failed",
        table_name="answers",
        schema="admin",
        postgresql_where=sa.text("analysis_status = 'failed'"),
    )
    op.drop_table("answers", schema="admin")

"""Interviews, questions, drafts, answers, and the tables of the plumbing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("claim", sa.Text()),
        sa.Column("status", sa.Integer()),
        sa.Column("headers", sa.JSON()),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "address", "key", name=op.f("pk_idempotency_keys")),
        schema="interview",
    )
    op.create_index(op.f("ix_idempotency_keys_expires_at"), "idempotency_keys", ["expires_at"], schema="interview")
    op.create_table(
        "inbox",
        sa.Column("message_id", sa.UUID(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "queue", name=op.f("pk_inbox")),
        schema="interview",
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], schema="interview")
    op.create_table(
        "interviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("role_id", sa.Text(), nullable=False),
        sa.Column("role_title", sa.Text(), nullable=False),
        sa.Column("role_family", sa.Text(), nullable=False),
        sa.Column("level_id", sa.Text(), nullable=False),
        sa.Column("level_label", sa.Text(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("allow_fallback", sa.Boolean(), nullable=False),
        sa.Column("preparation_stage", sa.Text(), nullable=False),
        sa.Column("preparation_message", sa.Text()),
        sa.Column("preparation_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("preparation_claim", sa.Uuid()),
        sa.Column("preparation_message_id", sa.Uuid()),
        sa.Column("preparation_due_at", sa.DateTime(timezone=True)),
        sa.Column("preparation_rounds", sa.Integer(), nullable=False),
        sa.Column("source", postgresql.JSONB(none_as_null=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True)),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.Column("report_status", sa.Text(), nullable=False),
        sa.Column("report_made_at", sa.DateTime(timezone=True)),
        sa.Column("overall_value", sa.Double()),
        sa.Column("overall_band", sa.Text()),
        sa.CheckConstraint(
            "preparation_stage IN ('waiting', 'writing', 'done', 'failed')",
            name=op.f("ck_interviews_preparation_stage"),
        ),
        sa.CheckConstraint(
            "report_status IN ('none', 'pending', 'done', 'partial', 'insufficient', 'failed')",
            name=op.f("ck_interviews_report_status"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'preparing', 'ready', 'in_progress', 'completed', 'abandoned')",
            name=op.f("ck_interviews_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        schema="interview",
    )
    op.create_index("ix_interviews_candidate_id_id", "interviews", ["candidate_id", "id"], schema="interview")
    op.create_index(
        "ix_interviews_preparation_due_at",
        "interviews",
        ["preparation_due_at"],
        schema="interview",
        postgresql_where=sa.text("status = 'preparing'"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("traceparent", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        schema="interview",
    )
    op.create_index(
        "ix_outbox_pending", "outbox", ["id"], schema="interview", postgresql_where=sa.text("published_at IS NULL")
    )
    op.create_index(
        "ix_outbox_published",
        "outbox",
        ["published_at"],
        schema="interview",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Text(), nullable=False),
        sa.Column("competency_label", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key_points", postgresql.JSONB(), nullable=False),
        sa.Column("rubric", postgresql.JSONB(), nullable=False),
        sa.Column("anchors", postgresql.JSONB(none_as_null=True)),
        sa.Column("suggested_seconds", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Text()),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('upcoming', 'asked', 'answering', 'submitted', 'skipped', 'not_reached')",
            name=op.f("ck_questions_status"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_questions_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("interview_id", "position", name=op.f("uq_questions_interview_id_position")),
        schema="interview",
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("analysis_reason", sa.Text()),
        sa.Column("analysis_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "analysis IN ('queued', 'running', 'done', 'partial', 'insufficient', 'failed')",
            name=op.f("ck_answers_analysis"),
        ),
        sa.CheckConstraint("source IN ('typed', 'voice')", name=op.f("ck_answers_source")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_answers_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("question_id", "attempt", name=op.f("uq_answers_question_id_attempt")),
        schema="interview",
    )
    op.create_table(
        "drafts",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_drafts_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_drafts")),
        schema="interview",
    )


def downgrade() -> None:
    op.drop_table("drafts", schema="interview")
    op.drop_table("answers", schema="interview")
    op.drop_table("questions", schema="interview")
    op.drop_index(
        "ix_outbox_published",
        table_name="outbox",
        schema="interview",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="interview", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="interview")
    op.drop_index(
        "ix_interviews_preparation_due_at",
        table_name="interviews",
        schema="interview",
        postgresql_where=sa.text("status = 'preparing'"),
    )
    op.drop_index("ix_interviews_candidate_id_id", table_name="interviews", schema="interview")
    op.drop_table("interviews", schema="interview")
    op.drop_index("ix_inbox_received_at", table_name="inbox", schema="interview")
    op.drop_table("inbox", schema="interview")
    op.drop_index(op.f("ix_idempotency_keys_expires_at"), table_name="idempotency_keys", schema="interview")
    op.drop_table("idempotency_keys", schema="interview")

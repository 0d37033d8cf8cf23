"""Follow-up questions, how many an interview may have for each question, and their wordings made ahead."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "interviews", sa.Column("follow_ups", sa.Integer(), server_default="0", nullable=False), schema="interview"
    )
    op.create_check_constraint(
        op.f("ck_interviews_follow_ups"), "interviews", "follow_ups BETWEEN 0 AND 4", schema="interview"
    )
    op.add_column("questions", sa.Column("parent_id", sa.Uuid()), schema="interview")
    op.add_column(
        "questions", sa.Column("follow_up_number", sa.Integer(), server_default="0", nullable=False), schema="interview"
    )
    op.add_column("questions", sa.Column("follow_up", postgresql.JSONB(none_as_null=True)), schema="interview")
    op.create_foreign_key(
        op.f("fk_questions_parent_id_questions"),
        "questions",
        "questions",
        ["parent_id"],
        ["id"],
        source_schema="interview",
        referent_schema="interview",
        ondelete="CASCADE",
    )
    op.create_check_constraint(
        op.f("ck_questions_follow_up"),
        "questions",
        "(parent_id IS NULL) = (follow_up_number = 0)",
        schema="interview",
    )
    op.drop_constraint(op.f("uq_questions_interview_id_position"), "questions", schema="interview")
    op.create_unique_constraint(
        op.f("uq_questions_interview_id_position_follow_up_number"),
        "questions",
        ["interview_id", "position", "follow_up_number"],
        schema="interview",
    )
    op.create_table(
        "wordings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("provider", sa.Text()),
        sa.Column("model", sa.Text()),
        sa.Column("prompt_version", sa.Text()),
        sa.Column("input_tokens", sa.Integer()),
        sa.Column("output_tokens", sa.Integer()),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("status IN ('wanted', 'ready', 'failed')", name=op.f("ck_wordings_status")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_wordings_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        schema="interview",
    )
    op.create_index(op.f("ix_wordings_question_id"), "wordings", ["question_id"], schema="interview")


def downgrade() -> None:
    op.drop_table("wordings", schema="interview")
    # The older schema knows no follow-ups, and their answers are part of what was handed over already.
    op.execute("DELETE FROM interview.questions WHERE parent_id IS NOT NULL")
    op.drop_constraint(op.f("uq_questions_interview_id_position_follow_up_number"), "questions", schema="interview")
    op.create_unique_constraint(
        op.f("uq_questions_interview_id_position"), "questions", ["interview_id", "position"], schema="interview"
    )
    op.drop_constraint(op.f("ck_questions_follow_up"), "questions", schema="interview")
    op.drop_constraint(op.f("fk_questions_parent_id_questions"), "questions", schema="interview")
    op.drop_column("questions", "follow_up", schema="interview")
    op.drop_column("questions", "follow_up_number", schema="interview")
    op.drop_column("questions", "parent_id", schema="interview")
    op.drop_constraint(op.f("ck_interviews_follow_ups"), "interviews", schema="interview")
    op.drop_column("interviews", "follow_ups", schema="interview")

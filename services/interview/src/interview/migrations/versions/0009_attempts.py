"""Further attempts at questions of finished interviews."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
        sa.Column("submitted_at", sa.DateTime(timezone=True)),
        sa.Column("answer_id", sa.Uuid()),
        sa.CheckConstraint("number >= 2", name=op.f("ck_attempts_number")),
        sa.CheckConstraint("(submitted_at IS NULL) = (answer_id IS NULL)", name=op.f("ck_attempts_answer")),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["interview.answers.id"],
            name=op.f("fk_attempts_answer_id_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_attempts_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_attempts_question_id_number")),
        schema="interview",
    )
    op.create_index(
        "uq_attempts_open",
        "attempts",
        ["question_id"],
        unique=True,
        schema="interview",
        postgresql_where=sa.text("submitted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_attempts_open",
        table_name="attempts",
        schema="interview",
        postgresql_where=sa.text("submitted_at IS NULL"),
    )
    op.drop_table("attempts", schema="interview")

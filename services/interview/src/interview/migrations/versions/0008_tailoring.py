"""What an interview is tailored to, what earlier reports said, and why a question is asked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("because", postgresql.JSONB(none_as_null=True)), schema="interview")
    op.create_table(
        "tailorings",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("focus", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("weak_points", postgresql.JSONB(), nullable=False),
        sa.Column("given", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("job_description", sa.Text()),
        sa.Column("resume", sa.Text()),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_tailorings_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_tailorings")),
        schema="interview",
    )
    op.create_table(
        "competency_marks",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("competency_id", sa.Text(), nullable=False),
        sa.Column("competency_label", sa.Text(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name=op.f("ck_competency_marks_value")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_competency_marks_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", "competency_id", name=op.f("pk_competency_marks")),
        schema="interview",
    )
    op.create_index("ix_competency_marks_candidate_id", "competency_marks", ["candidate_id"], schema="interview")


def downgrade() -> None:
    op.drop_table("competency_marks", schema="interview")
    op.drop_table("tailorings", schema="interview")
    op.drop_column("questions", "because", schema="interview")

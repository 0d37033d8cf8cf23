"""Improvements of answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "improvements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_reason", sa.Text()),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("use_offline", sa.Boolean(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text())),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Uuid()),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('needs_facts', 'queued', 'running', 'ready', 'failed')", name=op.f("ck_improvements_status")
        ),
        sa.CheckConstraint("(status = 'running') = (lease IS NOT NULL)", name=op.f("ck_improvements_lease")),
        sa.CheckConstraint("(status = 'ready') = (result IS NOT NULL)", name=op.f("ck_improvements_result")),
        sa.ForeignKeyConstraint(
            ["analysis_id"],
            ["analysis.analyses.id"],
            name=op.f("fk_improvements_analysis_id_analyses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvements")),
        sa.UniqueConstraint("analysis_id", name=op.f("uq_improvements_analysis_id")),
        schema="analysis",
    )
    op.create_index(
        "ix_improvements_unfinished",
        "improvements",
        ["due_at"],
        schema="analysis",
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )


def downgrade() -> None:
    op.drop_table("improvements", schema="analysis")

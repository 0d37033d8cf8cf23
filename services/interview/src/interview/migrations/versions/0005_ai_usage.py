"""The ledger of AI calls."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_usage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("job_id", sa.Uuid()),
        sa.Column("purpose", sa.Text()),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("input_tokens", sa.Integer()),
        sa.Column("output_tokens", sa.Integer()),
        sa.Column("cost_usd", sa.Numeric(14, 8)),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_usage")),
        schema="interview",
    )
    op.create_index("ix_ai_usage_account_id_used_at", "ai_usage", ["account_id", "used_at"], schema="interview")
    op.create_index("ix_ai_usage_job_id", "ai_usage", ["job_id"], schema="interview")


def downgrade() -> None:
    op.drop_index("ix_ai_usage_job_id", table_name="ai_usage", schema="interview")
    op.drop_index("ix_ai_usage_account_id_used_at", table_name="ai_usage", schema="interview")
    op.drop_table("ai_usage", schema="interview")

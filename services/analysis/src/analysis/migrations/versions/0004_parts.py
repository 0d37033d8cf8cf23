"""Which part of an answer was given to which follow-up question."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "analyses",
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        schema="analysis",
    )


def downgrade() -> None:
    op.drop_column("analyses", "parts", schema="analysis")

"""What was heard of a spoken answer, to describe how it was said."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "analyses",
        sa.Column("transcript", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        schema="analysis",
    )


def downgrade() -> None:
    op.drop_column("analyses", "transcript", schema="analysis")

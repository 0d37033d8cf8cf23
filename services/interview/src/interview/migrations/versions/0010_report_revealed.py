"""Whether a report's candidate may be told what it says."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "interviews",
        sa.Column("report_revealed", sa.Boolean(), server_default="false", nullable=False),
        schema="interview",
    )


def downgrade() -> None:
    op.drop_column("interviews", "report_revealed", schema="interview")

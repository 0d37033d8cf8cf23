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
    # The figure of a report that is there already stands in its candidate's list.
    op.execute("UPDATE interview.interviews SET report_revealed = true WHERE report_made_at IS NOT NULL")


def downgrade() -> None:
    op.drop_column("interviews", "report_revealed", schema="interview")

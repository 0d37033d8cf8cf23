"""A report that is there already is revealed: its figure stands in its candidate's list.

Apart from 0010, whose new column locks everybody out until it is committed: interviews are read while this runs.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE interview.interviews SET report_revealed = true "
        "WHERE report_made_at IS NOT NULL AND NOT report_revealed"
    )


def downgrade() -> None:
    """Nothing to undo: the column goes with 0010."""

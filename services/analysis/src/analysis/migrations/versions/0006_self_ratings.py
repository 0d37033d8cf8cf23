"""The candidate's own ratings, and when a report was first asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("analyses", sa.Column("self_rating", sa.SmallInteger(), nullable=True), schema="analysis")
    op.create_check_constraint(
        op.f("ck_analyses_self_rating"), "analyses", "self_rating BETWEEN 1 AND 5", schema="analysis"
    )
    op.add_column("reports", sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True), schema="analysis")
    # A report that is there already may have been read: nobody is asked to rate what they have seen the score of.
    op.execute("UPDATE analysis.reports SET revealed_at = updated_at WHERE report IS NOT NULL")


def downgrade() -> None:
    op.drop_column("reports", "revealed_at", schema="analysis")
    op.drop_constraint(op.f("ck_analyses_self_rating"), "analyses", schema="analysis", type_="check")
    op.drop_column("analyses", "self_rating", schema="analysis")

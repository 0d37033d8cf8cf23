"""How spoken answers became text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("transcript", postgresql.JSONB(none_as_null=True)), schema="admin")


def downgrade() -> None:
    op.drop_column("answers", "transcript", schema="admin")

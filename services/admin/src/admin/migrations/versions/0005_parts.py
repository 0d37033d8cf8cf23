"""Which part of an answer was given to which follow-up question."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "answers", sa.Column("parts", postgresql.JSONB(), server_default="[]", nullable=False), schema="admin"
    )


def downgrade() -> None:
    op.drop_column("answers", "parts", schema="admin")

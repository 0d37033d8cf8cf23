"""Versions of the bank's questions and rubrics."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The rows are the record of who changed what; nothing rewrites them.
_GUARD = """
CREATE FUNCTION interview.guard_bank_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of the bank is not changed';
END $$
"""
_TRIGGER = """
CREATE TRIGGER bank_versions_are_kept BEFORE UPDATE ON interview.bank_versions
FOR EACH ROW EXECUTE FUNCTION interview.guard_bank_versions()
"""


def upgrade() -> None:
    op.create_table(
        "bank_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author_email", sa.Text()),
        sa.Column("restored_from", sa.Integer()),
        sa.Column("made_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("kind IN ('question', 'rubric')", name=op.f("ck_bank_versions_kind")),
        sa.CheckConstraint("status IN ('active', 'retired')", name=op.f("ck_bank_versions_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_versions")),
        sa.UniqueConstraint("kind", "item_id", "number", name=op.f("uq_bank_versions_kind_item_id_number")),
        schema="interview",
    )
    op.execute(_GUARD)
    op.execute(_TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER bank_versions_are_kept ON interview.bank_versions")
    op.execute("DROP FUNCTION interview.guard_bank_versions()")
    op.drop_table("bank_versions", schema="interview")

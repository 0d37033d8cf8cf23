"""Consents, notices and presence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The ledger is append-only: a row may be withdrawn once, and that is all that may ever happen to it. Rows go only
# with their interview.
_GUARD = """
CREATE FUNCTION interview.guard_consents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL
    OR (OLD.id, OLD.interview_id, OLD.capture, OLD.version, OLD.statement, OLD.given_at)
      IS DISTINCT FROM (NEW.id, NEW.interview_id, NEW.capture, NEW.version, NEW.statement, NEW.given_at)
  THEN
    RAISE EXCEPTION 'a consent can be withdrawn once, and not be changed otherwise';
  END IF;
  RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER consents_are_kept BEFORE UPDATE ON interview.consents
FOR EACH ROW EXECUTE FUNCTION interview.guard_consents()
"""


def upgrade() -> None:
    op.add_column(
        "interviews",
        sa.Column("presence_shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        schema="interview",
    )
    op.add_column("interviews", sa.Column("presence_told_at", sa.DateTime(timezone=True)), schema="interview")
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("capture", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "capture IN ('audio_transcription', 'video_recording', 'face_monitoring', 'expression_analysis')",
            name=op.f("ck_consents_capture"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_consents_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        schema="interview",
    )
    op.create_index("ix_consents_interview_id_id", "consents", ["interview_id", "id"], schema="interview")
    op.create_index(
        "uq_consents_active",
        "consents",
        ["interview_id", "capture"],
        unique=True,
        schema="interview",
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.execute(_GUARD)
    op.execute(_TRIGGER)
    op.create_table(
        "notices",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Uuid()),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text()),
        sa.Column("replied_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "kind IN ('no_face', 'several_faces', 'looking_away', 'could_not_tell', 'monitoring_off', 'page_hidden', "
            "'window_blur', 'paste', 'fullscreen_exit', 'second_screen')",
            name=op.f("ck_notices_kind"),
        ),
        sa.CheckConstraint("duration_s >= 0", name=op.f("ck_notices_duration_s")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_notices_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_notices_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", "id", name=op.f("pk_notices")),
        schema="interview",
    )
    op.create_index("ix_notices_interview_id_started_at", "notices", ["interview_id", "started_at"], schema="interview")
    op.create_table(
        "presence",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("readable", sa.Integer(), nullable=False),
        sa.Column("facing", sa.Integer()),
        sa.Column("expressions", postgresql.JSONB(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_presence_seconds")),
        sa.CheckConstraint("readable BETWEEN 0 AND samples", name=op.f("ck_presence_readable")),
        sa.CheckConstraint("facing BETWEEN 0 AND readable", name=op.f("ck_presence_facing")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["interview.questions.id"],
            name=op.f("fk_presence_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.interviews.id"],
            name=op.f("fk_presence_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_presence")),
        schema="interview",
    )
    op.create_index(op.f("ix_presence_interview_id"), "presence", ["interview_id"], schema="interview")


def downgrade() -> None:
    op.drop_index(op.f("ix_presence_interview_id"), table_name="presence", schema="interview")
    op.drop_table("presence", schema="interview")
    op.drop_index("ix_notices_interview_id_started_at", table_name="notices", schema="interview")
    op.drop_table("notices", schema="interview")
    op.execute("DROP TRIGGER consents_are_kept ON interview.consents")
    op.execute("DROP FUNCTION interview.guard_consents()")
    op.drop_index(
        "uq_consents_active",
        table_name="consents",
        schema="interview",
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index("ix_consents_interview_id_id", table_name="consents", schema="interview")
    op.drop_table("consents", schema="interview")
    op.drop_column("interviews", "presence_told_at", schema="interview")
    op.drop_column("interviews", "presence_shared", schema="interview")

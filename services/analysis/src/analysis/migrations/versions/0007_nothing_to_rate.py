"""A report with nothing to rate is revealed when its interview ends; those that are there already are now."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        UPDATE analysis.reports SET revealed_at = completed_at
        WHERE revealed_at IS NULL AND completion IS NOT NULL
          AND (completion ->> 'outcome' <> 'completed' OR (
            SELECT count(*) FROM jsonb_array_elements(completion -> 'questions') AS one
            WHERE one ->> 'answer_id' IS NOT NULL
          ) < 2)
        """
    )


def downgrade() -> None:
    """Nothing to undo: an older version shows these reports without asking for ratings, too."""

"""A report with nothing to rate is revealed when its interview ends; so is what could be seen before."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The lists told the figure of every report that was made, opened or not: nobody is asked to rate what they have
    # seen the score of. The interview service's 0011 says the same of the same reports.
    op.execute("UPDATE analysis.reports SET revealed_at = updated_at WHERE revealed_at IS NULL AND report IS NOT NULL")
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

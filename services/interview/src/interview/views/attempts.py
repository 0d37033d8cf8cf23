"""How further attempts are shown."""

from collections.abc import Sequence

from interview import models
from interview.schemas import attempts


def attempt_view(attempt: models.Attempt) -> attempts.Attempt:
    """Return an attempt as its candidate may see it."""
    return attempts.Attempt(
        number=attempt.number,
        text=attempt.text,
        revision=attempt.revision,
        opened_at=attempt.opened_at,
        saved_at=attempt.saved_at,
        submitted_at=attempt.submitted_at,
        answer_id=attempt.answer_id,
    )


def attempts_view(rows: Sequence[models.Attempt]) -> attempts.Attempts:
    """Return all of a question's, with how many are left."""
    return attempts.Attempts(
        items=[attempt_view(row) for row in rows],
        most=attempts.MOST_ATTEMPTS,
        left=attempts.MOST_ATTEMPTS - 1 - len(rows),
    )

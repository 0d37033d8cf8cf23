"""How notices are shown."""

from interview import models
from interview.schemas import notices as schemas


def notice_view(notice: models.Notice) -> schemas.Notice:
    """Return a notice with what the candidate says to it."""
    return schemas.Notice(
        id=notice.id,
        kind=notice.kind,
        question_id=notice.question_id,
        started_at=notice.started_at,
        duration_s=notice.duration_s,
        confidence=notice.confidence,
        reason=notice.reason,
        reply=notice.reply,
        replied_at=notice.replied_at,
        recorded_at=notice.recorded_at,
    )

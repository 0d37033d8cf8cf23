"""How recordings are shown."""

from collections.abc import Sequence

from interview import models
from interview.schemas import recordings as schemas


def recording_view(recording: models.Recording, missing: Sequence[int]) -> schemas.Recording:
    """Return a recording as its candidate may see it."""
    return schemas.Recording(
        id=recording.id,
        interview_id=recording.interview_id,
        status=recording.status,
        open=recording.is_open,
        started_at=recording.started_at,
        duration_s=recording.duration_s,
        size_bytes=recording.video_bytes if recording.video_bytes is not None else recording.chunk_bytes,
        received_chunks=recording.received_chunks,
        missing=list(missing),
        content_type=recording.content_type,
        delete_after=recording.delete_after,
        failure=recording.failure,
    )

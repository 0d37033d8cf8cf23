"""How speech is shown."""

from interview import models
from interview.schemas.speech import AnswerTranscript, SpeechPart


def speech_view(part: models.SpeechPart) -> SpeechPart:
    """Return how far a part of speech is."""
    return SpeechPart(
        take=part.take,
        seq=part.seq,
        status=part.status,
        text=part.text,
        reason=part.reason,
        retriable=part.is_retriable,
        offset_ms=part.offset_ms,
        duration_ms=part.duration_ms,
    )


def transcript_view(answer: models.Answer) -> AnswerTranscript | None:
    """Return what was heard of a spoken answer; None of a typed one."""
    # Without the words and their times, of which there are thousands: this is shown again after every change.
    return AnswerTranscript.model_validate(answer.transcript) if answer.transcript is not None else None

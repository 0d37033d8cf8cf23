"""How what the room remembers is shown to its candidate."""

from interview import models, room_schemas
from interview.use_cases.presence import SeenPresence


def consent_view(consent: models.Consent) -> room_schemas.Consent:
    """Return a row of the ledger."""
    return room_schemas.Consent(
        capture=consent.capture,
        version=consent.version,
        statement=consent.statement,
        given_at=consent.given_at,
        withdrawn_at=consent.withdrawn_at,
    )


def ledger_view(consent: models.Consent, role_title: str) -> room_schemas.LedgerEntry:
    """Return a row of the ledger of all interviews."""
    return room_schemas.LedgerEntry(
        **consent_view(consent).model_dump(), interview_id=consent.interview_id, role_title=role_title
    )


def notice_view(notice: models.Notice) -> room_schemas.Notice:
    """Return a notice with what the candidate says to it."""
    return room_schemas.Notice(
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


def presence_view(presence: SeenPresence) -> room_schemas.Presence:
    """Return what was visible during the answers."""
    return room_schemas.Presence(
        shared=presence.shared,
        answers=[
            room_schemas.AnswerPresence(**dict(answer) | {"expressions": list(answer.expressions)})
            for answer in presence.answers
        ],
    )

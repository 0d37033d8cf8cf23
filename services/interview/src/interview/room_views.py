"""How what the room remembers is shown to its candidate."""

from interview import models, room_schemas


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

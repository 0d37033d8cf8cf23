"""How consents are shown."""

from interview import models
from interview.schemas import consents as schemas


def consent_view(consent: models.Consent) -> schemas.Consent:
    """Return a row of the ledger."""
    return schemas.Consent(
        capture=consent.capture,
        version=consent.version,
        statement=consent.statement,
        given_at=consent.given_at,
        withdrawn_at=consent.withdrawn_at,
    )


def ledger_view(consent: models.Consent, role_title: str) -> schemas.LedgerEntry:
    """Return a row of the ledger of all interviews."""
    return schemas.LedgerEntry(
        **consent_view(consent).model_dump(), interview_id=consent.interview_id, role_title=role_title
    )

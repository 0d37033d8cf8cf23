"""Consents and the ledger of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from kit.text import CleanText
from pydantic import BaseModel, Field

from interview.schemas.requests import Request
from interview.statements import Capture


class NewConsent(Request):
    """What is agreed to: the version of the statement that was shown."""

    version: Annotated[str, CleanText(1, 64)]


class ActiveConsent(BaseModel):
    """Something the candidate has agreed to and not taken back."""

    capture: Capture
    version: str
    given_at: datetime


class Consent(BaseModel):
    """One row of the ledger: what was agreed to, when, and when it was taken back."""

    capture: Capture
    version: str
    statement: str = Field(description="the words that were agreed to")
    given_at: datetime
    withdrawn_at: datetime | None


class LedgerEntry(Consent):
    """A consent with the interview it is about."""

    interview_id: UUID
    role_title: str

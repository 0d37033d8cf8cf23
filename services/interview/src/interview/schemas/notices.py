"""Notices and replies."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from contracts.interview import NoticeKind
from kit.text import CleanText
from pydantic import AwareDatetime, BaseModel, Field, FiniteFloat

from interview.schemas.requests import Request


class NewNotice(Request):
    """Something the browser noticed. Sending it again with the same id may only make it longer."""

    kind: NoticeKind
    question_id: UUID | None = Field(None, description="the question that was open at the time")
    started_at: AwareDatetime
    duration_s: FiniteFloat = Field(ge=0, description="seconds; 0 for what happens at a point in time")
    confidence: FiniteFloat | None = Field(None, ge=0, le=1, description="of the detector, where there is one")


class Notice(BaseModel):
    """Something that was noticed, and what you say to it."""

    id: UUID
    kind: NoticeKind
    question_id: UUID | None
    started_at: datetime
    duration_s: float
    confidence: float | None
    reason: str = Field(description="what was noticed, in a sentence")
    reply: str | None
    replied_at: datetime | None
    recorded_at: datetime


class NewReply(Request):
    """What you say to a notice; 1 to 2,000 characters without the white space around it."""

    text: Annotated[str, CleanText(1, 2000)]

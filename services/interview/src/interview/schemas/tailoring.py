"""What an interview is tailored to."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from contracts.interview import CompetencyRef
from kit.text import CleanText
from pydantic import BaseModel, Field

LONGEST_TEXT = 12_000
MOST_FOCUS = 3

PastedText = Annotated[str, CleanText(0, LONGEST_TEXT)]


class WeakPoint(BaseModel):
    """A competency that came out low in the last report that looked at it."""

    competency: CompetencyRef
    value: float = Field(description="on the scale 1 to 5")
    interview_id: UUID = Field(description="the interview whose report says so")
    reported_at: datetime


class WeakPoints(BaseModel):
    """What earlier reports say, weakest first; empty when there is nothing to say."""

    items: list[WeakPoint]


class TailoredTo(BaseModel):
    """What shaped the questions, without the texts."""

    focus: list[CompetencyRef]
    weak_points: list[CompetencyRef]
    has_job_description: bool
    has_resume: bool


class Tailoring(TailoredTo):
    """Likewise, with the texts as they are kept: without what names a person."""

    job_description: str | None
    resume: str | None

"""Drafts and answers."""

from datetime import datetime
from typing import Self
from uuid import UUID

from contracts.interview import AnswerSource
from pydantic import BaseModel, Field, model_validator

from interview.schemas.requests import Request
from interview.schemas.speech import AnswerTranscript, NewHeard
from interview.states import AnalysisStatus

LONGEST_ANSWER = 20_000


class DraftText(Request):
    """What has been typed so far. White space counts: it comes back as it was."""

    text: str = Field(max_length=LONGEST_ANSWER)
    revision: int = Field(ge=0, description="revision of the draft this text is based on; 0 when there was none")


class NewAnswer(Request):
    """An answer to hand in; 1 to 20,000 characters without the white space around it."""

    text: str
    source: AnswerSource = "typed"
    heard: NewHeard | None = Field(None, description="of a spoken answer: what was heard before it was edited")

    @model_validator(mode="after")
    def _heard_when_spoken(self) -> Self:
        if self.source == "typed" and self.heard is not None:
            raise ValueError("a typed answer was not heard")
        return self


class SavedDraft(BaseModel):
    """Where the draft stands; send `revision` with the next save."""

    revision: int
    saved_at: datetime


class Draft(BaseModel):
    """The saved draft of the open question."""

    text: str
    revision: int
    saved_at: datetime


class Answer(BaseModel):
    """An answer as it was handed in."""

    id: UUID
    attempt: int
    text: str
    source: AnswerSource
    submitted_at: datetime
    duration_s: float = Field(description="seconds between seeing the question and handing in")
    analysis: AnalysisStatus
    analysis_reason: str | None
    transcript: AnswerTranscript | None = Field(description="null when it was typed")

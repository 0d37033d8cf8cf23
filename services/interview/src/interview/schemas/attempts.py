"""Further attempts at a question."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from kit.text import CleanText
from pydantic import BaseModel, Field

from interview.schemas.answers import LONGEST_ANSWER
from interview.schemas.requests import Request

MOST_ATTEMPTS = 5


class AttemptText(Request):
    """The answer to hand in, typed; 1 to 20,000 characters without the white space around it."""

    text: Annotated[str, CleanText(0, 2 * LONGEST_ANSWER)]


class Attempt(BaseModel):
    """A further attempt; the answer given in the interview is number 1 and not among them."""

    number: int
    text: str = Field(description="the draft while it is open, then the answer")
    revision: int = Field(description="send it with the next save")
    opened_at: datetime
    saved_at: datetime | None
    submitted_at: datetime | None = Field(description="null while it is open")
    answer_id: UUID | None = Field(description="names its analysis in the report")


class Attempts(BaseModel):
    """What there is, and whether there can be more."""

    items: list[Attempt]
    most: int = Field(description="attempts a question can have, the one in the interview included")
    left: int = Field(description="attempts that can still be opened")

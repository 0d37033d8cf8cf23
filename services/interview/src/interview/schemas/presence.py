"""What was visible during the answers."""

from typing import Annotated, Self
from uuid import UUID

from contracts.interview import ExpressionShare
from pydantic import BaseModel, Field, FiniteFloat, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from interview.schemas.requests import Request

# Far more pictures than an answer can have at three a second, and far less than an integer column holds.
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class ExpressionCounts(Request):
    """In how many of the readable samples each expression was the likeliest."""

    neutral: Count
    happy: Count
    surprised: Count
    sad: Count
    angry: Count
    fearful: Count
    disgusted: Count


class NewPresence(Request):
    """Everything counted during one answer so far; it takes the place of what was sent before."""

    seconds: FiniteFloat = Field(ge=0, description="time watched")
    samples: Count = Field(description="pictures looked at")
    readable: Count = Field(description="of those, with one face that could be read")
    facing: Count | None = Field(
        description="of the readable ones, towards the camera by your own baseline; null without a baseline"
    )
    expressions: ExpressionCounts

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.readable > self.samples:
            raise PydanticCustomError("counts_contradict", "More samples were readable than were taken")
        if self.facing is not None and self.facing > self.readable:
            raise PydanticCustomError("counts_contradict", "More samples faced the camera than were readable")
        if sum(self.expressions.model_dump().values()) != self.readable:
            raise PydanticCustomError("counts_contradict", "The expressions do not add up to the readable samples")
        return self


class AnswerPresence(BaseModel):
    """What was visible during one answer, as your own browser estimated it."""

    question_id: UUID
    seconds: float
    samples: int
    readable_share: float = Field(description="of the samples, 0 to 1")
    facing_share: float | None = Field(description="of the readable samples, 0 to 1; null when it cannot be said")
    expressions: list[ExpressionShare] = Field(description="of the readable samples; empty when none was")


class Presence(BaseModel):
    """What was visible during the answers, and whether reviewers may see it. Answers without a sample are left out."""

    shared: bool
    answers: list[AnswerPresence]


class PresenceSharing(Request):
    """Whether reviewers may see what was visible."""

    shared: bool

"""What the model is asked to return for one answer. Shallow, strict, and without any score.

Within a dimension the quotes come before the level: a model that has to find the words first grades by them.
"""

from typing import Annotated, Any, Literal, Self, cast

from contracts.analysis import AnswerType, StarName, StarState
from contracts.interview import Question
from kit.text import CleanText
from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from analysis.engines.star import NAMES, asks_for_a_story

Short = Annotated[str, CleanText(1, 240)]
Long = Annotated[str, CleanText(1, 400)]
Quote = Annotated[str, CleanText(0, 600)]


class Strict(BaseModel):
    """Refuses what was not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DimensionReply(Strict):
    """One scale. The subclass made for a question narrows `id` to the scales of its rubric."""

    id: str
    quotes: list[Quote] = Field(max_length=5)
    rationale: Long
    level: Literal[1, 2, 3, 4, 5] | None


class KeyPointReply(Strict):
    """One key point, likewise."""

    id: str
    covered: bool
    quote: Quote | None


class StrengthReply(Strict):
    """Something done well."""

    text: Short
    quote: Quote | None


class GapReply(Strict):
    """Something missing; `dimension` is narrowed too."""

    text: Short
    fix: Short
    dimension: str | None
    quote: Quote | None


class StarReply(Strict):
    """One part of a story."""

    name: StarName
    quote: Quote | None
    state: StarState


class AnswerReply(Strict):
    """The whole reply."""

    answered: bool
    answer_type: AnswerType
    instruction_attempt: bool
    dimensions: list[DimensionReply]
    key_points: list[KeyPointReply]
    strengths: list[StrengthReply] = Field(max_length=3)
    gaps: list[GapReply] = Field(max_length=3)
    missing_facts: list[Short] = Field(max_length=4)
    headline: Short

    @property
    def told(self) -> list[StarReply]:
        """The parts of a story; none where the question asks for no story."""
        return []

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name, ids in (
            ("dimensions", [one.id for one in self.dimensions]),
            ("key_points", [one.id for one in self.key_points]),
            ("star", [one.name for one in self.told]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"{name} must not name the same one twice")
        if self.answered and self.answer_type == "non_answer":
            raise ValueError("answer_type cannot be non_answer when answered is true")
        return self


class StoryReply(AnswerReply):
    """The reply to a question that asks for a story."""

    star: list[StarReply] = Field(min_length=len(NAMES), max_length=len(NAMES))

    @property
    def told(self) -> list[StarReply]:
        """The parts of the story, each once."""
        return self.star


def reply_for(question: Question) -> type[AnswerReply]:
    """Return the shape for one question: only its own scales and key points can be named."""
    dimensions = tuple(one.id for one in question.rubric.dimensions)
    points = tuple(one.id for one in question.key_points)
    scale = cast("Any", Literal[dimensions])
    point_id = cast("Any", Literal[points] if points else str)
    dimension = create_model("DimensionReply", __base__=DimensionReply, id=(scale, ...))
    gap = create_model("GapReply", __base__=GapReply, dimension=(scale | None, ...))
    point = create_model("KeyPointReply", __base__=KeyPointReply, id=(point_id, ...))
    many = {"dimensions": (dimension, len(dimensions)), "key_points": (point, len(points))}
    lists: dict[str, Any] = {
        name: (cast("Any", list)[item], Field(min_length=count, max_length=count))
        for name, (item, count) in many.items()
    }
    base = StoryReply if asks_for_a_story(question) else AnswerReply
    return create_model("AnswerReply", __base__=base, gaps=(list[gap], Field(max_length=3)), **lists)

"""What an improvement holds."""

from typing import Literal

from contracts.analysis import Evidence
from pydantic import BaseModel, ConfigDict, Field

Source = Literal["answer", "facts"]
SlotId = Literal["headline", "context", "decisions", "result", "change"]
MOST_FACTS = 4
LONGEST_FACT = 500


class Shape(BaseModel):
    """A part of the document; it does not change once it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(Shape):
    """A question to the candidate; `text` is what they said to it, null while it is left open."""

    id: int = Field(ge=1)
    question: str
    text: str | None = None


class Facts(Shape):
    """All of them."""

    items: tuple[Fact, ...] = Field(max_length=MOST_FACTS)

    @property
    def given(self) -> tuple[str, ...]:
        """What the candidate said."""
        return tuple(one.text for one in self.items if one.text)


class RewrittenSentence(Shape):
    """A sentence with where its words come from, and the places of words that stand in none of the sources."""

    text: str
    sources: tuple[Source, ...]
    new_words: tuple[Evidence, ...]


class OutlineLine(Shape):
    """A sentence of the candidate, word for word."""

    text: str
    source: Source


class OutlineSlot(Shape):
    """A part of a good answer: the candidate's own sentences, or the question that would fill it."""

    id: SlotId
    label: str
    lines: tuple[OutlineLine, ...]
    ask: str | None


class Improvement(Shape):
    """What came out: a rewrite, or an outline and (when a rewrite was asked for) the reason why it is one."""

    kind: Literal["rewrite", "outline"]
    sentences: tuple[RewrittenSentence, ...] = ()
    outline: tuple[OutlineSlot, ...] = ()
    fallback_reason: str | None = None
    provider: str
    model: str | None
    prompt_version: str | None

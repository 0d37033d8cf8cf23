"""Speech over the wire, as the browser sees it."""

from typing import Self
from uuid import UUID

from contracts.interview import SpeechEngine
from pydantic import BaseModel, ConfigDict, Field, model_validator

from interview.states import SpeechStatus

LONGEST_HEARD = 40_000  # twice an answer: people say more than they keep


class NewHeard(BaseModel):
    """What was heard of a spoken answer, and by whom."""

    model_config = ConfigDict(extra="forbid")

    engine: SpeechEngine = Field(
        description="browser: an engine of the browser's maker; on_device: one in the browser that sends nothing "
        "anywhere; server: this service, from the parts it was sent"
    )
    text: str | None = Field(
        None, max_length=LONGEST_HEARD, description="what the browser heard; null for server, which knows it itself"
    )

    @model_validator(mode="after")
    def _text_of_the_browser_only(self) -> Self:
        if (self.engine == "server") != (self.text is None):
            raise ValueError("the browser says what it heard, and the server knows what it heard itself")
        return self


class SpeechPart(BaseModel):
    """A part of a spoken answer on its way to becoming text."""

    take: UUID
    seq: int
    status: SpeechStatus = Field(
        description="dropped: the question was closed before, or since; nothing of the part is kept"
    )
    text: str | None = Field(description="what was said once it is done; empty when nothing was")
    reason: str | None = Field(description="why it failed")
    retriable: bool = Field(description="whether it failed and its sound is still here, so that it can be tried again")
    offset_ms: int = Field(description="from the start of the take")
    duration_ms: int


class AnswerTranscript(BaseModel):
    """What was heard of a spoken answer before it was edited."""

    engine: SpeechEngine
    heard: str
    edit_ratio: float | None = Field(
        description="how far the answer is from what was heard: 0 not edited, 1 nothing kept; "
        "null when a part of the speech never became text"
    )

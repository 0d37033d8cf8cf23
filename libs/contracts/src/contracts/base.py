"""What every event has in common: a name, a version and a subject.

The envelope (CloudEvents 1.0) belongs to the transport and is added by it; these models are the `data`.
Inside a version changes are additive only: new fields are optional, readers ignore what they do not know.
"""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A value inside an event.

    Immutable. Unknown fields are ignored, so that an older reader survives a newer writer.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Event(Shape):
    """The data of one event.

    `event_type` is the CloudEvents type and the routing key: `<publisher>.<what_happened>.v<version>`.
    """

    event_type: ClassVar[str]

    @property
    def subject(self) -> str:
        """Id of the thing the event is about, as the CloudEvents subject."""
        raise TypeError(f"{type(self).__name__} names no subject")


class UserEvent(Event):
    """An event about one account."""

    user_id: UUID

    @property
    def subject(self) -> str:
        """The account's id."""
        return str(self.user_id)


class InterviewEvent(Event):
    """An event about one interview of one candidate."""

    interview_id: UUID
    candidate_id: UUID

    @property
    def subject(self) -> str:
        """The interview's id."""
        return str(self.interview_id)


class AiUsage(Shape):
    """One request to an AI provider, for one interview.

    Tokens as the provider counted them, thinking included in the output, null when it did not count; `cost_usd` by the
    price list of the day, null when the price or the tokens are not known. `purpose` is what it was for: `questions`,
    `speech`, `follow_up`, `answer`, `improvement`.
    """

    id: UUID
    purpose: str
    provider: str
    model: str
    input_tokens: int | None = Field(ge=0)
    output_tokens: int | None = Field(ge=0)
    cost_usd: Decimal | None = Field(ge=0)
    used_at: AwareDatetime


class AiUsedEvent(InterviewEvent):
    """An AI provider was asked something for an interview, whether or not its reply could be used."""

    usage: AiUsage

"""The port: what the services may ask of any AI provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

ValueT = TypeVar("ValueT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Generated(Generic[ValueT]):
    """A reply that has passed the schema.

    Token counts are the provider's own, thinking included in the output, summed over a repair; None when not told.
    `model` is the version the provider says answered, which may be more exact than the one asked for.
    """

    value: ValueT
    model: str
    input_tokens: int | None
    output_tokens: int | None


@dataclass(frozen=True, slots=True)
class AudioPart:
    """Sound that goes with a prompt: one whole file, of which `mime_type` says the kind (`audio/wav`)."""

    data: bytes
    mime_type: str


class StructuredModel(Protocol):
    """A model that answers with data of a given shape."""

    @property
    def provider(self) -> str:
        """Name of the provider, e.g. `gemini`; shown next to every result."""

    @property
    def model(self) -> str:
        """The model asked for."""

    async def generate(
        self,
        *,
        system: str,
        prompt: str,
        schema: type[ValueT],
        deadline: timedelta,
        audio: Sequence[AudioPart] = (),
    ) -> Generated[ValueT]:
        """Ask once, retries included.

        Hold no database transaction while waiting for this.

        Args:
            system: the instructions, written by us.
            prompt: the data, which may contain what a user typed.
            schema: the shape of the reply; keep it shallow (depth 2) and without recursion.
            deadline: the longest this may take in total, with queueing, retries and the repair.
            audio: what the model is to listen to, after the prompt; together well below 20 MB, the most a vendor
                takes within a request.

        Raises:
            ModelUnavailable: nothing came back, after retries.
            ModelRefused: blocked by the provider's safety rules.
            ModelOutputInvalid: what came back did not fit the schema, twice.
        """

"""The port: what is asked of whoever turns speech into text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from interview.sound import Sound

# A recorder and a model never agree on the end of a sound to the millisecond.
_END_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word and when it was said, in seconds from the start of the sound."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, as text; empty when nothing was. `words` is None when there are no times that make sense.

    `model` is the version that listened; None when nobody had to, because there is no sound in it.
    """

    text: str
    words: tuple[Word, ...] | None
    model: str | None


class TranscriptionFailed(Exception):  # noqa: N818 - reads as what happened
    """No text, which is not the same as silence. `reason` is a sentence without a full stop, fit for the candidate."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Transcriber(Protocol):
    """Turns one short sound into text."""

    @property
    def provider(self) -> str:
        """Name of the provider, as it is shown next to what it heard."""

    async def transcribe(self, sound: Sound) -> Heard:
        """Write down what is said. Hold no database transaction while waiting for this.

        Raises:
            TranscriptionFailed: there is no text, for the reason given.
        """


def plausible(words: Sequence[Word], seconds: float) -> tuple[Word, ...] | None:
    """Return the words when they follow one another within the sound; None when their times cannot be true."""
    if not words:
        return None
    within = words[0].start_s >= 0 and all(word.end_s <= seconds + _END_TOLERANCE for word in words)
    forwards = all(word.end_s >= word.start_s for word in words)
    one_by_one = all(after.start_s >= before.start_s for before, after in pairwise(words))
    if not (within and forwards and one_by_one):
        return None
    return tuple(words)

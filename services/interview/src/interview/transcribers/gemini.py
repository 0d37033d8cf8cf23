"""Lets a language model listen, and believes nothing it says before it was checked."""

from datetime import timedelta

import structlog
from kit.ai import AudioPart, ModelError, StructuredModel
from kit.text import is_storable
from pydantic import BaseModel, ConfigDict

from interview.prompts import SPEECH, prompt
from interview.sound import Sound
from interview.transcribers.port import Heard, TranscriptionFailed, Word, plausible

log = structlog.get_logger(__name__)

# Nobody says more than some twenty letters a second; a model that is given noise sometimes tells a story.
_LETTERS_PER_SECOND = 40
_SHORT = 80


class ReplyWord(BaseModel):
    """One word with its place in the sound."""

    model_config = ConfigDict(extra="forbid")

    text: str
    start_s: float
    end_s: float


class Reply(BaseModel):
    """What the model is asked for."""

    model_config = ConfigDict(extra="forbid")

    text: str
    words: list[ReplyWord]


class ModelTranscriber:
    """Asks one model. It is not closed here: whoever made the model closes it."""

    def __init__(self, model: StructuredModel, deadline: timedelta) -> None:
        self.provider = model.provider
        self._model = model
        self._deadline = deadline

    async def transcribe(self, sound: Sound) -> Heard:
        """Have the sound written down.

        Raises:
            TranscriptionFailed: the provider failed, or wrote what cannot have been said in that time.
        """
        try:
            reply = await self._model.generate(
                system=prompt(SPEECH),
                prompt=f"The recording is {sound.seconds:.1f} seconds long.",
                schema=Reply,
                deadline=self._deadline,
                audio=[AudioPart(data=sound.as_wav(), mime_type="audio/wav")],
            )
        except ModelError as error:
            raise TranscriptionFailed(error.reason) from error
        text = " ".join(reply.value.text.split())
        if not is_storable(text) or len(text) > _SHORT + _LETTERS_PER_SECOND * sound.seconds:
            log.warning("transcript_refused", model=reply.model, letters=len(text), seconds=round(sound.seconds, 1))
            raise TranscriptionFailed("The AI's transcript cannot be what was said")
        return Heard(text=text, words=_words(reply.value, sound) if text else None, model=reply.model)


def _words(reply: Reply, sound: Sound) -> tuple[Word, ...] | None:
    words = [Word(word.text.strip(), word.start_s, word.end_s) for word in reply.words]
    if not all(word.text and is_storable(word.text) for word in words):
        return None
    return plausible(words, sound.seconds)

"""Which engine of the server turns speech into text, by the settings and by what is installed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

import structlog
from kit.ai import StructuredModel

from interview.transcribers import whisper
from interview.transcribers.gemini import ModelTranscriber
from interview.transcribers.port import Transcriber
from interview.transcribers.whisper import WhisperTranscriber

log = structlog.get_logger(__name__)

SpeechEngineName = Literal["gemini", "whisper"]
SpeechChoice = Literal["auto", "gemini", "whisper", "off"]


class SpeechWishes(Protocol):
    """What decides about the engine."""

    speech: SpeechChoice
    gemini_model: str

    @property
    def ai_in_use(self) -> Literal["gemini", "openai"] | None:
        """The AI that writes questions; of these only Gemini is asked to listen."""


class SpeechLimits(SpeechWishes, Protocol):
    """What else an engine needs to know."""

    speech_deadline: timedelta
    whisper_threads: int
    whisper_concurrency: int


@dataclass(frozen=True, slots=True)
class ServerEngine:
    """The engine on the server as a candidate is told about it: who, under which name, and where the voice goes."""

    provider: SpeechEngineName
    label: str
    place: str


def server_engine(settings: SpeechWishes) -> ServerEngine | None:
    """Return the engine of this server; None when there is none, and browsers are left to their own."""
    if settings.speech in {"auto", "gemini"} and settings.ai_in_use == "gemini":
        return ServerEngine(
            provider="gemini",
            label=f"Google Gemini ({settings.gemini_model})",
            place="Your voice goes to this server and from there to Google, which sends back the text.",
        )
    if settings.speech in {"auto", "whisper"} and whisper.is_installed():
        return ServerEngine(
            provider="whisper",
            label=f"Whisper {whisper.MODEL} on this server, English only",
            place="Your voice goes to this server, which turns it into text itself and passes it on to nobody.",
        )
    return None


@asynccontextmanager
async def transcriber_from(settings: SpeechLimits, model: StructuredModel | None) -> AsyncIterator[Transcriber | None]:
    """Give the engine of this server for the block; `model` is the AI of the settings, which others may ask as well.

    Raises:
        ModelChanged: the weights of Whisper are not those that were examined.
    """
    engine = server_engine(settings)
    if engine is not None and engine.provider == "gemini" and model is not None:
        yield ModelTranscriber(model, settings.speech_deadline)
    elif engine is not None and engine.provider == "whisper":
        local = WhisperTranscriber(threads=settings.whisper_threads, at_once=settings.whisper_concurrency)
        try:
            yield local
        finally:
            local.close()
    else:
        if settings.speech in {"gemini", "whisper"}:
            log.warning("speech_engine_missing", asked_for=settings.speech)
        yield None

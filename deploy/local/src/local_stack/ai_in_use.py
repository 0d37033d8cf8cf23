"""Say what writes the questions, judges the answers and listens to them: `python -m local_stack.ai_in_use`."""

import sys

from interview.transcribers import SpeechChoice, server_engine
from kit.ai import GeminiSettings
from pydantic import AliasChoices, Field


class AiSettings(GeminiSettings):
    """What the processes are told about AI, and nothing else of what they are told."""

    speech: SpeechChoice = Field("auto", validation_alias=AliasChoices("INTERVIEW_SPEECH", "speech"))


def sentence(settings: GeminiSettings) -> str:
    """Name the AI for the person at the terminal."""
    if settings.gemini_api_key is None:
        return "the built-in engine, which needs no key (set GEMINI_API_KEY to use Gemini)"
    place = f" at {settings.gemini_base_url}" if settings.gemini_base_url else ""
    return f"Gemini, model {settings.gemini_model}{place}"


def speech_sentence(settings: AiSettings) -> str:
    """Name who turns speech into text."""
    engine = server_engine(settings)
    if engine is not None:
        return engine.label
    why = {
        "off": "turned off",
        "gemini": "Gemini is asked for, but there is no GEMINI_API_KEY",
        "whisper": "Whisper is asked for, but is not installed",
        "auto": "none on this server",
    }[settings.speech]
    return f"{why}; browsers use their own engine (make up SPEECH=whisper keeps voices on this machine)"


if __name__ == "__main__":
    given = AiSettings()
    sys.stdout.write(f"AI: {sentence(given)}\nSpeech: {speech_sentence(given)}\n")

"""Say what writes the questions, judges the answers and listens to them: `python -m local_stack.ai_in_use`."""

import sys

from interview.transcribers import SpeechChoice, server_engine
from kit.ai import AISettings
from pydantic import AliasChoices, Field


class AiSettings(AISettings):
    """What the processes are told about AI, and nothing else of what they are told."""

    speech: SpeechChoice = Field("auto", validation_alias=AliasChoices("INTERVIEW_SPEECH", "speech"))


def sentence(settings: AISettings) -> str:
    """Name the AI for the person at the terminal."""
    match settings.ai_in_use:
        case "gemini":
            place = f" at {settings.gemini_base_url}" if settings.gemini_base_url else ""
            return f"Gemini, model {settings.gemini_model}{place}"
        case "openai":
            return f"the OpenAI-compatible server at {settings.openai_base_url}, model {settings.openai_model}"
        case None if settings.ai_provider in {"gemini", "openai"}:
            needs = "GEMINI_API_KEY" if settings.ai_provider == "gemini" else "OPENAI_MODEL and a key or an address"
            return f"the built-in engine; {settings.ai_provider} is asked for, but there is no {needs}"
        case None:
            return "the built-in engine, which needs no key (set GEMINI_API_KEY to use Gemini)"


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

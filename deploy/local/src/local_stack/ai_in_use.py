"""Say what writes the questions and judges the answers: `python -m local_stack.ai_in_use`."""

import sys

from kit.ai import GeminiSettings


def sentence(settings: GeminiSettings) -> str:
    """Name the AI for the person at the terminal."""
    if settings.gemini_api_key is None:
        return "the built-in engine, which needs no key (set GEMINI_API_KEY to use Gemini)"
    place = f" at {settings.gemini_base_url}" if settings.gemini_base_url else ""
    return f"Gemini, model {settings.gemini_model}{place}"


if __name__ == "__main__":
    sys.stdout.write(f"AI: {sentence(GeminiSettings())}\n")

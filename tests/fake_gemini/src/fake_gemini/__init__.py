"""Stand-ins for AI providers that speak Gemini's and OpenAI's wire formats. For tests only: they judge nothing."""

from fake_gemini.faults import Fault
from fake_gemini.openai import OPENAI_KEY, OPENAI_MODEL, FakeOpenAI
from fake_gemini.server import API_KEY, MODELS, FakeGemini

__all__ = ["API_KEY", "MODELS", "OPENAI_KEY", "OPENAI_MODEL", "FakeGemini", "FakeOpenAI", "Fault"]

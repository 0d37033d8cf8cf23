"""A stand-in for the Gemini API that speaks its wire format. For tests only: it judges nothing."""

from fake_gemini.faults import Fault
from fake_gemini.server import API_KEY, MODELS, FakeGemini

__all__ = ["API_KEY", "MODELS", "FakeGemini", "Fault"]

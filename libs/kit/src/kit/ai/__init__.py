"""Asking a language model for data of a given shape, from any provider, with every failure named."""

from kit.ai.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from kit.ai.port import AudioPart, Generated, StructuredModel
from kit.ai.selection import model_from
from kit.ai.settings import AISettings, GeminiSettings, OpenAISettings

__all__ = [
    "AISettings",
    "AudioPart",
    "GeminiSettings",
    "Generated",
    "ModelError",
    "ModelOutputInvalid",
    "ModelRefused",
    "ModelUnavailable",
    "OpenAISettings",
    "StructuredModel",
    "model_from",
]

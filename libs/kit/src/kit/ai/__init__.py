"""Asking a language model for data of a given shape, from any provider, with every failure named."""

from kit.ai.data import as_data
from kit.ai.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from kit.ai.ledger import Ledger, record_usage, usage_table
from kit.ai.port import AudioPart, Generated, StructuredModel
from kit.ai.selection import model_from
from kit.ai.settings import AISettings, GeminiSettings, OpenAISettings
from kit.ai.spending import AllowanceSpent, Charge, Usage, charged_to

__all__ = [
    "AISettings",
    "AllowanceSpent",
    "AudioPart",
    "Charge",
    "GeminiSettings",
    "Generated",
    "Ledger",
    "ModelError",
    "ModelOutputInvalid",
    "ModelRefused",
    "ModelUnavailable",
    "OpenAISettings",
    "StructuredModel",
    "Usage",
    "as_data",
    "charged_to",
    "model_from",
    "record_usage",
    "usage_table",
]

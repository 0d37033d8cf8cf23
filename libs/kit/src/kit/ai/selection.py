"""Which model a process uses, by its settings."""

from typing import TYPE_CHECKING

import structlog

from kit.ai.settings import AISettings
from kit.ai.spending import Meter

if TYPE_CHECKING:
    from kit.ai.gemini import GeminiModel
    from kit.ai.openai import OpenAIModel

log = structlog.get_logger(__name__)


def model_from(settings: AISettings, meter: Meter | None = None) -> "GeminiModel | OpenAIModel | None":
    """Return the model the settings name, or None when they name none; it is to be entered and left.

    `meter` says what may be spent and writes down what is; without one nobody counts.

    The vendor's SDK is imported only now: it costs 20 MB and half a second that nobody without a key should pay.
    """
    match settings.ai_in_use:
        case "gemini":
            from kit.ai.gemini import GeminiModel  # noqa: PLC0415  # see above

            return GeminiModel(settings, meter=meter)
        case "openai":
            from kit.ai.openai import OpenAIModel  # noqa: PLC0415  # its HTTP client is not needed otherwise either

            return OpenAIModel(settings, meter=meter)
        case None:
            if settings.ai_provider in {"gemini", "openai"}:
                log.warning("ai_provider_missing", asked_for=settings.ai_provider)
            return None

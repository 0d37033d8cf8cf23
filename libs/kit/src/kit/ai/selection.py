"""Which model a process uses, by its settings."""

from typing import TYPE_CHECKING

from kit.ai.settings import GeminiSettings

if TYPE_CHECKING:
    from kit.ai.gemini import GeminiModel


def model_from(settings: GeminiSettings) -> "GeminiModel | None":
    """Return the model the settings name, or None when they hold no key.

    The vendor's SDK is imported only now: it costs 20 MB and half a second that nobody without a key should pay.
    """
    if settings.gemini_api_key is None:
        return None
    from kit.ai.gemini import GeminiModel  # noqa: PLC0415  # see above

    return GeminiModel(settings)

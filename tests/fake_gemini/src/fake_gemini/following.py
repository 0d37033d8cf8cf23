"""Words follow-up questions, one for each gap in the prompt."""

from typing import Any

from fake_gemini.shapes import items_of

_WORDS = "What happened after that, and in which order?"


def follows(schema: dict[str, Any]) -> bool:
    """Tell whether the schema asks for follow-up questions."""
    return bool(items_of(schema, "follow_ups"))


def follow(data: dict[str, Any]) -> dict[str, Any]:
    """Return the same harmless words for each gap."""
    gaps = [gap.get("gap") for gap in data.get("gaps", []) if isinstance(gap, dict)]
    return {"follow_ups": [{"gap": gap, "follow_up": _WORDS} for gap in gaps]}

"""Rewrites an answer by saying its first sentences again, and then the facts, so that nothing is added."""

import re
from typing import Any

from fake_gemini.shapes import fit

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
MOST = 6


def rewrites(schema: dict[str, Any]) -> bool:
    """Tell whether the schema asks for a rewrite."""
    return set(schema.get("properties", {})) == {"sentences"}


def rewrite(schema: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return sentences that stand in the answer and the facts."""
    facts = [str(one.get("said", "")) for one in data.get("facts", []) if isinstance(one, dict)]
    said = [match.group().strip() for match in _SENTENCE.finditer(str(data.get("answer", "")))][:MOST]
    return fit(schema, {"sentences": [one for one in (*said, *facts) if one]})

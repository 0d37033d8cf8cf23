"""Finds the data in a prompt: every JSON object that begins a line."""

import json
import re
from typing import Any

_START = re.compile(r"^[ \t]*(?=\{)", re.MULTILINE)


def data_of(request: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON objects of the first user turn, merged; later ones do not replace earlier ones."""
    return data_in(first_text(request))


def data_in(text: str) -> dict[str, Any]:
    """Likewise, of a text."""
    merged: dict[str, Any] = {}
    decoder = json.JSONDecoder()
    end = 0
    for match in _START.finditer(text):
        if match.end() < end:
            continue
        try:
            found, end = decoder.raw_decode(text, match.end())
        except json.JSONDecodeError:
            continue
        for key, value in found.items():
            merged.setdefault(key, value)
    return merged


def first_text(request: dict[str, Any]) -> str:
    """Return the text of the first turn."""
    contents = request.get("contents") or [{}]
    first = contents[0] if isinstance(contents, list) else contents
    return "\n".join(str(part.get("text", "")) for part in first.get("parts", []))


def label(value: Any, *keys: str) -> str:
    """Return a value as words: itself when it is text, else the first of its `keys` that is there."""
    if isinstance(value, dict):
        return next((str(value[key]) for key in keys if value.get(key)), "")
    return str(value or "")

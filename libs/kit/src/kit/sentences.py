"""What is wrong with a field, as a person would say it: pydantic's own words are for developers."""

from collections.abc import Mapping
from typing import Any

_SENTENCES = {
    "missing": "This is missing.",
    "string_too_short": "Write at least {min_length} characters.",
    "string_too_long": "Write at most {max_length} characters.",
    "string_pattern_mismatch": "This is not written the way it has to be.",
    "too_short": "Give at least {min_length}.",
    "too_long": "Give at most {max_length}.",
    "greater_than_equal": "Give a number of {ge} or more.",
    "less_than_equal": "Give a number of {le} or less.",
    # Their own messages quote the input.
    "union_tag_invalid": "The kind is not one of those expected here",
    "uuid_parsing": "Input should be a valid UUID",
    "json_invalid": "The body is not valid JSON",
}


def sentence_for(kind: str, limits: Mapping[str, Any], otherwise: str) -> str:
    """Return a sentence about a pydantic error of this `kind`; `limits` is its context, and only limits are shown."""
    if kind == "string_too_short" and limits.get("min_length") == 1:
        return "Write something here."
    known = _SENTENCES.get(kind)
    return otherwise if known is None else known.format_map(limits)

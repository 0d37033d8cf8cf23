"""What people wrote, put into a prompt as data."""

import json

# Where a turn of the conversation ends is a word of the model's own ("<|im_end|>", "</s>", "[/INST]"), and some servers
# read those words in the middle of a text as well. Escaped, the text says the same and holds none of them.
_MARKS = {"<": "\\u003c", "[INST": "\\u005bINST", "[/INST": "\\u005b/INST"}


def as_data(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON that ends where it ends: no string in it can close it, or the turn it stands in."""
    data = json.dumps(value, ensure_ascii=False, indent=indent)
    for mark, escaped in _MARKS.items():
        data = data.replace(mark, escaped)
    return data

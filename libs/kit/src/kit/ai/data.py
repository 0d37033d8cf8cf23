"""What people wrote, put into a prompt as data."""

import json
import re

# Where a turn of the conversation ends is a word of the model's own ("<|im_end|>", "</s>", "[/INST]", "[TOOL_CALLS]"),
# and some servers read those words in the middle of a text as well. Escaped, the text says the same and holds none of
# them. Nothing of JSON's own looks like them: a list begins with no capital letter and no slash.
_MARKS = re.compile(r"<|\[(?=/?[A-Z])")


def as_data(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON that ends where it ends: no string in it can close it, or the turn it stands in."""
    data = json.dumps(value, ensure_ascii=False, indent=indent)
    return _MARKS.sub(lambda mark: f"\\u{ord(mark.group()):04x}", data)

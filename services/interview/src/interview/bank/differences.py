"""What differs between two versions, word by word, for people to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from interview.bank.places import in_words

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed, went or came."""

    change: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not the same in both versions.

    `field` is its place, as `key_points.naming.text`, and `label` that place in words.
    """

    field: str
    label: str
    parts: tuple[Part, ...]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return the fields that differ, in the order of the newer version, then what is gone."""
    old, new = dict(_fields(before)), dict(_fields(after))
    dimensions = {one["id"]: one["label"] for content in (before, after) for one in content.get("dimensions", [])}
    return [
        Difference(name, in_words(name, dimensions), tuple(_parts(old.get(name, ""), new.get(name, ""))))
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    ]


def _fields(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _fields(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            # By its own name where it has one, so that an order that changed moves nothing else.
            yield from _fields(item, f"{place}.{item.get('id') or item.get('level') or index + 1}")
    elif isinstance(value, list | tuple) and place.endswith("anchors"):
        for level, sentence in enumerate(value, start=1):
            yield from _fields(sentence, f"{place}.{level}")
    else:
        yield (
            place,
            ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value),
        )


def _parts(before: str, after: str) -> Iterator[Part]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Part("removed", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Part("added", "".join(new[new_from:new_to]))

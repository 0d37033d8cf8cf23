"""What differs between two versions, word by word, for people to read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from interview.bank.places import in_words, thing_in_words

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
    """Return the fields that differ, in the order of the newer version, then what is gone, then what changed places."""
    old, new = dict(_fields(before)), dict(_fields(after))
    dimensions = {one["id"]: one["label"] for content in (before, after) for one in content.get("dimensions", [])}
    fields = [
        (name, _WORD.findall(old.get(name, "")), _WORD.findall(new.get(name, "")))
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    ]
    return [
        Difference(name, in_words(name, dimensions), tuple(_parts(was, is_now)))
        for name, was, is_now in [*fields, *_moved(before, after, dimensions)]
    ]


def _moved(
    before: dict[str, Any], after: dict[str, Any], dimensions: Mapping[str, str]
) -> Iterator[tuple[str, list[str], list[str]]]:
    """Return the lists whose things stand in another order. What came or went has moved nothing."""
    for place, value in after.items():
        was, is_now = _names(before.get(place)), _names(value)
        was, is_now = [one for one in was if one in is_now], [one for one in is_now if one in was]
        if was != is_now:
            yield f"{place}.order", _listed(was, dimensions), _listed(is_now, dimensions)


def _names(value: Any) -> list[str]:
    things = value if isinstance(value, list | tuple) else ()
    return [name for item in things if isinstance(item, dict) and (name := _name(item))]


def _name(item: dict[str, Any]) -> str | None:
    name: str | None = item.get("id") or item.get("level")
    return name


def _listed(names: list[str], dimensions: Mapping[str, str]) -> list[str]:
    called = [thing_in_words(name, dimensions) for name in names]
    return [*(f"{name}, " for name in called[:-1]), *called[-1:]]


def _fields(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _fields(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            # By its own name where it has one, so that an order that changed moves nothing else.
            yield from _fields(item, f"{place}.{_name(item) or index + 1}")
    elif isinstance(value, list | tuple) and place.endswith("anchors"):
        for level, sentence in enumerate(value, start=1):
            yield from _fields(sentence, f"{place}.{level}")
    else:
        yield (
            place,
            ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value),
        )


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Part("removed", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Part("added", "".join(new[new_from:new_to]))

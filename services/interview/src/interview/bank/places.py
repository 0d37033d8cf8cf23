"""Places in a question or a rubric, as `dimensions.ownership.anchors.4`, in the words their forms have for them."""

from collections.abc import Mapping

from interview.bank.loader import find_level

_FIELDS = {
    "text": "Question",
    "family": "Jobs",
    "roles": "Only for the jobs",
    "suggested_seconds": "Suggested seconds",
    "label": "Name",
}
_ORDERED = {"key_points": "key points", "dimensions": "dimensions", "expectations": "levels of experience"}
_POINT_SIDES = {"text": "Key point", "terms": "Words that show key point"}


def in_words(field: str, dimensions: Mapping[str, str]) -> str:
    """Return how people call a place; `dimensions` has the label of each dimension by its id."""
    match field.split("."):
        case [things, "order"] if things in _ORDERED:
            return f"Order of the {_ORDERED[things]}"
        case ["dimensions", name, *rest]:
            return f"{dimensions.get(name, _spaced(name))}, {_side(rest)}"
        case ["expectations", level, *_]:
            return f"What level 3 shows, {_experience(level)}"
        case ["key_points", name, side]:
            return f"{_POINT_SIDES.get(side, 'Name of key point')} {_spaced(name)}"
        case ["anchors", strength]:
            return f"A {strength} answer"
        case _:
            return _FIELDS.get(field, _spaced(field).capitalize())


def thing_in_words(name: str, dimensions: Mapping[str, str]) -> str:
    """Return how people call one of the things of a list by its id: a dimension, a level of experience, a key point."""
    return dimensions.get(name, _experience(name))


def _side(rest: list[str]) -> str:
    match rest:
        case ["anchors", number]:
            return f"level {number}"
        case ["by_level", level, "anchors", number]:
            return f"anchors for {_experience(level)}, level {number}"
        case ["label"]:
            return "name"
        case _:
            return _spaced(", ".join(rest))


def _experience(level_id: str) -> str:
    level = find_level(level_id)
    label = level.label if level is not None else _spaced(level_id)
    return label[:1].lower() + label[1:]


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")

"""Writes docs/events.md from the models, so that the page cannot drift from the code.

`python -m contracts.reference > docs/events.md`
"""

import sys
from itertools import groupby
from typing import Any

from contracts.base import Event
from contracts.registry import EVENTS

_INTRODUCTION = """# Events

Made from `libs/contracts` by `python -m contracts.reference`; a test fails when this page and the models differ.

Events travel as CloudEvents 1.0 (structured JSON) through the topic exchange `interview-kit.events`; the type is
also the routing key. The envelope adds `id` (UUIDv7, also the message id), `source`, `specversion`, `time`,
`subject` and `traceparent`. Inside a version fields are only ever added, and added fields are optional. An example
of each event stands in `libs/contracts/golden/`.
"""


def _type_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return f"[{schema['$ref'].rsplit('/', 1)[-1]}](#{schema['$ref'].rsplit('/', 1)[-1].lower()})"
    if "anyOf" in schema:
        return " or ".join(_type_of(option) for option in schema["anyOf"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " · ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        items = schema.get("items") or (schema.get("prefixItems") or [{}])[0]
        return f"list of {_type_of(items)}"
    return str(schema.get("format", schema.get("type", "any")))


def _table(schema: dict[str, Any]) -> list[str]:
    required = set(schema.get("required", ()))
    rows = ["| field | type |", "|---|---|"]
    for name, field in schema.get("properties", {}).items():
        optional = "" if name in required else " (optional)"
        rows.append(f"| `{name}` | {_type_of(field)}{optional} |")
    return rows


def _prose(schema: dict[str, Any]) -> str:
    return " ".join(str(schema.get("description", "")).split())


def render() -> str:
    """Return the whole page as Markdown."""
    lines = [_INTRODUCTION]
    shapes: dict[str, dict[str, Any]] = {}

    def publisher(event: type[Event]) -> str:
        return event.event_type.split(".", 1)[0]

    for name, group in groupby(EVENTS.values(), key=publisher):
        lines += [f"## Published by {name}", ""]
        for event in group:
            schema = event.model_json_schema()
            shapes |= schema.pop("$defs", {})
            lines += [f"### `{event.event_type}`", "", _prose(schema), "", *_table(schema), ""]
    lines += ["## Shapes inside", ""]
    for name, schema in sorted(shapes.items()):
        lines += [f"### {name}", "", _prose(schema), "", *_table(schema), ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())

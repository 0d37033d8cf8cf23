"""A value for any JSON schema, with words of our own where the schema only says "text"."""

from typing import Any


def fill(schema: dict[str, Any], name: str = "value") -> Any:  # noqa: PLR0911  # one kind a line
    """Return something that fits the schema: required and optional properties, the fewest items allowed."""
    schema = _first_alternative(schema)
    if "enum" in schema:
        return schema["enum"][0]
    kind = str(schema.get("type", "string")).lower()
    if kind == "object":
        return {key: fill(child, key) for key, child in schema.get("properties", {}).items()}
    if kind == "array":
        return [fill(schema.get("items", {}), name) for _ in range(int(schema.get("minItems", 1)))]
    if kind == "integer":
        return int(schema.get("minimum", 1))
    if kind == "number":
        return float(schema.get("minimum", 1.0))
    if kind == "boolean":
        return True
    return None if kind == "null" else f"A plain sentence for {name.replace('_', ' ')}."


def fit(schema: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the wanted values for the properties the schema has, and filled-in ones for the rest."""
    properties: dict[str, Any] = _first_alternative(schema).get("properties", {})
    return {key: wanted[key] if key in wanted else fill(child, key) for key, child in properties.items()}


def items_of(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the schema of one item of the array property `key`; empty when there is none."""
    array = _first_alternative(schema.get("properties", {}).get(key, {}))
    return _first_alternative(array.get("items", {}))


def _first_alternative(schema: dict[str, Any]) -> dict[str, Any]:
    for alternative in schema.get("anyOf", []):
        if str(alternative.get("type", "")).lower() != "null":
            return dict(alternative)
    kind = schema.get("type")
    if isinstance(kind, list):
        return {**schema, "type": next((one for one in kind if one != "null"), "null")}
    return schema

"""JSON Schema in the dialects the providers take.

Gemini reads `$ref`, but counts every reference and title against a budget it does not publish ("too many states",
a bare INVALID_ARGUMENT), so references are inlined and everything that only documents is left out. Text lengths and
patterns are left out too: the model obeys them badly and pydantic checks them anyway.
The same short form serves every provider.
"""

from typing import Any

from pydantic import BaseModel

_KEPT = {
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "items",
    "anyOf",
    "description",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "additionalProperties",
}


def gemini_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a model without references.

    Raises:
        ValueError: the model contains itself, which cannot be written without references.
    """
    document = model.model_json_schema(mode="validation")
    return _inline(document, document.get("$defs", {}), ())


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema as OpenAI's strict mode wants it: every object closed, every property required.

    Raises:
        ValueError: the model contains itself.
    """
    return _closed(gemini_schema(model))


def _closed(node: dict[str, Any]) -> dict[str, Any]:
    result = dict(node)
    if "properties" in node:
        result["properties"] = {name: _closed(child) for name, child in node["properties"].items()}
        result["required"] = list(node["properties"])
        result["additionalProperties"] = False
    if "items" in node:
        result["items"] = _closed(node["items"])
    if "anyOf" in node:
        result["anyOf"] = [_closed(child) for child in node["anyOf"]]
    return result


def _inline(node: dict[str, Any], definitions: dict[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    reference = node.get("$ref")
    if reference is not None:
        name = str(reference).rsplit("/", 1)[-1]
        if name in inside:
            raise ValueError(f"{name} contains itself; the reply's shape must be finite")
        return _inline(definitions[name], definitions, (*inside, name))
    result: dict[str, Any] = {}
    for key, value in node.items():
        if key not in _KEPT or (key == "description" and node.get("type") == "object"):
            continue  # the description of an object is the docstring of our class
        if key == "properties":
            result[key] = {name: _inline(child, definitions, inside) for name, child in value.items()}
        elif key == "items":
            result[key] = _inline(value, definitions, inside)
        elif key == "anyOf":
            result[key] = [_inline(child, definitions, inside) for child in value]
        elif key == "const":
            result["enum"] = [value]
        else:
            result[key] = value
    return result

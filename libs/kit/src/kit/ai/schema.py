"""JSON Schema in the dialect Gemini takes.

The API reads `$ref`, but counts every reference and title against a budget it does not publish ("too many states",
a bare INVALID_ARGUMENT), so references are inlined and everything that only documents is left out. Text lengths and
patterns are left out too: the model obeys them badly and pydantic checks them anyway.
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

"""Merges the services' documents into one: paths under /api, component names kept unless two services disagree."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

Document = dict[str, Any]

TITLE = "Interview Kit"
_COMPONENTS = "#/components/"
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})


def merge(
    own: Document, services: Mapping[str, Document], *, version: str, is_served: Callable[[str], bool]
) -> Document:
    """Return one document.

    Args:
        own: the gateway's own document; its paths are taken as they are.
        services: the services' documents by name; their paths are put under /api.
        version: of the product.
        is_served: tells which of a service's paths the gateway routes; the others are left out.
    """
    parts = {"gateway": copy.deepcopy(own)}
    for name, given in services.items():
        parts[name] = copy.deepcopy(given)
        paths = parts[name].get("paths", {})
        parts[name]["paths"] = {f"/api{path}": item for path, item in paths.items() if is_served(path)}
    for document in parts.values():
        _drop_unused(document)
    _rename_components(parts)
    _rename_operations(parts)
    merged: Document = {"openapi": "3.1.0", "info": {"title": TITLE, "version": version}, "paths": {}, "components": {}}
    for document in parts.values():
        merged["paths"].update(document["paths"])
        for kind, components in document.get("components", {}).items():
            merged["components"].setdefault(kind, {}).update(components)
    merged["paths"] = dict(sorted(merged["paths"].items()))
    merged["components"] = {
        kind: dict(sorted(components.items())) for kind, components in sorted(merged["components"].items())
    }
    return merged


def _drop_unused(document: Document) -> None:
    """Leave out components that only the dropped paths needed."""
    components = document.get("components", {})
    used: set[str] = set()
    waiting: list[Any] = [document.get("paths", {})]
    while waiting:
        for reference in _references(waiting.pop()):
            if reference not in used:
                used.add(reference)
                kind, name = reference.removeprefix(_COMPONENTS).split("/", 1)
                waiting.append(components.get(kind, {}).get(name))
    for kind in list(components):
        if kind != "securitySchemes":
            components[kind] = {n: c for n, c in components[kind].items() if f"{_COMPONENTS}{kind}/{n}" in used}


def _rename_components(parts: Mapping[str, Document]) -> None:
    """Put the service's name before a component that another service defines differently."""
    defined: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for service, document in parts.items():
        for kind, components in document.get("components", {}).items():
            for name, component in components.items():
                defined.setdefault((kind, name), []).append((service, component))
    for service, document in parts.items():
        renamed: dict[str, str] = {}
        for kind, components in document.get("components", {}).items():
            for name in list(components):
                if any(other != components[name] for _, other in defined[kind, name]):
                    new = f"{service.capitalize()}{name}"
                    renamed[f"{_COMPONENTS}{kind}/{name}"] = f"{_COMPONENTS}{kind}/{new}"
                    components[new] = components.pop(name)
        if renamed:
            _replace_references(document, renamed)


def _rename_operations(parts: Mapping[str, Document]) -> None:
    """Put the service's name before an operation id that another service uses too."""
    owners: dict[str, set[str]] = {}
    for service, document in parts.items():
        for operation in _operations(document):
            owners.setdefault(operation.get("operationId", ""), set()).add(service)
    for service, document in parts.items():
        for operation in _operations(document):
            identifier = operation.get("operationId", "")
            if len(owners[identifier]) > 1:
                operation["operationId"] = f"{service}_{identifier}"


def _operations(document: Document) -> list[dict[str, Any]]:
    return [
        operation
        for item in document.get("paths", {}).values()
        for method, operation in item.items()
        if method in _METHODS
    ]


def _references(value: Any) -> list[str]:
    found: list[str] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(reference := part.get("$ref"), str):
                found.append(reference)
            mapping = part.get("discriminator", {})
            if isinstance(mapping, dict):
                found.extend(mapping.get("mapping", {}).values())
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return [reference for reference in found if reference.startswith(_COMPONENTS)]


def _replace_references(value: Any, renamed: Mapping[str, str]) -> None:
    if isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, str) and part in renamed:
                value[key] = renamed[part]
            else:
                _replace_references(part, renamed)
    elif isinstance(value, list):
        for part in value:
            _replace_references(part, renamed)

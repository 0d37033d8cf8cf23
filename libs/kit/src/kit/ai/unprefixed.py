"""Names of settings that belong to no service."""

from pydantic import AliasChoices


def unprefixed(name: str) -> AliasChoices:
    """Read the variable without the service's prefix; the field's own name stays usable in code."""
    return AliasChoices(name.upper(), name)

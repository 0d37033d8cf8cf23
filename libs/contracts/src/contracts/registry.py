"""Every event there is, by its type."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts import analysis, auth, interview
from contracts.base import Event

_PUBLISHERS = (auth, interview, analysis)


def _events() -> Mapping[str, type[Event]]:
    found = {
        value.event_type: value
        for module in _PUBLISHERS
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Event) and value.__module__ == module.__name__
    }
    return MappingProxyType(found)


EVENTS: Mapping[str, type[Event]] = _events()
"""Event models by CloudEvents type, in the order in which the publishers declare them."""

"""The names on the broker and how they hang together."""

from typing import Final

EXCHANGE: Final = "interview-kit.events"

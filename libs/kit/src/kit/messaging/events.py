"""What messaging asks of an event, so that the kit needs to know no contract."""

from typing import Any, ClassVar, Protocol, Self


class EventPayload(Protocol):
    """The data of one event; every model in `contracts` fits.

    `event_type` is the CloudEvents type and the routing key, `<publisher>.<what_happened>.v<version>`;
    the publisher is also the schema whose outbox the event goes through.
    """

    event_type: ClassVar[str]

    @property
    def subject(self) -> str:
        """Id of the thing the event is about."""
        ...

    def model_dump_json(self) -> str:
        """Return the data as JSON text."""
        ...

    @classmethod
    def model_validate(cls, obj: Any, /) -> Self:
        """Build the event from parsed JSON or raise `ValueError`."""
        ...


def publisher_of(event_type: str) -> str:
    """Return the service that publishes `event_type`."""
    return event_type.split(".", 1)[0]


def name_of(event_type: str) -> str:
    """Return what happened, without publisher and version: `answer_submitted`."""
    parts = event_type.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - publisher, name, version
        raise ValueError(f"{event_type!r} is not <publisher>.<what_happened>.v<version>")
    return parts[1]

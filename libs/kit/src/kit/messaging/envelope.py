"""How an event travels: a CloudEvents 1.0 JSON envelope in structured mode, as a persistent AMQP message.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal, TypeVar
from uuid import UUID

import aio_pika
from aio_pika.abc import AbstractIncomingMessage
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kit.messaging.events import EventPayload, publisher_of

CONTENT_TYPE: Final = "application/cloudevents+json"
ATTEMPT_HEADER: Final = "x-ik-attempt"
TRACEPARENT_HEADER: Final = "traceparent"

EventT = TypeVar("EventT", bound=EventPayload)


class PoisonError(Exception):
    """A message that can never be handled. `reason` is a short code, `detail` quotes nothing of the message."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Envelope(BaseModel):
    """The CloudEvents attributes we use, and the data. Attributes we do not know are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    specversion: Literal["1.0"]
    id: UUID
    source: str
    type: str
    subject: str | None = None
    time: AwareDatetime
    traceparent: str | None = None
    data: dict[str, Any]


def encode(
    *, message_id: UUID, event_type: str, subject: str, time: datetime, traceparent: str | None, data: str
) -> bytes:
    """Return the envelope around `data`, which is JSON text and goes out as it is."""
    attributes = {
        "specversion": "1.0",
        "id": str(message_id),
        "source": f"urn:interview-kit:{publisher_of(event_type)}",
        "type": event_type,
        "subject": subject,
        "time": time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
    }
    if traceparent is not None:
        attributes["traceparent"] = traceparent
    head = json.dumps(attributes, separators=(",", ":"))
    return f'{head[:-1]},"data":{data}}}'.encode()


def decode(body: bytes) -> Envelope:
    """Read an envelope.

    Raises:
        PoisonError: not JSON, or not CloudEvents 1.0.
    """
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PoisonError("not-json", type(error).__name__) from error
    try:
        return Envelope.model_validate(parsed)
    except ValidationError as error:
        raise PoisonError("not-a-cloudevent", places(error)) from error


def event_in(envelope: Envelope, event: type[EventT]) -> EventT:
    """Read the data as `event`.

    Raises:
        PoisonError: another type or version of event, or data that does not fit it.
    """
    if envelope.type != event.event_type:
        raise PoisonError("unknown-type", f"{envelope.type[:100]} is not {event.event_type}")
    try:
        return event.model_validate(envelope.data)
    except ValidationError as error:
        raise PoisonError("wrong-data", places(error)) from error
    except ValueError as error:
        raise PoisonError("wrong-data", type(error).__name__) from error


def places(error: ValidationError) -> str:
    """Say where the data is wrong without quoting it; it may be what somebody said in an interview."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['type']}" for item in found[:5])


def message_for(
    body: bytes, *, message_id: str, event_type: str, traceparent: str | None, headers: Mapping[str, Any] | None = None
) -> aio_pika.Message:
    """Return a persistent message; aio-pika's own default is neither persistent nor has it an id."""
    carried = dict(headers or {})
    if traceparent is not None:
        carried[TRACEPARENT_HEADER] = traceparent
    return aio_pika.Message(
        body,
        message_id=message_id,
        type=event_type,
        content_type=CONTENT_TYPE,
        content_encoding="utf-8",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        headers=carried,
    )


def copy_of(message: AbstractIncomingMessage, headers: Mapping[str, Any]) -> aio_pika.Message:
    """Return the message for another round: same body and id, own headers instead of the broker's."""
    return aio_pika.Message(
        message.body,
        message_id=message.message_id,
        type=message.type,
        content_type=message.content_type,
        content_encoding=message.content_encoding,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        headers=dict(headers),
    )


def attempt_of(message: AbstractIncomingMessage) -> int:
    """Return which attempt at handling this is, from 1."""
    value = message.headers.get(ATTEMPT_HEADER)
    return value if isinstance(value, int) and value > 0 else 1

"""The outbox: events are saved in the transaction that causes them, and sent afterwards by the relay.

Publishing straight to the broker lost answers: a crash between the commit and the publish leaves work that nobody
knows about, confirms or not. A row cannot get lost that way.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import now
from kit.ids import new_id
from kit.messaging.events import EventPayload, publisher_of
from kit.tracing import current_traceparent

MARK: Final = "outbox"
"""Key in `session.info` that tells the database to wake the relay after the commit."""

_outboxes: dict[str, sa.Table] = {}


def outbox_table(metadata: sa.MetaData) -> sa.Table:
    """Define the outbox in the schema of `metadata`, which must be the publishing service's own.

    The body is kept as text, exactly as it will be sent. `available_at` lets a row that cannot be delivered yet step
    aside for the others.
    """
    schema = _schema_of(metadata)
    table = sa.Table(
        "outbox",
        metadata,
        sa.Column("id", PG_UUID(as_uuid=True), primary_key=True),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("traceparent", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_error", sa.Text),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    )
    sa.Index("ix_outbox_pending", table.c.id, postgresql_where=table.c.published_at.is_(None))
    sa.Index("ix_outbox_published", table.c.published_at, postgresql_where=table.c.published_at.is_not(None))
    _outboxes[schema] = table
    return table


def outbox_of(service: str) -> sa.Table | None:
    """Return the outbox in the schema of `service`, or None when it publishes nothing."""
    return _outboxes.get(service)


async def publish(session: AsyncSession, event: EventPayload) -> UUID:
    """Add `event` to the outbox in the caller's transaction and return its id.

    Nothing is sent before the commit and nothing at all after a rollback. The current trace goes along, because the
    relay that sends the row later runs outside of it.

    Raises:
        LookupError: no outbox is defined for the publisher the event's type names.
    """
    table = outbox_of(publisher_of(event.event_type))
    if table is None:
        raise LookupError(f"{event.event_type} has no outbox: define outbox_table(metadata) in its publisher's schema")
    message_id = new_id()
    created_at: datetime = now()
    await session.execute(
        table.insert().values(
            id=message_id,
            event_type=event.event_type,
            subject=event.subject,
            body=event.model_dump_json(),
            traceparent=current_traceparent(),
            created_at=created_at,
            available_at=created_at,
        )
    )
    session.info[MARK] = True
    return message_id


def _schema_of(metadata: sa.MetaData) -> str:
    if metadata.schema is None:
        raise ValueError("the outbox belongs to a service's schema: use schema_metadata(<service>)")
    return metadata.schema

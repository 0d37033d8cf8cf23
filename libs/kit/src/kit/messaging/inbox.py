"""The inbox: which messages a queue's handler has already dealt with.

The broker delivers at least once. The row is written in the handler's own transaction, so a second delivery finds it
and changes nothing.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import now

_inboxes: dict[str, sa.Table] = {}


def inbox_table(metadata: sa.MetaData) -> sa.Table:
    """Define the inbox in the schema of `metadata`, which must be the consuming service's own."""
    if metadata.schema is None:
        raise ValueError("the inbox belongs to a service's schema: use schema_metadata(<service>)")
    table = sa.Table(
        "inbox",
        metadata,
        sa.Column("message_id", PG_UUID(as_uuid=True), primary_key=True),
        sa.Column("queue", sa.Text, primary_key=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    sa.Index("ix_inbox_received_at", table.c.received_at)
    _inboxes[metadata.schema] = table
    return table


def inbox_of(service: str) -> sa.Table | None:
    """Return the inbox in the schema of `service`, or None when it has none."""
    return _inboxes.get(service)


async def first_delivery(session: AsyncSession, table: sa.Table, message_id: UUID, queue: str) -> bool:
    """Note the message in the caller's transaction; False when the queue has dealt with it before.

    A concurrent delivery of the same message waits here until the other transaction has ended.
    """
    statement = (
        insert(table)
        .values(message_id=message_id, queue=queue, received_at=now())
        .on_conflict_do_nothing()
        .returning(table.c.message_id)
    )
    return (await session.execute(statement)).first() is not None

"""The service's schema, and the tables the plumbing keeps in it."""

from kit.ai import usage_table
from kit.database import schema_metadata
from kit.idempotency import idempotency_table
from kit.messaging import inbox_table, outbox_table
from sqlalchemy.orm import DeclarativeBase

SCHEMA = "interview"


class Base(DeclarativeBase):
    """Everything this service owns."""

    metadata = schema_metadata(SCHEMA)


outbox = outbox_table(Base.metadata)
inbox = inbox_table(Base.metadata)
ai_usage = usage_table(Base.metadata)
idempotency = idempotency_table(Base.metadata)

"""Identifiers: UUIDv7, so that primary keys sort by the time they were made."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, then random."""
    return compat.uuid7()

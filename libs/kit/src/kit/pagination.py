"""Cursor pagination: stable under inserts, one index range per page."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, FiniteFloat, ValidationError

from kit.problems import Unprocessable
from kit.text import is_storable

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
_MAX_CURSOR_LENGTH = 512


def _require_storable(value: str) -> str:
    if not is_storable(value):
        raise ValueError("cannot be stored")
    return value


SortText = Annotated[str, AfterValidator(_require_storable)]
Item = TypeVar("Item")
Row = TypeVar("Row")


class InvalidCursor(Unprocessable):
    """The cursor was not made by this service."""

    type = "invalid-cursor"
    title = "The cursor is not valid"


class Cursor(BaseModel):
    """The position after the last row of a page: its id, and what it was sorted by before that.

    Ids are UUIDv7, so for "newest first" the id alone is enough.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    at: AwareDatetime | None = None
    value: SortText | int | FiniteFloat | None = None

    def encode(self) -> str:
        """Return the opaque, url-safe form."""
        raw = self.model_dump_json(exclude_none=True).encode()
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read the opaque form.

        Raises:
            InvalidCursor: it was not made by ``encode``.

        """
        if len(text) > _MAX_CURSOR_LENGTH:
            raise InvalidCursor
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            return cls.model_validate(json.loads(raw))
        except (binascii.Error, ValueError, RecursionError, ValidationError):
            raise InvalidCursor from None


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next_cursor: str | None = None


def page(
    rows: Sequence[Row],
    limit: int,
    *,
    item: Callable[[Row], Any],
    cursor: Callable[[Row], Cursor],
) -> Page[Any]:
    """Make a page from ``limit + 1`` rows: the extra one only tells that there are more."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(
        items=[item(row) for row in shown],
        next_cursor=cursor(shown[-1]).encode() if more and shown else None,
    )


def after(at: datetime | None, row_id: UUID) -> Cursor:
    """Return the cursor of a row that is sorted by a time and then its id."""
    return Cursor(id=row_id, at=at)


def _read_cursor(
    cursor: Annotated[
        str | None, Query(max_length=_MAX_CURSOR_LENGTH, description="next_cursor of the last page")
    ] = None,
) -> Cursor | None:
    return Cursor.decode(cursor) if cursor else None


def _read_limit(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="rows per page")] = DEFAULT_LIMIT,
) -> int:
    return limit


CursorParam = Annotated[Cursor | None, Depends(_read_cursor)]
LimitParam = Annotated[int, Depends(_read_limit)]

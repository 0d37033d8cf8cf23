"""Candidates with what they have done so far."""

from collections.abc import Sequence
from typing import Any

from kit.pagination import Cursor
from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from admin.errors import CursorOfAnotherList
from admin.models import Interview, User
from admin.schemas import CandidateSort

CandidateRecord = Row[User, int, int, Any, float | None]


def cursor_of(record: CandidateRecord, sort: CandidateSort) -> Cursor:
    """Return the cursor that continues behind a row of the table."""
    user = record[0]
    if sort.endswith("name"):
        return Cursor(id=user.id, value=user.display_name.lower())
    return Cursor(id=user.id, at=user.registered_at)


def _position(cursor: Cursor, sort: CandidateSort) -> Any:
    position = cursor.value if sort.endswith("name") else cursor.at
    if position is None or (sort.endswith("name") and not isinstance(position, str)):
        raise CursorOfAnotherList
    return position


async def page_of_candidates(
    session: AsyncSession, part: str | None, sort: CandidateSort, cursor: Cursor | None, limit: int
) -> Sequence[CandidateRecord]:
    """Return up to `limit + 1` candidates with counts, last interview and mean overall figure.

    Raises:
        CursorOfAnotherList: the cursor was made for another sort order.
    """
    done = (
        select(
            Interview.candidate_id.label("candidate_id"),
            func.count().label("interviews"),
            func.count().filter(Interview.status == "completed").label("completed"),
            func.max(Interview.created_at).label("last_at"),
            func.avg(Interview.overall_value).label("mean_overall"),
        )
        .where(Interview.created_at.is_not(None))
        .group_by(Interview.candidate_id)
        .subquery()
    )
    key: ColumnElement[Any] = (
        func.lower(User.display_name) if sort.endswith("name") else User.registered_at  # type: ignore[assignment]
    )
    falling = sort.startswith("-")
    statement = (
        select(
            User,
            func.coalesce(done.c.interviews, 0),
            func.coalesce(done.c.completed, 0),
            done.c.last_at,
            done.c.mean_overall,
        )
        .outerjoin(done, done.c.candidate_id == User.id)
        .where(User.role == "candidate", User.registered_at.is_not(None))
    )
    if part:
        contains = (
            func.lower(column).contains(part.lower(), autoescape=True) for column in (User.display_name, User.email)
        )
        statement = statement.where(or_(*contains))
    if cursor is not None:
        value = _position(cursor, sort)
        beyond = key < value if falling else key > value
        beyond_tie = User.id < cursor.id if falling else User.id > cursor.id
        statement = statement.where(or_(beyond, and_(key == value, beyond_tie)))
    order = (key.desc(), User.id.desc()) if falling else (key.asc(), User.id.asc())
    return (await session.execute(statement.order_by(*order).limit(limit + 1))).all()

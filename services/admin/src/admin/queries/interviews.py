"""Interviews: the filtered table and one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.pagination import Cursor
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from admin.errors import CursorOfAnotherList
from admin.models import Answer, Interview, Notice, Presence, Question, User
from admin.schemas import InterviewSort

InterviewRecord = Row[Interview, User | None, int]

# Interviews without an overall figure come last whichever way the table is sorted; the scale is 1 to 5.
_BELOW_ALL, _ABOVE_ALL = 0.0, 6.0


@dataclass(frozen=True, slots=True)
class InterviewFilter:
    """What the table shows; `None` does not narrow it. `candidate` is part of a name or an address."""

    candidate: str | None = None
    candidate_id: UUID | None = None
    role_id: str | None = None
    level_id: str | None = None
    status: str | None = None
    report_status: str | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


def _answered() -> ColumnElement[int]:
    return (
        select(func.count(Answer.question_id.distinct()))
        .where(Answer.interview_id == Interview.id, Answer.text.is_not(None))
        .correlate(Interview)
        .scalar_subquery()
    )


def _records() -> Select[Interview, User | None, int]:
    return (
        select(Interview, User, _answered())
        .outerjoin(User, User.id == Interview.candidate_id)
        .where(Interview.created_at.is_not(None))
    )


def _contains(column: Any, part: str) -> ColumnElement[bool]:
    return func.lower(column).contains(part.lower(), autoescape=True)


def _conditions(wanted: InterviewFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.candidate:
        conditions.append(or_(_contains(User.display_name, wanted.candidate), _contains(User.email, wanted.candidate)))
    exact = {
        Interview.candidate_id: wanted.candidate_id,
        Interview.role_id: wanted.role_id,
        Interview.level_id: wanted.level_id,
        Interview.status: wanted.status,
        Interview.report_status: wanted.report_status,
    }
    conditions += [column == value for column, value in exact.items() if value is not None]
    if wanted.created_from is not None:
        conditions.append(Interview.created_at >= wanted.created_from)
    if wanted.created_before is not None:
        conditions.append(Interview.created_at < wanted.created_before)
    return conditions


def _sort_key(sort: InterviewSort) -> ColumnElement[Any]:
    match sort:
        case "candidate" | "-candidate":
            return func.lower(func.coalesce(User.display_name, ""))
        case "overall":
            return func.coalesce(Interview.overall_value, _ABOVE_ALL)
        case "-overall":
            return func.coalesce(Interview.overall_value, _BELOW_ALL)
        case _:
            return Interview.created_at  # type: ignore[return-value] # an attribute is a column expression


def cursor_of(record: InterviewRecord, sort: InterviewSort) -> Cursor:
    """Return the cursor that continues behind a row of the table."""
    interview, user, _ = record
    match sort:
        case "candidate" | "-candidate":
            return Cursor(id=interview.id, value=(user.display_name if user else "").lower())
        case "overall":
            return Cursor(id=interview.id, value=_or(interview.overall_value, _ABOVE_ALL))
        case "-overall":
            return Cursor(id=interview.id, value=_or(interview.overall_value, _BELOW_ALL))
        case _:
            return Cursor(id=interview.id, at=interview.created_at)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _position(cursor: Cursor, sort: InterviewSort) -> Any:
    match sort.removeprefix("-"):
        case "candidate" if isinstance(cursor.value, str):
            return cursor.value
        case "overall" if isinstance(cursor.value, int | float):
            return cursor.value
        case "created_at" if cursor.at is not None:
            return cursor.at
    raise CursorOfAnotherList


async def page_of_interviews(
    session: AsyncSession, wanted: InterviewFilter, sort: InterviewSort, cursor: Cursor | None, limit: int
) -> Sequence[InterviewRecord]:
    """Return up to `limit + 1` records in the order of `sort`; ties are ordered by id.

    Raises:
        CursorOfAnotherList: the cursor was made for another sort order.
    """
    key, falling = _sort_key(sort), sort.startswith("-")
    statement = _records().where(*_conditions(wanted))
    if cursor is not None:
        value = _position(cursor, sort)
        beyond = key < value if falling else key > value
        beyond_tie = Interview.id < cursor.id if falling else Interview.id > cursor.id
        statement = statement.where(or_(beyond, and_(key == value, beyond_tie)))
    order = (key.desc(), Interview.id.desc()) if falling else (key.asc(), Interview.id.asc())
    return (await session.execute(statement.order_by(*order).limit(limit + 1))).all()


async def find_interview(session: AsyncSession, interview_id: UUID) -> InterviewRecord | None:
    """Return one record, or None."""
    return (await session.execute(_records().where(Interview.id == interview_id))).one_or_none()


async def questions_of(session: AsyncSession, interview_id: UUID) -> Sequence[Question]:
    """Return the questions of an interview in the order they were planned."""
    statement = select(Question).where(Question.interview_id == interview_id).order_by(Question.position)
    return (await session.scalars(statement)).all()


async def answers_of(session: AsyncSession, interview_id: UUID) -> Sequence[Answer]:
    """Return the answers whose text has arrived, first attempts first."""
    statement = (
        select(Answer).where(Answer.interview_id == interview_id, Answer.text.is_not(None)).order_by(Answer.attempt)
    )
    return (await session.scalars(statement)).all()


async def notices_of(session: AsyncSession, interview_id: UUID) -> Sequence[Notice]:
    """Return the notices that have arrived, in the order in which they began."""
    statement = (
        select(Notice)
        .where(Notice.interview_id == interview_id, Notice.kind.is_not(None))
        .order_by(Notice.started_at, Notice.id)
    )
    return (await session.scalars(statement)).all()


async def shared_presence_of(session: AsyncSession, interview_id: UUID) -> Presence | None:
    """Return what the candidate shares, or None."""
    statement = select(Presence).where(Presence.interview_id == interview_id, Presence.shared)
    return (await session.scalars(statement)).one_or_none()

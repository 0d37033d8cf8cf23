"""Writes to the read models. Each is safe to repeat and indifferent to the order of events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from admin.models import Answer, Interview, Notice, Presence, Question, User

# An interview only ever moves forward through these; a late event does not take it back.
_PROGRESS = {"preparing": 1, "ready": 2, "in_progress": 3, "completed": 4, "abandoned": 4}


async def put_user(session: AsyncSession, user_id: UUID, described_at: datetime, values: dict[str, Any]) -> None:
    """Describe an account, unless a later description is known already; `registered_at` is kept once known."""
    statement = insert(User).values(id=user_id, described_at=described_at, **values)
    new = statement.excluded
    newer = new.described_at >= User.described_at
    described = ("email", "display_name", "role", "described_at")
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[User.id],
            set_={
                **{name: case((newer, new[name]), else_=getattr(User, name)) for name in described},
                "registered_at": func.coalesce(User.registered_at, new.registered_at),
            },
        )
    )


async def put_interview(
    session: AsyncSession, interview_id: UUID, candidate_id: UUID, status: str, values: dict[str, Any]
) -> None:
    """Add what an event knows of an interview; the status never goes back."""
    statement = insert(Interview).values(id=interview_id, candidate_id=candidate_id, status=status, **values)
    new = statement.excluded
    moves = _rank(new.status) > _rank(Interview.status)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Interview.id],
            set_={"status": case((moves, new.status), else_=Interview.status), **{name: new[name] for name in values}},
        )
    )


def _rank(status: ColumnElement[str] | Any) -> ColumnElement[int]:
    return case(*((status == name, literal(rank)) for name, rank in _PROGRESS.items()), else_=literal(0))


async def put_report(
    session: AsyncSession, interview_id: UUID, candidate_id: UUID, made_at: datetime, values: dict[str, Any]
) -> None:
    """Keep a report unless a later one is known already."""
    statement = insert(Interview).values(id=interview_id, candidate_id=candidate_id, report_made_at=made_at, **values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Interview.id],
            set_={name: statement.excluded[name] for name in ("report_made_at", *values)},
            where=func.coalesce(Interview.report_made_at, statement.excluded.report_made_at)
            <= statement.excluded.report_made_at,
        )
    )


async def expect_report(session: AsyncSession, interview_id: UUID) -> None:
    """Note that a report is on its way, unless one has arrived."""
    await session.execute(
        Interview.__table__.update()  # type: ignore[attr-defined] # a Table
        .where(Interview.id == interview_id, Interview.report_status == "none")
        .values(report_status="pending")
    )


async def put_questions(session: AsyncSession, rows: list[dict[str, Any]], *, complete: bool) -> None:
    """Add questions; `complete` rows overwrite what an event with less detail has left."""
    if not rows:
        return
    statement = insert(Question).values(rows)
    if complete:
        names = [name for name in rows[0] if name != "id"]
        statement = statement.on_conflict_do_update(
            index_elements=[Question.id], set_={name: statement.excluded[name] for name in names}
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=[Question.id])
    await session.execute(statement)


async def put_answer(session: AsyncSession, answer_id: UUID, values: dict[str, Any]) -> None:
    """Add what the submission knows of an answer; the analysis columns are left alone."""
    statement = insert(Answer).values(id=answer_id, **values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Answer.id], set_={name: statement.excluded[name] for name in values}
        )
    )


async def put_analysis(session: AsyncSession, answer_id: UUID, said_at: datetime, values: dict[str, Any]) -> None:
    """Note how far the analysis of an answer is, unless something later is known already."""
    statement = insert(Answer).values(id=answer_id, analysis_at=said_at, **values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Answer.id],
            set_={name: statement.excluded[name] for name in ("analysis_at", *values)},
            where=func.coalesce(Answer.analysis_at, statement.excluded.analysis_at) <= statement.excluded.analysis_at,
        )
    )


async def put_notice(session: AsyncSession, interview_id: UUID, notice_id: UUID, values: dict[str, Any]) -> None:
    """Add a notice, or the longer one it became; the reply is left alone."""
    statement = insert(Notice).values(interview_id=interview_id, id=notice_id, **values)
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Notice.interview_id, Notice.id],
            set_={name: new[name] for name in values},
            where=func.coalesce(Notice.duration_s, new.duration_s) <= new.duration_s,
        )
    )


async def put_reply(
    session: AsyncSession, interview_id: UUID, notice_id: UUID, replied_at: datetime, reply: str
) -> None:
    """Add what the candidate says to a notice, unless a later word is known; the notice may still be on its way."""
    statement = insert(Notice).values(interview_id=interview_id, id=notice_id, reply=reply, replied_at=replied_at)
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Notice.interview_id, Notice.id],
            set_={"reply": new.reply, "replied_at": new.replied_at},
            where=func.coalesce(Notice.replied_at, new.replied_at) <= new.replied_at,
        )
    )


async def put_presence(session: AsyncSession, interview_id: UUID, changed_at: datetime, values: dict[str, Any]) -> None:
    """Take over what the candidate shares, unless something later is known."""
    statement = insert(Presence).values(interview_id=interview_id, changed_at=changed_at, **values)
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Presence.interview_id],
            set_={name: new[name] for name in ("changed_at", *values)},
            where=Presence.changed_at <= new.changed_at,
        )
    )

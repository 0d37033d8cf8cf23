"""The figures of the overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admin.models import Answer, Interview, User

UNSETTLED_REPORTS = ("none", "pending")


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over everything; `mean_overall` on the scale 1 to 5, None when no report shows a figure."""

    candidates: int
    interviews: int
    completed: int
    in_progress: int
    awaiting_report: int
    failed_analyses: int
    mean_overall: float | None


async def totals(session: AsyncSession) -> Totals:
    """Count candidates, interviews by state, and failed analyses."""
    number = func.count()
    done = Interview.status == "completed"
    interviews = (
        await session.execute(
            select(
                number,
                number.filter(done),
                number.filter(Interview.status == "in_progress"),
                number.filter(done, Interview.report_status.in_(UNSETTLED_REPORTS)),
                func.avg(Interview.overall_value),
            ).where(Interview.created_at.is_not(None))
        )
    ).one()
    candidates = await session.scalar(select(number).select_from(User).where(User.role == "candidate"))
    failed = await session.scalar(select(number).select_from(Answer).where(Answer.analysis_status == "failed"))
    return Totals(
        candidates=candidates or 0,
        interviews=interviews[0],
        completed=interviews[1],
        in_progress=interviews[2],
        awaiting_report=interviews[3],
        failed_analyses=failed or 0,
        mean_overall=interviews[4],
    )


async def completed_by_day(session: AsyncSession, since: datetime) -> Sequence[Row[date, int]]:
    """Count completed interviews per UTC day from `since` on; days without any are absent."""
    day = func.date(func.timezone("UTC", Interview.completed_at))
    statement = (
        select(day, func.count())
        .where(Interview.status == "completed", Interview.completed_at >= since)
        .group_by(day)
        .order_by(day)
    )
    return (await session.execute(statement)).all()

"""Every question this service asks its database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.interview import AnswerSubmitted, InterviewCompleted
from kit.clock import now
from kit.ids import new_id
from kit.pagination import Cursor
from sqlalchemy import and_, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from analysis.models import Analysis, AnswerImprovement, Report


async def add_analysis(session: AsyncSession, event: AnswerSubmitted) -> None:
    """Note a submitted answer; one that is known already stays as it is."""
    at = now()
    await session.execute(
        insert(Analysis)
        .values(
            id=new_id(),
            interview_id=event.interview_id,
            candidate_id=event.candidate_id,
            answer_id=event.answer_id,
            attempt=event.attempt,
            question_id=event.question.id,
            position=event.question.position,
            question=event.question,
            role=event.role,
            level=event.level,
            text=event.text,
            source=event.source,
            duration_s=event.duration_s,
            transcript=event.transcript,
            parts=event.parts,
            submitted_at=event.submitted_at,
            allow_fallback=event.allow_fallback,
            use_offline=False,
            status="queued",
            runs=0,
            due_at=at,
            created_at=at,
            updated_at=at,
        )
        .on_conflict_do_nothing(index_elements=["answer_id", "attempt"])
    )


async def claim_answer(
    session: AsyncSession, answer_id: UUID, attempt: int, lease: UUID, until: datetime
) -> Analysis | None:
    """Take the answer up, unless it is finished or somebody alive is at it."""
    return await _claim(session, and_(Analysis.answer_id == answer_id, Analysis.attempt == attempt), lease, until)


async def claim_analysis(session: AsyncSession, analysis_id: UUID, lease: UUID, until: datetime) -> Analysis | None:
    """Likewise, by the analysis' own id."""
    return await _claim(session, Analysis.id == analysis_id, lease, until)


async def _claim(session: AsyncSession, which: Any, lease: UUID, until: datetime) -> Analysis | None:
    at = now()
    statement = (
        update(Analysis)
        .where(which, _is_due(at))
        .values(status="running", lease=lease, due_at=until, runs=Analysis.runs + 1, updated_at=at)
        .returning(Analysis)
    )
    return (await session.execute(statement)).scalar_one_or_none()


def _is_due(at: datetime) -> Any:
    """Queued rows may be taken when their time has come; running ones when their run has not shown up in time."""
    return and_(Analysis.status.in_(("queued", "running")), Analysis.due_at <= at)


async def due_analyses(session: AsyncSession, limit: int) -> Sequence[UUID]:
    """Return answers nobody works on, the longest waiting first."""
    statement = select(Analysis.id).where(_is_due(now())).order_by(Analysis.due_at).limit(limit)
    return (await session.execute(statement)).scalars().all()


async def extend_lease(session: AsyncSession, analysis_id: UUID, lease: UUID, until: datetime) -> bool:
    """Say that the run is alive; False when it has lost the answer."""
    statement = (
        update(Analysis)
        .where(Analysis.id == analysis_id, Analysis.lease == lease)
        .values(due_at=until)
        .returning(Analysis.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def finish_run(session: AsyncSession, analysis_id: UUID, lease: UUID, **values: Any) -> bool:
    """End the run with its result, or give the answer back; False when the run has lost the answer."""
    statement = (
        update(Analysis)
        .where(Analysis.id == analysis_id, Analysis.lease == lease)
        .values(lease=None, updated_at=now(), **values)
        .returning(Analysis.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def analyses_of(session: AsyncSession, interview_id: UUID) -> Sequence[Analysis]:
    """Return the interview's analyses in the order of the questions, and each question's attempts in theirs."""
    statement = (
        select(Analysis)
        .where(Analysis.interview_id == interview_id)
        .order_by(Analysis.position, Analysis.attempt, Analysis.created_at)
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalars().all()


async def analysis_for_update(session: AsyncSession, interview_id: UUID, answer_id: UUID) -> Analysis | None:
    """Lock and return the latest analysis of an answer."""
    statement = (
        select(Analysis)
        .where(Analysis.interview_id == interview_id, Analysis.answer_id == answer_id)
        .order_by(Analysis.attempt.desc())
        .limit(1)
        .with_for_update()
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def add_report(session: AsyncSession, event: AnswerSubmitted | InterviewCompleted) -> None:
    """Begin the interview's report; one that is there stays as it is."""
    at = now()
    await session.execute(
        insert(Report)
        .values(
            interview_id=event.interview_id,
            candidate_id=event.candidate_id,
            role=event.role,
            level=event.level,
            status="pending",
            created_at=at,
            updated_at=at,
        )
        .on_conflict_do_nothing(index_elements=["interview_id"])
    )


async def report_for_update(session: AsyncSession, interview_id: UUID) -> Report | None:
    """Lock and return the report, so that two last answers do not miss each other."""
    statement = (
        select(Report)
        .where(Report.interview_id == interview_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def report_of(session: AsyncSession, interview_id: UUID) -> Report | None:
    """Return the report."""
    return await session.get(Report, interview_id)


async def completed_reports(
    session: AsyncSession, candidate_id: UUID, cursor: Cursor | None, limit: int
) -> Sequence[Report]:
    """Return a candidate's finished interviews, newest first, one more than asked for."""
    statement = select(Report).where(Report.candidate_id == candidate_id, Report.completed_at.is_not(None))
    if cursor is not None:
        statement = statement.where(
            or_(
                tuple_(Report.completed_at, Report.interview_id) < tuple_(cursor.at, cursor.id)
                if cursor.at is not None
                else Report.interview_id < cursor.id
            )
        )
    statement = statement.order_by(Report.completed_at.desc(), Report.interview_id.desc()).limit(limit + 1)
    return (await session.execute(statement)).scalars().all()


async def own_answer(session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID) -> Analysis | None:
    """Return the analysis of a candidate's answer."""
    statement = select(Analysis).where(
        Analysis.interview_id == interview_id, Analysis.answer_id == answer_id, Analysis.candidate_id == candidate_id
    )
    return (await session.execute(statement.order_by(Analysis.attempt.desc()).limit(1))).scalar_one_or_none()


async def add_improvement(session: AsyncSession, analysis_id: UUID, **values: Any) -> bool:
    """Begin the improvement of an answer; False when there is one, which stays as it is."""
    at = now()
    statement = (
        insert(AnswerImprovement)
        .values(
            id=new_id(),
            analysis_id=analysis_id,
            use_offline=False,
            runs=0,
            due_at=at,
            created_at=at,
            updated_at=at,
            **values,
        )
        .on_conflict_do_nothing(index_elements=["analysis_id"])
        .returning(AnswerImprovement.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def improvement_of(session: AsyncSession, analysis_id: UUID, *, lock: bool = False) -> AnswerImprovement | None:
    """Return the improvement of an answer, to be changed when it is locked."""
    statement = select(AnswerImprovement).where(AnswerImprovement.analysis_id == analysis_id)
    statement = statement.with_for_update() if lock else statement
    return (await session.execute(statement.execution_options(populate_existing=True))).scalar_one_or_none()


async def due_improvements(session: AsyncSession, limit: int) -> Sequence[UUID]:
    """Return improvements nobody works on, the longest waiting first."""
    statement = select(AnswerImprovement.id).where(_waits(now())).order_by(AnswerImprovement.due_at).limit(limit)
    return (await session.execute(statement)).scalars().all()


async def claim_improvement(
    session: AsyncSession, improvement_id: UUID, lease: UUID, until: datetime
) -> tuple[AnswerImprovement, Analysis] | None:
    """Take an improvement up with its answer, unless it is finished or somebody alive is at it."""
    at = now()
    statement = (
        update(AnswerImprovement)
        .where(AnswerImprovement.id == improvement_id, _waits(at))
        .values(status="running", lease=lease, due_at=until, runs=AnswerImprovement.runs + 1, updated_at=at)
        .returning(AnswerImprovement)
    )
    row = (await session.execute(statement)).scalar_one_or_none()
    answer = await session.get(Analysis, row.analysis_id) if row is not None else None
    return (row, answer) if row is not None and answer is not None else None


async def hold_improvement(session: AsyncSession, improvement_id: UUID, lease: UUID, /, **values: Any) -> bool:
    """Change an improvement as the run that has it; False when the run has lost it."""
    statement = (
        update(AnswerImprovement)
        .where(AnswerImprovement.id == improvement_id, AnswerImprovement.lease == lease)
        .values(**values)
        .returning(AnswerImprovement.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


def _waits(at: datetime) -> Any:
    return and_(AnswerImprovement.status.in_(("queued", "running")), AnswerImprovement.due_at <= at)


async def reports_before(session: AsyncSession, report: Report) -> Sequence[Report]:
    """Return what the candidate has seen of earlier interviews, newest first; a trend needs no more than fifty."""
    statement = (
        select(Report)
        .where(
            Report.candidate_id == report.candidate_id,
            Report.report.is_not(None),
            Report.revealed_at.is_not(None),
            tuple_(Report.completed_at, Report.interview_id) < tuple_(report.completed_at, report.interview_id),
        )
        .order_by(Report.completed_at.desc(), Report.interview_id.desc())
        .limit(50)
    )
    return (await session.execute(statement)).scalars().all()

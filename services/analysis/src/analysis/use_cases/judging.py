"""One answer from taking it up to its result: claim, judge with no transaction open, record."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from contracts.analysis import AnalysisFailed, AnalysisStarted, AnswerAnalysed, AnswerAnalysis
from contracts.interview import AnswerSubmitted
from kit.ai import ModelError, charged_to
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.engines.port import AnswerEngine, AnswerTask
from analysis.engines.rewriting.rewriter import Rewriter
from analysis.models import Analysis
from analysis.use_cases.leases import kept_alive
from analysis.use_cases.reporting import settle_report
from analysis.use_cases.scoring import analysis_of

log = structlog.get_logger(__name__)

OUR_FAULT = "Something went wrong on our side while the answer was analysed"
OFTEN_INTERRUPTED = "The analysis was interrupted several times"
RESTS = (timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=30))  # after a fault of ours, by run


@dataclass(frozen=True, slots=True)
class Desk:
    """Who judges in this process, and how long a silent run keeps its answer."""

    engine: AnswerEngine
    offline: AnswerEngine
    lease: timedelta
    max_runs: int
    rewriter: Rewriter | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """No result, and the reason for the candidate."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """No result yet: a fault of ours that another run may not meet."""

    rest: timedelta


Outcome = AnswerAnalysis | Failed | Later


async def analyse_submitted(database: Database, desk: Desk, event: AnswerSubmitted) -> None:
    """Analyse an answer that was handed in; one that is finished, or in living hands, is left alone."""

    async def claim(session: AsyncSession, lease: UUID) -> Analysis | None:
        await queries.add_analysis(session, event)
        await queries.add_report(session, event)
        return await queries.claim_answer(session, event.answer_id, event.attempt, lease, now() + desk.lease)

    await _run(database, desk, claim)


async def analyse_waiting(database: Database, desk: Desk, analysis_id: UUID) -> None:
    """Analyse an answer that was asked for again, or whose worker died."""

    async def claim(session: AsyncSession, lease: UUID) -> Analysis | None:
        return await queries.claim_analysis(session, analysis_id, lease, now() + desk.lease)

    await _run(database, desk, claim)


async def _run(
    database: Database, desk: Desk, claim: Callable[[AsyncSession, UUID], Awaitable[Analysis | None]]
) -> None:
    lease = new_id()
    async with database.transaction() as session:
        row = await claim(session, lease)
        if row is None:
            return
        await publish(session, _started(row))

    async def extend(session: AsyncSession, until: datetime) -> bool:
        return await queries.extend_lease(session, row.id, lease, until)

    async with kept_alive(database, desk.lease, extend):
        try:
            outcome = await judge(desk, row)
        except asyncio.CancelledError:
            with suppress(Exception):  # the lease runs out by itself when this cannot be told
                await asyncio.shield(_record(database, row, lease, Later(timedelta(0))))
            raise
    await _record(database, row, lease, outcome)


async def judge(desk: Desk, row: Analysis) -> Outcome:
    """Ask the engine, and turn whatever happens into an outcome."""
    if row.runs > desk.max_runs:
        return Failed(OFTEN_INTERRUPTED)
    try:
        with charged_to(row.candidate_id, row.interview_id, "answer"):
            return await _ask(desk, row)
    except Exception:
        log.exception("analysis_broke", answer_id=str(row.answer_id), run=row.runs)
        return Failed(OUR_FAULT) if row.runs >= desk.max_runs else Later(RESTS[min(row.runs, len(RESTS)) - 1])


async def _ask(desk: Desk, row: Analysis) -> AnswerAnalysis | Failed:
    """Ask the engine; when it fails, the offline engine if the candidate allowed it, and say so."""
    task = AnswerTask(question=row.question, role=row.role, level=row.level, text=row.text, parts=row.parts)
    try:
        judgement = await (desk.offline if row.use_offline else desk.engine).judge(task)
    except ModelError as error:
        log.warning("ai_failed", answer_id=str(row.answer_id), reason=error.reason, fallback=row.allow_fallback)
        if not row.allow_fallback:
            return Failed(error.reason)
        judgement = await desk.offline.judge(task)
        if judgement.insufficient:  # it cannot read what the AI could have read
            return Failed(f"{error.reason}. {judgement.insufficient}")
        return analysis_of(row, judgement, error.reason)
    return analysis_of(row, judgement, None)


async def _record(database: Database, row: Analysis, lease: UUID, outcome: Outcome) -> None:
    """Save the outcome with its event and what it means for the report, unless the run has lost the answer."""
    async with database.transaction() as session:
        if isinstance(outcome, Later):
            await queries.finish_run(session, row.id, lease, status="queued", due_at=now() + outcome.rest)
            return
        if isinstance(outcome, Failed):
            values: dict[str, Any] = {"status": "failed", "status_reason": outcome.reason, "result": None}
        else:
            values = {"status": outcome.status, "status_reason": outcome.status_reason, "result": outcome}
        if not await queries.finish_run(session, row.id, lease, **values):
            log.info("lease_lost", answer_id=str(row.answer_id))
            return
        await publish(session, _ended(row, outcome))
        await settle_report(session, row.interview_id, row.answer_id)


def _started(row: Analysis) -> AnalysisStarted:
    return AnalysisStarted(
        interview_id=row.interview_id,
        candidate_id=row.candidate_id,
        answer_id=row.answer_id,
        question_id=row.question_id,
        started_at=now(),
    )


def _ended(row: Analysis, outcome: AnswerAnalysis | Failed) -> AnswerAnalysed | AnalysisFailed:
    if isinstance(outcome, AnswerAnalysis):
        return AnswerAnalysed(interview_id=row.interview_id, candidate_id=row.candidate_id, analysis=outcome)
    return AnalysisFailed(
        interview_id=row.interview_id,
        candidate_id=row.candidate_id,
        answer_id=row.answer_id,
        question_id=row.question_id,
        reason=outcome.reason,
        failed_at=now(),
    )

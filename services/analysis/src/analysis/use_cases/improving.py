"""One improvement from taking it up to its result: claim, rewrite with no transaction open, record."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from kit.ai import ModelError, charged_to
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.engines.rewriting.rewriter import outlined
from analysis.models import Analysis, AnswerImprovement
from analysis.use_cases.judging import RESTS, Desk
from analysis.use_cases.leases import kept_alive

log = structlog.get_logger(__name__)

OUR_FAULT = "Something went wrong on our side while the answer was improved"
OFTEN_INTERRUPTED = "The improvement was interrupted several times"


async def improve_waiting(database: Database, desk: Desk, improvement_id: UUID) -> None:
    """Improve an answer; one that is finished, or in living hands, is left alone."""
    lease = new_id()
    async with database.transaction() as session:
        claimed = await queries.claim_improvement(session, improvement_id, lease, now() + desk.lease)
    if claimed is None:
        return
    row, answer = claimed

    async def extend(session: AsyncSession, until: datetime) -> bool:
        return await queries.hold_improvement(session, row.id, lease, due_at=until)

    async with kept_alive(database, desk.lease, extend):
        try:
            values = await _outcome(desk, row, answer)
        except asyncio.CancelledError:
            with suppress(Exception):  # the lease runs out by itself when this cannot be told
                await asyncio.shield(_record(database, row, lease, _later(timedelta(0))))
            raise
    await _record(database, row, lease, values)


async def _outcome(desk: Desk, row: AnswerImprovement, answer: Analysis) -> dict[str, Any]:
    """Improve, and turn whatever happens into what is to be recorded."""
    if row.runs > desk.max_runs:
        return _failed(OFTEN_INTERRUPTED)
    try:
        if row.use_offline or desk.rewriter is None:
            return _ready(outlined(answer.text, row.facts, None))
        with charged_to(answer.candidate_id, answer.interview_id, "improvement"):
            return _ready(await desk.rewriter.improve(answer.question, answer.text, row.facts))
    except ModelError as error:
        log.warning("ai_failed", answer_id=str(answer.answer_id), reason=error.reason, fallback=answer.allow_fallback)
        if not answer.allow_fallback:
            return _failed(error.reason)
        return _ready(outlined(answer.text, row.facts, error.reason))
    except Exception:
        log.exception("improvement_broke", answer_id=str(answer.answer_id), run=row.runs)
        return _failed(OUR_FAULT) if row.runs >= desk.max_runs else _later(RESTS[min(row.runs, len(RESTS)) - 1])


def _ready(result: Any) -> dict[str, Any]:
    return {"status": "ready", "status_reason": None, "result": result}


def _failed(reason: str) -> dict[str, Any]:
    return {"status": "failed", "status_reason": reason}


def _later(rest: timedelta) -> dict[str, Any]:
    return {"status": "queued", "due_at": now() + rest}


async def _record(database: Database, row: AnswerImprovement, lease: UUID, values: dict[str, Any]) -> None:
    async with database.transaction() as session:
        if not await queries.hold_improvement(session, row.id, lease, lease=None, updated_at=now(), **values):
            log.info("lease_lost", improvement_id=str(row.id))

"""Asking for an improvement, and giving the facts it needs."""

from collections.abc import Mapping
from uuid import UUID

from contracts.analysis import ImprovementRequested
from kit.clock import now
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.engines.rewriting.outline import questions_for
from analysis.engines.rewriting.shapes import Facts
from analysis.errors import (
    AnalysisNotEnded,
    AnswerNotFound,
    FactUnknown,
    ImprovementNotFound,
    ImprovementUnderWay,
    ReportNotFound,
    ReportNotRevealed,
)
from analysis.models import Analysis, AnswerImprovement
from analysis.schemas import ImprovementView


async def ask_for_improvement(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID
) -> ImprovementView:
    """Begin to improve an answer: with questions when facts are missing, else at once. A known one goes on.

    Raises:
        ReportNotFound, AnswerNotFound: there is none, or it is somebody else's.
        ReportNotRevealed: what is missing would say how the answer was judged.
        AnalysisNotEnded: what is missing is not known yet.
    """
    answer = await _own(session, candidate_id, interview_id, answer_id)
    if not answer.is_terminal:
        raise AnalysisNotEnded
    facts = questions_for(answer.question, answer.text, answer.result.missing_facts if answer.result else ())
    status = "needs_facts" if facts.items else "queued"
    if await queries.add_improvement(session, answer.id, status=status, facts=facts) and status == "queued":
        await _request(session, answer, await _known(session, answer))
    return _view(answer, await _known(session, answer))


async def read_improvement(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID
) -> ImprovementView:
    """Return an improvement as far as it is.

    Raises:
        ReportNotFound, AnswerNotFound, ImprovementNotFound: there is none, or it is somebody else's.
        ReportNotRevealed: the report waits for its candidate to ask for it.
    """
    answer = await _own(session, candidate_id, interview_id, answer_id)
    return _view(answer, await _known(session, answer))


async def give_facts(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    answer_id: UUID,
    *,
    given: Mapping[int, str],
    use_offline: bool,
) -> ImprovementView:
    """Take the facts over and have the answer improved with them, as often as the candidate likes.

    Raises:
        ReportNotFound, AnswerNotFound, ImprovementNotFound: there is none, or it is somebody else's.
        ReportNotRevealed: the report waits for its candidate to ask for it.
        FactUnknown: it belongs to no question that was asked.
        ImprovementUnderWay: it is being worked on.
    """
    answer = await _own(session, candidate_id, interview_id, answer_id)
    row = await _known(session, answer, lock=True)
    facts = Facts(items=tuple(one.model_copy(update={"text": given.get(one.id) or None}) for one in row.facts.items))
    if given.keys() - {one.id for one in facts.items}:
        raise FactUnknown
    if row.status in {"queued", "running"}:
        if row.facts == facts and row.use_offline == use_offline:
            return _view(answer, row)  # its reply was lost
        raise ImprovementUnderWay
    row.facts, row.use_offline, row.status, row.status_reason, row.result = facts, use_offline, "queued", None, None
    row.runs, row.due_at, row.updated_at = 0, now(), now()
    await session.flush()
    await _request(session, answer, row)
    return _view(answer, row)


async def _own(session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID) -> Analysis:
    report = await queries.report_of(session, interview_id)
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    if not report.is_revealed:
        raise ReportNotRevealed
    answer = await queries.own_answer(session, candidate_id, interview_id, answer_id)
    if answer is None:
        raise AnswerNotFound
    return answer


async def _known(session: AsyncSession, answer: Analysis, *, lock: bool = False) -> AnswerImprovement:
    row = await queries.improvement_of(session, answer.id, lock=lock)
    if row is None:
        raise ImprovementNotFound
    return row


async def _request(session: AsyncSession, answer: Analysis, row: AnswerImprovement) -> None:
    await publish(
        session,
        ImprovementRequested(
            interview_id=answer.interview_id,
            candidate_id=answer.candidate_id,
            improvement_id=row.id,
            answer_id=answer.answer_id,
            requested_at=now(),
        ),
    )


def _view(answer: Analysis, row: AnswerImprovement) -> ImprovementView:
    return ImprovementView.model_validate(
        {
            "answer_id": answer.answer_id,
            "status": row.status,
            "status_reason": row.status_reason,
            "facts": list(row.facts.items),
            "result": row.result,
            "updated_at": row.updated_at,
        }
    )

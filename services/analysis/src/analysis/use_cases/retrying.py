"""Asking again for an analysis that failed."""

from uuid import UUID

from kit.clock import now
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.errors import AnalysisNotFailed, AnswerNotFound, ReportNotFound
from analysis.use_cases.reporting import counts


async def retry_analysis(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID, *, use_offline: bool
) -> None:
    """Put a failed answer back into the queue.

    Raises:
        ReportNotFound: the interview is not the candidate's.
        AnswerNotFound: the interview has no such answer.
        AnalysisNotFailed: the analysis is under way or has a result.
    """
    report = await queries.report_of(session, interview_id)
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    row = await queries.analysis_for_update(session, interview_id, answer_id)
    if row is None:
        raise AnswerNotFound
    if row.status != "failed":
        raise AnalysisNotFailed
    row.status, row.status_reason, row.use_offline = "queued", None, use_offline
    row.runs, row.due_at, row.updated_at = 0, now(), now()
    await session.flush()
    locked = await queries.report_for_update(session, interview_id)
    # A later attempt is in no figure, so the report stays as it is.
    if locked is not None and (locked.completion is None or counts(locked.completion, answer_id)):
        locked.status, locked.updated_at = "pending", now()

"""Rating one's own answers, until one has asked to see the report."""

from uuid import UUID

from contracts.analysis import Level
from kit.clock import now
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.errors import AnswerNotFound, ReportNotFound, ReportRevealed
from analysis.models import Report


async def rate_answer(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID, value: Level
) -> None:
    """Keep how good the candidate finds an answer; the later of two ratings counts.

    Raises:
        ReportNotFound: the interview is not the candidate's.
        AnswerNotFound: the interview has no such answer.
        ReportRevealed: the report has been asked for.
    """
    report = await _own_report(session, candidate_id, interview_id)
    if report.revealed_at is not None:
        raise ReportRevealed
    row = await queries.analysis_for_update(session, interview_id, answer_id)
    if row is None:
        raise AnswerNotFound
    row.self_rating = value


async def reveal_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> None:
    """Note that the candidate asked to see the report; the first time counts.

    Raises:
        ReportNotFound: the interview is not the candidate's.
    """
    report = await _own_report(session, candidate_id, interview_id)
    if report.revealed_at is None:
        report.revealed_at = now()


async def _own_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Report:
    """Lock the report: a rating and the wish to see it come one after the other."""
    report = await queries.report_for_update(session, interview_id)
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    return report

"""Reading one's own reports."""

from collections.abc import Sequence
from uuid import UUID

from kit.pagination import Cursor
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.errors import ReportNotFound
from analysis.models import Analysis, Report
from analysis.schemas import AnswerReport, CompetencyScore, ReportSummary, ReportView
from analysis.use_cases.calibration import calibrate
from analysis.use_cases.delivery_summary import compare_delivery
from analysis.use_cases.trends import trends_of


async def read_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> ReportView:
    """Return a report with its answers.

    Raises:
        ReportNotFound: there is none, or it is somebody else's.
    """
    report = await queries.report_of(session, interview_id)
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    rows = await queries.analyses_of(session, interview_id)
    document = report.report
    earlier = await queries.reports_before(session, report) if document is not None else ()
    rated = await queries.rated_analyses(session, interview_id)
    return ReportView(
        interview_id=interview_id,
        status=report.status,
        report=document,
        answers=[_answer(row) for row in rows],
        revealed_at=report.revealed_at,
        calibration=calibrate(rated) if document is not None else None,
        trend=trends_of(document, earlier) if document is not None else [],
        delivery_comparison=compare_delivery(document.delivery_summary, earlier) if document is not None else None,
    )


async def list_reports(
    session: AsyncSession, candidate_id: UUID, cursor: Cursor | None, limit: int
) -> Sequence[Report]:
    """Return the candidate's finished interviews, newest first, one more than asked for."""
    return await queries.completed_reports(session, candidate_id, cursor, limit)


def summary_of(report: Report) -> ReportSummary:
    """Return one line of the progress page."""
    document = report.report
    return ReportSummary.model_validate(
        {
            "interview_id": report.interview_id,
            "role": report.role,
            "level": report.level,
            "completed_at": report.completed_at,
            "status": report.status,
            "overall": document.overall.score if document else None,
            "competencies": [
                CompetencyScore(competency=one.competency, score=one.score)
                for one in (document.competencies if document else ())
            ],
        }
    )


def _answer(row: Analysis) -> AnswerReport:
    return AnswerReport.model_validate(
        {
            "question": row.question,
            "answer_id": row.answer_id,
            "text": row.text,
            "source": row.source,
            "duration_s": row.duration_s,
            "submitted_at": row.submitted_at,
            "status": row.status,
            "status_reason": row.status_reason,
            "analysis": row.result,
            "can_retry": row.status == "failed",
            "self_rating": row.self_rating,
        }
    )

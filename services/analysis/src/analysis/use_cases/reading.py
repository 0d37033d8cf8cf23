"""Reading one's own reports."""

from collections.abc import Sequence
from uuid import UUID

from contracts.analysis import InterviewReport
from kit.pagination import Cursor
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.errors import ReportNotFound
from analysis.models import Analysis, Report
from analysis.schemas import AnsweredQuestion, AnswerReport, CompetencyScore, ReportSummary, ReportView
from analysis.use_cases.calibration import calibrate
from analysis.use_cases.delivery_summary import compare_delivery
from analysis.use_cases.reporting import counts
from analysis.use_cases.trends import trends_of


async def read_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> ReportView:
    """Return a report with its answers; until it is revealed, without a word about how they were judged.

    Raises:
        ReportNotFound: there is none, or it is somebody else's.
    """
    report = await queries.report_of(session, interview_id)
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    rows = await queries.analyses_of(session, interview_id)
    first = _in_the_interview(report, rows)
    document = _told(report)
    earlier = await queries.reports_before(session, report) if document is not None else ()
    return ReportView(
        interview_id=interview_id,
        status=report.status,
        report=document,
        answers=[_answer(report, row) for row in first],
        attempts=[_answer(report, row) for row in rows if row not in first],
        revealed=report.is_revealed,
        revealed_at=report.revealed_at,
        calibration=calibrate([row for row in first if row.self_rating]) if document is not None else None,
        trend=trends_of(document, report.level, earlier) if document is not None else [],
        delivery_comparison=compare_delivery(document.delivery_summary, earlier) if document is not None else None,
    )


async def list_reports(
    session: AsyncSession, candidate_id: UUID, cursor: Cursor | None, limit: int
) -> Sequence[Report]:
    """Return the candidate's finished interviews, newest first, one more than asked for."""
    return await queries.completed_reports(session, candidate_id, cursor, limit)


def summary_of(report: Report) -> ReportSummary:
    """Return one line of the progress page."""
    document = _told(report)
    return ReportSummary.model_validate(
        {
            "interview_id": report.interview_id,
            "role": report.role,
            "level": report.level,
            "completed_at": report.completed_at,
            "status": report.status,
            "revealed": report.is_revealed,
            "overall": document.overall.score if document else None,
            "competencies": [
                CompetencyScore(competency=one.competency, score=one.score)
                for one in (document.competencies if document else ())
            ],
            "rubric_versions": document.rubric_versions if document else (),
        }
    )


def _in_the_interview(report: Report, rows: Sequence[Analysis]) -> list[Analysis]:
    """Return the answer of each question that the completion names, or the first until it has come."""
    first: dict[UUID, Analysis] = {}
    for row in rows:
        named = report.completion is not None and counts(report.completion, row.answer_id)
        if named or row.question_id not in first:
            first[row.question_id] = row
    return list(first.values())


def _told(report: Report) -> InterviewReport | None:
    """Return what the candidate may be told of a report: nothing before they asked for it."""
    return report.report if report.is_revealed else None


def _answer(report: Report, row: Analysis) -> AnswerReport:
    question = AnsweredQuestion.model_validate(row.question)
    return AnswerReport.model_validate(
        {
            "question": question if report.is_revealed else question.model_copy(update={"key_points": None}),
            "answer_id": row.answer_id,
            "attempt": row.attempt,
            "text": row.text,
            "parts": row.parts,
            "source": row.source,
            "duration_s": row.duration_s,
            "submitted_at": row.submitted_at,
            "status": row.status,
            "status_reason": row.status_reason,
            "analysis": row.result if report.is_revealed else None,
            "can_retry": row.status == "failed",
            "self_rating": row.self_rating,
        }
    )

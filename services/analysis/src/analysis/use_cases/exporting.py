"""Saving one's own report as a document."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.errors import ReportNotFound, ReportNotReady, ReportNotRevealed
from analysis.export.build import build_document
from analysis.export.document import Document
from analysis.schemas import ReportView
from analysis.use_cases.reading import read_report


async def export_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Document:
    """Return a report as a document.

    Raises:
        ReportNotFound: there is none, or it is somebody else's.
        ReportNotReady: it has not been made yet.
        ReportNotRevealed: it waits for its candidate to ask for it.
    """
    view = await read_report(session, candidate_id, interview_id)
    report = await queries.report_of(session, interview_id)
    if report is None:
        raise ReportNotFound
    if report.report is None or report.completed_at is None:
        raise _not_ready(view, over=report.completed_at is not None)
    if view.report is None:
        raise ReportNotRevealed
    return build_document(view, role=report.role, level=report.level, day=report.completed_at.date())


def _not_ready(view: ReportView, *, over: bool) -> ReportNotReady:
    waiting = [one.question.position for one in view.answers if one.status in ("queued", "running")]
    if not over:
        detail = "The interview is not over yet."
    elif len(waiting) == 1:
        detail = f"The answer to question {waiting[0]} is still being read."
    elif waiting:
        detail = f"The answers to {len(waiting)} questions are still being read."
    else:
        detail = "Not all answers have arrived here yet."
    return ReportNotReady(detail, answers=waiting)

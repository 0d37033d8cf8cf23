"""The door for HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Request, Response, status
from kit.database import Database, SessionDep
from kit.identity import CurrentCandidate
from kit.pagination import Cursor, CursorParam, LimitParam, Page, page
from kit.problems import responses

from analysis import use_cases
from analysis.errors import (
    AlreadyRevealed,
    AnalysisNotFailed,
    AnswerNotFound,
    ReportNotDrawn,
    ReportNotFound,
    ReportNotReady,
    ReportNotRevealed,
)
from analysis.export.file_name import disposition
from analysis.export.markdown import to_markdown
from analysis.export.pdf import Press
from analysis.models import Report
from analysis.schemas import ReportSummary, ReportView, Retry, SelfRating

router = APIRouter(prefix="/reports", tags=["reports"])

InterviewId = Annotated[UUID, Path(description="of the interview")]
AnswerId = Annotated[UUID, Path(description="of the answer")]


@router.get("")
async def list_reports(
    session: SessionDep, candidate: CurrentCandidate, cursor: CursorParam, limit: LimitParam
) -> Page[ReportSummary]:
    """List one's own finished interviews, newest first; those that are not revealed are without figures."""
    rows = await use_cases.list_reports(session, candidate.user_id, cursor, limit)
    return page(rows, limit, item=use_cases.summary_of, cursor=_cursor)


@router.get("/{interview_id}", responses=responses(ReportNotFound))
async def read_report(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> ReportView:
    """Read a report, as far as it is; what it says is told once it has been revealed."""
    return await use_cases.read_report(session, candidate.user_id, interview_id)


_PRIVATE = {"Cache-Control": "private, no-store"}
_PDF: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
}
_MARKDOWN: dict[int | str, dict[str, object]] = {200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}}


@router.get(
    "/{interview_id}/export.pdf",
    response_class=Response,
    responses={**_PDF, **responses(ReportNotFound, ReportNotReady, ReportNotRevealed, ReportNotDrawn)},
)
async def export_pdf(request: Request, candidate: CurrentCandidate, interview_id: InterviewId) -> Response:
    """Save a report as a PDF."""
    database: Database = request.app.state.database
    press: Press = request.app.state.press
    # No transaction is open while the pages are set.
    async with database.transaction() as session:
        document = await use_cases.export_report(session, candidate.user_id, interview_id)
    headers = {**_PRIVATE, "Content-Disposition": disposition(document, "pdf")}
    return Response(await press.pdf(document), media_type="application/pdf", headers=headers)


@router.get(
    "/{interview_id}/export.md",
    response_class=Response,
    responses={**_MARKDOWN, **responses(ReportNotFound, ReportNotReady, ReportNotRevealed)},
)
async def export_markdown(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Response:
    """Save a report as Markdown."""
    document = await use_cases.export_report(session, candidate.user_id, interview_id)
    headers = {**_PRIVATE, "Content-Disposition": disposition(document, "md")}
    return Response(to_markdown(document), media_type="text/markdown", headers=headers)


@router.post(
    "/{interview_id}/answers/{answer_id}/retry",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(ReportNotFound, AnswerNotFound, AnalysisNotFailed),
)
async def retry_analysis(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    answer_id: AnswerId,
    response: Response,
    wish: Annotated[Retry, Body(default_factory=Retry)],
) -> None:
    """Ask again for an analysis that failed."""
    await use_cases.retry_analysis(session, candidate.user_id, interview_id, answer_id, use_offline=wish.use_offline)
    response.headers["Location"] = f"/reports/{interview_id}"


@router.put(
    "/{interview_id}/answers/{answer_id}/self-rating",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=responses(ReportNotFound, AnswerNotFound, AlreadyRevealed),
)
async def rate_answer(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, answer_id: AnswerId, rating: SelfRating
) -> None:
    """Rate an answer of one's own, before the report is seen."""
    await use_cases.rate_answer(session, candidate.user_id, interview_id, answer_id, rating.value)


@router.post("/{interview_id}/reveal", status_code=status.HTTP_204_NO_CONTENT, responses=responses(ReportNotFound))
async def reveal_report(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> None:
    """Say that the report is to be shown; one's own ratings stay as they are from then on."""
    await use_cases.reveal_report(session, candidate.user_id, interview_id)


def _cursor(report: Report) -> Cursor:
    return Cursor(id=report.interview_id, at=report.completed_at)

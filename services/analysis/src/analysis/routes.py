"""The door for HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Response, status
from kit.database import SessionDep
from kit.identity import CurrentCandidate
from kit.pagination import Cursor, CursorParam, LimitParam, Page, page
from kit.problems import responses

from analysis import use_cases
from analysis.errors import AnalysisNotFailed, AnswerNotFound, ReportNotFound, ReportRevealed
from analysis.models import Report
from analysis.schemas import ReportSummary, ReportView, Retry, SelfRating

router = APIRouter(prefix="/reports", tags=["reports"])

InterviewId = Annotated[UUID, Path(description="of the interview")]
AnswerId = Annotated[UUID, Path(description="of the answer")]


@router.get("")
async def list_reports(
    session: SessionDep, candidate: CurrentCandidate, cursor: CursorParam, limit: LimitParam
) -> Page[ReportSummary]:
    """List one's own finished interviews, newest first."""
    rows = await use_cases.list_reports(session, candidate.user_id, cursor, limit)
    return page(rows, limit, item=use_cases.summary_of, cursor=_cursor)


@router.get("/{interview_id}", responses=responses(ReportNotFound))
async def read_report(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> ReportView:
    """Read a report, as far as it is."""
    return await use_cases.read_report(session, candidate.user_id, interview_id)


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
    responses=responses(ReportNotFound, AnswerNotFound, ReportRevealed),
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

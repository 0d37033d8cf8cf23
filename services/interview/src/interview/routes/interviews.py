"""A candidate's interviews."""

from typing import Annotated

from fastapi import APIRouter, Query, Response, status
from kit.database import SessionDep
from kit.idempotency import IdempotentRoute
from kit.identity import CurrentCandidate
from kit.pagination import Cursor, CursorParam, LimitParam, Page, page
from kit.problems import responses

from interview.errors import (
    CompetencyUnknown,
    IllegalTransition,
    InterviewFinished,
    InterviewNotFound,
    InterviewNotInProgress,
    InterviewNotReady,
    KindNotOffered,
    LevelUnknown,
    RoleUnknown,
)
from interview.queries import interviews
from interview.routes.parameters import InterviewId, Settings
from interview.schemas.interviews import Interview, InterviewSummary, NewInterview
from interview.states import InterviewStatus
from interview.use_cases import interviews as use_cases
from interview.views.interviews import interview_view, summary_view

router = APIRouter(prefix="/interviews", tags=["interviews"], route_class=IdempotentRoute)


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(RoleUnknown, LevelUnknown, KindNotOffered, CompetencyUnknown),
)
async def create_interview(
    session: SessionDep, candidate: CurrentCandidate, settings: Settings, choice: NewInterview, response: Response
) -> Interview:
    """Set up an interview; its questions are prepared meanwhile."""
    interview = await use_cases.create_interview(session, candidate.user_id, choice, settings.preparation_lease)
    response.headers["Location"] = f"/interviews/{interview.id}"
    return interview_view(interview)


@router.get("")
async def list_interviews(
    session: SessionDep,
    candidate: CurrentCandidate,
    cursor: CursorParam,
    limit: LimitParam,
    interview_status: Annotated[InterviewStatus | None, Query(alias="status")] = None,
) -> Page[InterviewSummary]:
    """Return your interviews, newest first."""
    rows = await interviews.newest_first(session, candidate.user_id, status=interview_status, after=cursor, limit=limit)
    return page(rows, limit, item=lambda row: summary_view(*row), cursor=lambda row: Cursor(id=row[0].id))


@router.get("/{interview_id}", responses=responses(InterviewNotFound))
async def read_interview(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Interview:
    """Return one of your interviews."""
    return interview_view(await use_cases.own_interview(session, candidate.user_id, interview_id))


@router.post(
    "/{interview_id}/prepare",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(InterviewNotFound, IllegalTransition),
)
async def prepare_interview(
    session: SessionDep,
    candidate: CurrentCandidate,
    settings: Settings,
    interview_id: InterviewId,
    response: Response,
) -> Interview:
    """Have the questions prepared again after that failed."""
    interview = await use_cases.prepare_interview(session, candidate.user_id, interview_id, settings.preparation_lease)
    response.headers["Location"] = f"/interviews/{interview.id}"
    return interview_view(interview)


@router.post("/{interview_id}/start", responses=responses(InterviewNotFound, InterviewNotReady, InterviewFinished))
async def start_interview(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Interview:
    """See the first question; the time runs from here."""
    return interview_view(await use_cases.start_interview(session, candidate.user_id, interview_id))


@router.post(
    "/{interview_id}/complete", responses=responses(InterviewNotFound, InterviewNotInProgress, InterviewFinished)
)
async def complete_interview(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Interview:
    """Finish early; what has no answer counts as not reached."""
    return interview_view(await use_cases.complete_interview(session, candidate.user_id, interview_id))


@router.post("/{interview_id}/abandon", responses=responses(InterviewNotFound, InterviewFinished))
async def abandon_interview(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Interview:
    """Leave the interview for good."""
    return interview_view(await use_cases.abandon_interview(session, candidate.user_id, interview_id))

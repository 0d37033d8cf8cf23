"""The doors for reviewers. Every one asks for the role admin."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from kit.database import SessionDep
from kit.identity import AdminOnly, current_admin
from kit.pagination import CursorParam, LimitParam, Page
from kit.problems import Unauthorized, responses
from kit.text import CleanText
from pydantic import AwareDatetime

from admin.errors import CursorOfAnotherList, InterviewNotFound
from admin.queries.interviews import InterviewFilter
from admin.schemas import (
    CandidateRow,
    CandidateSort,
    InterviewRow,
    InterviewSort,
    InterviewStatus,
    Overview,
    ReportStatus,
    ReviewedInterview,
)
from admin.settings import AdminSettings
from admin.use_cases import reviewing

router = APIRouter(
    prefix="/admin",
    tags=["admin"],
    dependencies=[Depends(current_admin)],
    responses=responses(Unauthorized, AdminOnly),
)

Part = Annotated[str, CleanText(0, 100)]
Identifier = Annotated[str, CleanText(1, 80)]
InterviewId = Annotated[UUID, Path(description="id of an interview")]


def _settings(request: Request) -> AdminSettings:
    settings: AdminSettings = request.app.state.settings
    return settings


Settings = Annotated[AdminSettings, Depends(_settings)]


def _interview_filter(  # noqa: PLR0917 - FastAPI passes them by name
    q: Annotated[Part | None, Query(description="part of the candidate's name or e-mail address")] = None,
    candidate_id: Annotated[UUID | None, Query(description="one candidate only")] = None,
    role_id: Annotated[Identifier | None, Query(description="role of the catalogue")] = None,
    level_id: Annotated[Identifier | None, Query(description="level of the catalogue")] = None,
    status: Annotated[InterviewStatus | None, Query(description="where the interview stands")] = None,
    report_status: Annotated[ReportStatus | None, Query(description="where the report stands")] = None,
    created_from: Annotated[AwareDatetime | None, Query(alias="from", description="created at or after")] = None,
    created_before: Annotated[AwareDatetime | None, Query(alias="to", description="created before")] = None,
) -> InterviewFilter:
    return InterviewFilter(
        candidate=q,
        candidate_id=candidate_id,
        role_id=role_id,
        level_id=level_id,
        status=status,
        report_status=report_status,
        created_from=created_from,
        created_before=created_before,
    )


@router.get("/overview")
async def get_overview(session: SessionDep) -> Overview:
    """How things stand."""
    return await reviewing.summarise(session)


@router.get("/interviews", responses=responses(CursorOfAnotherList))
async def list_reviewed_interviews(
    session: SessionDep,
    wanted: Annotated[InterviewFilter, Depends(_interview_filter)],
    cursor: CursorParam,
    limit: LimitParam,
    sort: Annotated[InterviewSort, Query(description="a leading minus turns it round")] = "-created_at",
) -> Page[InterviewRow]:
    """All interviews, filtered and sorted."""
    return await reviewing.list_interviews(session, wanted, sort, cursor, limit)


@router.get("/interviews/{interview_id}", responses=responses(InterviewNotFound))
async def get_reviewed_interview(
    session: SessionDep, settings: Settings, interview_id: InterviewId
) -> ReviewedInterview:
    """One interview with its questions, answers, analyses, notices and report."""
    return await reviewing.open_interview(session, interview_id, shows_presence=settings.shows_presence)


@router.get("/candidates", responses=responses(CursorOfAnotherList))
async def list_candidates(
    session: SessionDep,
    cursor: CursorParam,
    limit: LimitParam,
    q: Annotated[Part | None, Query(description="part of the name or e-mail address")] = None,
    sort: Annotated[CandidateSort, Query(description="a leading minus turns it round")] = "-registered_at",
) -> Page[CandidateRow]:
    """All candidates with what they have done so far."""
    return await reviewing.list_candidates(session, q, sort, cursor, limit)

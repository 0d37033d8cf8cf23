"""What the browser noticed, with the candidate's word on it."""

from fastapi import APIRouter, Response, status
from kit.database import SessionDep
from kit.identity import CurrentCandidate
from kit.problems import responses

from interview.errors import (
    ConsentMissing,
    InterviewNotFound,
    InterviewNotInProgress,
    NoticeDiffers,
    NoticeNotFound,
    NoticesFull,
    NoticeTimeImpossible,
    QuestionNotFound,
)
from interview.routes.parameters import InterviewId, NoticeId
from interview.schemas.notices import NewNotice, NewReply, Notice
from interview.use_cases import notices as use_cases
from interview.views.notices import notice_view

router = APIRouter(prefix="/interviews/{interview_id}/notices", tags=["notices"])


@router.put(
    "/{notice_id}",
    status_code=status.HTTP_201_CREATED,
    responses={
        status.HTTP_200_OK: {"model": Notice, "description": "It was known before"},
        **responses(
            InterviewNotFound,
            QuestionNotFound,
            InterviewNotInProgress,
            ConsentMissing,
            NoticeDiffers,
            NoticesFull,
            NoticeTimeImpossible,
        ),
    },
)
async def record_notice(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    notice_id: NoticeId,
    notice: NewNotice,
    response: Response,
) -> Notice:
    """Keep something the browser noticed; sent again under the same id it may only have become longer."""
    kept, is_new = await use_cases.record_notice(session, candidate.user_id, interview_id, notice_id, notice)
    if not is_new:
        response.status_code = status.HTTP_200_OK
    return notice_view(kept)


@router.get("", responses=responses(InterviewNotFound))
async def list_notices(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> list[Notice]:
    """Return what was noticed during this interview, in the order in which it began."""
    found = await use_cases.notices_of(session, candidate.user_id, interview_id)
    return [notice_view(notice) for notice in found]


@router.put("/{notice_id}/reply", responses=responses(InterviewNotFound, NoticeNotFound))
async def reply_to_notice(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    notice_id: NoticeId,
    reply: NewReply,
) -> Notice:
    """Say something to a notice; whoever sees the notice sees it too."""
    return notice_view(await use_cases.reply_to_notice(session, candidate.user_id, interview_id, notice_id, reply.text))

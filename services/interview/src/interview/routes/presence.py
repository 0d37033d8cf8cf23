"""What was visible during the answers, for the candidate."""

from fastapi import APIRouter, status
from kit.database import SessionDep
from kit.identity import CurrentCandidate
from kit.problems import responses

from interview.errors import (
    ConsentMissing,
    ExpressionNotOffered,
    InterviewNotFound,
    PresenceTimeImpossible,
    QuestionNotFound,
    QuestionNotOpen,
)
from interview.routes.parameters import InterviewId, QuestionId, Settings
from interview.schemas.presence import NewPresence, Presence, PresenceSharing
from interview.use_cases import presence as use_cases
from interview.views.presence import presence_view

router = APIRouter(prefix="/interviews/{interview_id}", tags=["presence"])


@router.put(
    "/questions/{question_id}/presence",
    responses=responses(
        InterviewNotFound,
        QuestionNotFound,
        ExpressionNotOffered,
        ConsentMissing,
        QuestionNotOpen,
        PresenceTimeImpossible,
    ),
)
async def save_presence(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    settings: Settings,
    interview_id: InterviewId,
    question_id: QuestionId,
    counted: NewPresence,
) -> Presence:
    """Keep what your browser counted during this answer so far; it takes the place of what it sent before."""
    seen = await use_cases.save_presence(
        session,
        candidate.user_id,
        interview_id,
        question_id,
        counted=counted,
        is_offered=settings.offers("expression_analysis"),
    )
    return presence_view(seen)


@router.get("/presence", responses=responses(InterviewNotFound))
async def read_presence(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Presence:
    """Return what was visible during your answers, as your own browser estimated it."""
    return presence_view(await use_cases.presence_of(session, candidate.user_id, interview_id))


@router.put("/presence/sharing", responses=responses(InterviewNotFound, ExpressionNotOffered))
async def share_presence(
    session: SessionDep,
    candidate: CurrentCandidate,
    settings: Settings,
    interview_id: InterviewId,
    sharing: PresenceSharing,
) -> Presence:
    """Let reviewers see it, or no longer."""
    seen = await use_cases.share_presence(
        session,
        candidate.user_id,
        interview_id,
        shared=sharing.shared,
        is_offered=settings.offers("expression_analysis"),
    )
    return presence_view(seen)


@router.delete("/presence", status_code=status.HTTP_204_NO_CONTENT, responses=responses(InterviewNotFound))
async def forget_presence(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> None:
    """Delete all of it; reviewers who could see it no longer can."""
    await use_cases.forget_presence(session, candidate.user_id, interview_id)

"""What an interview is tailored to. For its candidate alone."""

from fastapi import APIRouter, status
from kit.database import SessionDep
from kit.identity import CurrentCandidate
from kit.problems import responses

from interview.errors import InterviewNotFound
from interview.routes.parameters import InterviewId
from interview.schemas.tailoring import Tailoring, WeakPoints
from interview.use_cases import tailoring as use_cases
from interview.views.tailorings import tailoring_view, weak_points_view

router = APIRouter(tags=["tailoring"])


@router.get("/weak-points")
async def list_weak_points(session: SessionDep, candidate: CurrentCandidate) -> WeakPoints:
    """Return what came out low in your earlier reports, at most three."""
    return weak_points_view(await use_cases.weak_points(session, candidate.user_id))


@router.get("/interviews/{interview_id}/tailoring", responses=responses(InterviewNotFound))
async def read_tailoring(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> Tailoring:
    """Return what you brought along for an interview, as it is kept."""
    return tailoring_view(*await use_cases.read_tailoring(session, candidate.user_id, interview_id))


@router.delete(
    "/interviews/{interview_id}/tailoring/texts",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=responses(InterviewNotFound),
)
async def delete_texts(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> None:
    """Delete job description and résumé; the questions stay."""
    await use_cases.forget_texts(session, candidate.user_id, interview_id)

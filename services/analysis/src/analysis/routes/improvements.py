"""Improving one's own answers."""

from fastapi import APIRouter, Response, status
from kit.database import SessionDep
from kit.identity import CurrentCandidate
from kit.problems import responses

from analysis import use_cases
from analysis.errors import (
    AnalysisNotEnded,
    AnswerNotFound,
    FactUnknown,
    ImprovementNotFound,
    ImprovementUnderWay,
    ReportNotFound,
    ReportNotRevealed,
)
from analysis.routes.reports import AnswerId, InterviewId
from analysis.schemas import GivenFacts, ImprovementView

router = APIRouter(prefix="/reports/{interview_id}/answers/{answer_id}/improvements", tags=["improvements"])


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(ReportNotFound, AnswerNotFound, ReportNotRevealed, AnalysisNotEnded),
)
async def ask_for_improvement(
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    answer_id: AnswerId,
    response: Response,
) -> ImprovementView:
    """Begin to improve an answer. What is missing is asked first; asking again finds the same improvement."""
    response.headers["Location"] = f"/reports/{interview_id}/answers/{answer_id}/improvements"
    return await use_cases.ask_for_improvement(session, candidate.user_id, interview_id, answer_id)


@router.get("", responses=responses(ReportNotFound, AnswerNotFound, ReportNotRevealed, ImprovementNotFound))
async def read_improvement(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, answer_id: AnswerId
) -> ImprovementView:
    """Read an improvement, as far as it is."""
    return await use_cases.read_improvement(session, candidate.user_id, interview_id, answer_id)


@router.put(
    "/facts",
    status_code=status.HTTP_202_ACCEPTED,
    responses=responses(
        ReportNotFound, AnswerNotFound, ReportNotRevealed, ImprovementNotFound, FactUnknown, ImprovementUnderWay
    ),
)
async def give_facts(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    answer_id: AnswerId,
    given: GivenFacts,
    response: Response,
) -> ImprovementView:
    """Give the facts, all or some of them, and have the answer improved with them and nothing else."""
    response.headers["Location"] = f"/reports/{interview_id}/answers/{answer_id}/improvements"
    return await use_cases.give_facts(
        session,
        candidate.user_id,
        interview_id,
        answer_id,
        given={one.id: one.text for one in given.facts},
        use_offline=given.use_offline,
    )

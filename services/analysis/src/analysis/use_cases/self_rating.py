"""Rating one's own answers, until one has asked to see the report; until then nothing of it is told."""

from uuid import UUID

from contracts.analysis import Level, ReportRevealed
from contracts.interview import InterviewCompleted
from kit.clock import now
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.errors import AlreadyRevealed, AnswerNotFound, ReportNotFound
from analysis.models import Report
from analysis.use_cases.calibration import ENOUGH


def can_be_rated(completion: InterviewCompleted) -> bool:
    """Whether a finished interview has answers enough to rate; otherwise its report waits for nobody."""
    answered = sum(one.answer_id is not None for one in completion.questions)
    return completion.outcome == "completed" and answered >= ENOUGH


async def rate_answer(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, answer_id: UUID, value: Level
) -> None:
    """Keep how good the candidate finds an answer; the later of two ratings counts.

    Raises:
        ReportNotFound: the interview is not the candidate's.
        AnswerNotFound: the interview has no such answer.
        AlreadyRevealed: the report has been asked for.
    """
    report = await _own_report(session, candidate_id, interview_id)
    if report.is_revealed:
        raise AlreadyRevealed
    row = await queries.analysis_for_update(session, interview_id, answer_id)
    if row is None:
        raise AnswerNotFound
    row.self_rating = value


async def reveal_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> None:
    """Note that the candidate asked to see the report; the first time counts.

    Raises:
        ReportNotFound: the interview is not the candidate's.
    """
    report = await _own_report(session, candidate_id, interview_id)
    if report.is_revealed:
        return
    report.revealed_at = at = now()
    await publish(session, ReportRevealed(interview_id=interview_id, candidate_id=candidate_id, revealed_at=at))


async def _own_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Report:
    """Lock the report: a rating and the wish to see it come one after the other."""
    report = await queries.report_for_update(session, interview_id)
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    return report

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
    _own(await queries.report_of(session, interview_id), candidate_id)
    # The answer is locked first and then the report, as by a run that ends: the other way they waited for each other.
    row = await queries.analysis_for_update(session, interview_id, answer_id)
    if row is None:
        raise AnswerNotFound
    # A rating and the wish to see the report come one after the other.
    report = _own(await queries.report_for_update(session, interview_id), candidate_id)
    if report.is_revealed:
        raise AlreadyRevealed
    row.self_rating = value


async def reveal_report(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> None:
    """Note that the candidate asked to see the report; the first time counts, and each is told.

    Who asks again was shown one that another service takes for unopened, having missed that it is: while versions
    change an older process may have heard it, or said nothing.

    Raises:
        ReportNotFound: the interview is not the candidate's.
    """
    report = _own(await queries.report_for_update(session, interview_id), candidate_id)
    report.revealed_at = at = report.revealed_at or now()
    await publish(session, ReportRevealed(interview_id=interview_id, candidate_id=candidate_id, revealed_at=at))


def _own(report: Report | None, candidate_id: UUID) -> Report:
    if report is None or report.candidate_id != candidate_id:
        raise ReportNotFound
    return report

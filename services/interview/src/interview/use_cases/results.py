"""What the analysis service tells about answers and reports. Its events come in any order, and more than once."""

from datetime import datetime
from uuid import UUID

import structlog
from contracts.analysis import AnalysisFailed, AnalysisStarted, AnswerAnalysed, ReportReady, ReportRevealed
from contracts.base import InterviewEvent
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Answer, Interview
from interview.queries import interviews
from interview.states import AnalysisStatus
from interview.use_cases.tailoring import learn_marks

log = structlog.get_logger(__name__)


async def note_analysis_started(session: AsyncSession, event: AnalysisStarted) -> None:
    """Show that an answer is being analysed."""
    await _learn(session, event, event.answer_id, status="running", reason=None, at=event.started_at)


async def note_answer_analysed(session: AsyncSession, event: AnswerAnalysed) -> None:
    """Show that the analysis of an answer is there."""
    analysis = event.analysis
    await _learn(
        session,
        event,
        analysis.answer_id,
        status=analysis.status,
        reason=analysis.status_reason,
        at=analysis.provenance.created_at,
    )


async def note_analysis_failed(session: AsyncSession, event: AnalysisFailed) -> None:
    """Show that an answer could not be analysed, and why."""
    await _learn(session, event, event.answer_id, status="failed", reason=event.reason, at=event.failed_at)


async def note_report_ready(session: AsyncSession, event: ReportReady) -> None:
    """Show that the report is there; its overall figure, if it has one, once it is revealed."""
    interview = await _interview_of(session, event)
    if interview is None:
        return
    report = event.report
    if interview.report_made_at is not None and report.created_at <= interview.report_made_at:
        return
    interview.report_status = report.status
    interview.report_made_at = report.created_at
    score = report.overall.score
    interview.overall_value = score.value if score is not None else None
    interview.overall_band = score.band if score is not None else None
    # Never taken back: the reveal may have been told before the report that it is about.
    interview.report_revealed = interview.report_revealed or event.revealed
    await learn_marks(session, interview, report)
    interview.changed()


async def note_report_revealed(session: AsyncSession, event: ReportRevealed) -> None:
    """Show what the report says, now or when it is there."""
    interview = await _interview_of(session, event)
    if interview is None or interview.report_revealed:
        return
    interview.report_revealed = True
    interview.changed()


async def _learn(
    session: AsyncSession,
    event: InterviewEvent,
    answer_id: UUID,
    *,
    status: AnalysisStatus,
    reason: str | None,
    at: datetime,
) -> None:
    interview = await _interview_of(session, event)
    if interview is None:
        return
    answers = _answers_of(interview, answer_id)
    if not answers:
        log.warning("event_about_unknown_answer", event_type=event.event_type, answer_id=str(answer_id))
        return
    # Answers to follow-ups are judged with their question's, so they stand where it stands.
    changed = [one.learn(status, reason, at) for one in answers]
    if any(changed):
        interview.changed()


async def _interview_of(session: AsyncSession, event: InterviewEvent) -> Interview | None:
    interview = await interviews.lock(session, event.interview_id)
    if interview is None or interview.candidate_id != event.candidate_id:
        log.warning("event_about_unknown_interview", event_type=event.event_type, interview_id=str(event.interview_id))
        return None
    return interview


def _answers_of(interview: Interview, answer_id: UUID) -> list[Answer]:
    """Return the answer, and of a first attempt those to its follow-ups; empty when there is no such answer."""
    for question in interview.main_questions:
        for answer in question.answers:
            if answer.id == answer_id:
                follow_ups = interview.thread_of(question)[1:] if answer.attempt == 1 else []
                return [answer, *(one for follow_up in follow_ups for one in follow_up.answers)]
    return []

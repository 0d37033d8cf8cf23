"""When a report is made: as soon as the interview is over and every answer has its end."""

from collections.abc import Sequence
from uuid import UUID

from contracts.analysis import ReportReady
from contracts.interview import InterviewCompleted
from kit.clock import now
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import queries
from analysis.models import Analysis
from analysis.use_cases.self_rating import can_be_rated
from analysis.use_cases.summary import summarise


async def note_completion(session: AsyncSession, event: InterviewCompleted) -> None:
    """Remember which answers to expect; somebody who left without any answer gets no report."""
    if event.outcome == "abandoned" and not any(one.answer_id for one in event.questions):
        return
    await queries.add_report(session, event)
    report = await queries.report_for_update(session, event.interview_id)
    if report is None or report.completion is not None:
        return
    report.completion = event
    report.completed_at = event.completed_at
    if not report.is_revealed and not can_be_rated(event):
        report.revealed_at = event.completed_at
    report.updated_at = now()
    await session.flush()
    await settle_report(session, event.interview_id)


async def settle_report(session: AsyncSession, interview_id: UUID, answer_id: UUID | None = None) -> None:
    """Make the report, or make it anew, when nothing more is to come.

    `answer_id` is the answer that has ended; one that the completion does not name is a later attempt and moves no
    figure.

    The report's row is locked first: of two answers that end at the same moment the second sees the first.
    """
    report = await queries.report_for_update(session, interview_id)
    if report is None or report.completion is None:
        return
    if answer_id is not None and not counts(report.completion, answer_id):
        return
    rows = await queries.analyses_of(session, interview_id)
    if not _is_whole(report.completion, rows):
        return
    document = summarise(report.completion, rows)
    report.report = document
    report.status = document.status
    report.updated_at = now()
    event = ReportReady(
        interview_id=interview_id, candidate_id=report.candidate_id, report=document, revealed=report.is_revealed
    )
    await publish(session, event)


def counts(completion: InterviewCompleted, answer_id: UUID) -> bool:
    """Whether an answer is one of those the figures rest on: given in the interview, and not a later attempt."""
    return any(one.answer_id == answer_id for one in completion.questions)


def _is_whole(completion: InterviewCompleted, rows: Sequence[Analysis]) -> bool:
    ended = {row.answer_id for row in rows if row.is_terminal}
    return all(one.answer_id in ended for one in completion.questions if one.answer_id is not None)

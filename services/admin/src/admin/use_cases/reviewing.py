"""What reviewers ask for."""

from dataclasses import asdict
from datetime import timedelta
from typing import Literal
from uuid import UUID

from kit.clock import now
from kit.pagination import Cursor, Page, page
from sqlalchemy.ext.asyncio import AsyncSession

from admin.errors import InterviewNotFound
from admin.models import Answer, Notice, Question
from admin.queries import candidates, interviews, overview, spending
from admin.queries.interviews import InterviewFilter, InterviewRecord
from admin.schemas import (
    AiSpending,
    CandidateRow,
    CandidateSort,
    DayCount,
    InterviewRow,
    InterviewSort,
    Overview,
    ReviewedAnswer,
    ReviewedInterview,
    ReviewedNotice,
    ReviewedQuestion,
)

_FINISHED = ("completed", "abandoned")
_MONTH = timedelta(days=30)


async def list_interviews(
    session: AsyncSession, wanted: InterviewFilter, sort: InterviewSort, cursor: Cursor | None, limit: int
) -> Page[InterviewRow]:
    """Return one page of the table of interviews."""
    records = await interviews.page_of_interviews(session, wanted, sort, cursor, limit)
    return page(records, limit, item=_row, cursor=lambda record: interviews.cursor_of(record, sort))


async def open_interview(session: AsyncSession, interview_id: UUID, *, shows_presence: bool) -> ReviewedInterview:
    """Return the whole record of one interview; what the candidate shares of themselves if it is shown here.

    Raises:
        InterviewNotFound: there is none, or its events are still on the way.
    """
    record = await interviews.find_interview(session, interview_id)
    if record is None:
        raise InterviewNotFound
    interview = record[0]
    # The answer of the interview is the first one; the report's figures rest on it, whatever was practised since.
    answers: dict[UUID, Answer] = {}
    for answer in await interviews.answers_of(session, interview_id):
        answers.setdefault(answer.question_id, answer)
    finished = interview.status in _FINISHED
    presence = await interviews.shared_presence_of(session, interview_id) if shows_presence else None
    return ReviewedInterview.model_validate(
        {
            **_row(record).model_dump(),
            "source": interview.source,
            "ready_at": interview.ready_at,
            "started_at": interview.started_at,
            "questions": [
                _question(question, answers.get(question.id), finished=finished)
                for question in await interviews.questions_of(session, interview_id)
            ],
            "report": interview.report,
            "ai_spending": asdict(await spending.spent_on(session, interview_id)),
            "notices": [_notice(notice) for notice in await interviews.notices_of(session, interview_id)],
            "presence": {"answers": presence.answers} if presence is not None else None,
        }
    )


async def list_candidates(
    session: AsyncSession, part: str | None, sort: CandidateSort, cursor: Cursor | None, limit: int
) -> Page[CandidateRow]:
    """Return one page of the table of candidates."""
    records = await candidates.page_of_candidates(session, part, sort, cursor, limit)
    return page(records, limit, item=_candidate, cursor=lambda record: candidates.cursor_of(record, sort))


async def summarise(session: AsyncSession) -> Overview:
    """Return the figures of the overview; the week ends today, days without an interview count zero."""
    moment = now()
    first_day = (moment - timedelta(days=6)).replace(hour=0, minute=0, second=0, microsecond=0)
    totals = await overview.totals(session)
    counts = {day: count for day, count in await overview.completed_by_day(session, first_day)}  # noqa: C416 - rows
    days = [(first_day + timedelta(days=offset)).date() for offset in range(7)]
    return Overview(
        candidates=totals.candidates,
        interviews=totals.interviews,
        completed=totals.completed,
        in_progress=totals.in_progress,
        awaiting_report=totals.awaiting_report,
        failed_analyses=totals.failed_analyses,
        mean_overall=totals.mean_overall,
        ai_last_30_days=AiSpending(**asdict(await spending.spent_since(session, moment - _MONTH))),
        completed_last_7_days=[DayCount(day=day, count=counts.get(day, 0)) for day in days],
        updated_at=moment,
    )


def _row(record: InterviewRecord) -> InterviewRow:
    interview, user, answered = record
    overall = {"value": interview.overall_value, "band": interview.overall_band}
    return InterviewRow.model_validate(
        {
            "id": interview.id,
            "candidate": {
                "id": interview.candidate_id,
                "email": user.email if user else None,
                "display_name": user.display_name if user else None,
            },
            "role": {"id": interview.role_id, "title": interview.role_title, "family": interview.role_family},
            "level": {"id": interview.level_id, "label": interview.level_label},
            "status": interview.status,
            "report_status": interview.report_status,
            "question_count": interview.question_count,
            "answered": answered,
            "overall": overall if interview.overall_value is not None else None,
            "created_at": interview.created_at,
            "completed_at": interview.completed_at,
        }
    )


def _question(question: Question, answer: Answer | None, *, finished: bool) -> ReviewedQuestion:
    status: Literal["open", "submitted", "not_answered"] = "open"
    if answer is not None:
        status = "submitted"
    elif finished:
        status = "not_answered"
    return ReviewedQuestion.model_validate(
        {
            "id": question.id,
            "position": question.position,
            "kind": question.kind,
            "competency": question.competency,
            "difficulty": question.difficulty,
            "text": question.text,
            "key_points": question.key_points,
            "status": status,
            "answer": _answer(answer) if answer is not None else None,
        }
    )


def _answer(answer: Answer) -> ReviewedAnswer:
    return ReviewedAnswer.model_validate(
        {
            "id": answer.id,
            "text": answer.text,
            "parts": answer.parts,
            "source": answer.source,
            "duration_s": answer.duration_s,
            "submitted_at": answer.submitted_at,
            "transcript": answer.transcript,
            "analysis_status": answer.analysis_status,
            "analysis_reason": answer.analysis_reason,
            "analysis": answer.analysis,
        }
    )


def _notice(notice: Notice) -> ReviewedNotice:
    return ReviewedNotice.model_validate(
        {
            "id": notice.id,
            "kind": notice.kind,
            "question_id": notice.question_id,
            "started_at": notice.started_at,
            "duration_s": notice.duration_s,
            "confidence": notice.confidence,
            "reason": notice.reason,
            "reply": notice.reply,
            "replied_at": notice.replied_at,
            "recorded_at": notice.recorded_at,
        }
    )


def _candidate(record: candidates.CandidateRecord) -> CandidateRow:
    user, interviews_held, completed, last_at, mean_overall = record
    return CandidateRow.model_validate(
        {
            "id": user.id,
            "email": user.email,
            "display_name": user.display_name,
            "registered_at": user.registered_at,
            "interviews": interviews_held,
            "completed": completed,
            "last_interview_at": last_at,
            "mean_overall": mean_overall,
        }
    )

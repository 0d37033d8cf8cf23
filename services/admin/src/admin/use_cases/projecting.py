"""Keeping the read models in step with what the other services say happened."""

from contracts.analysis import AnalysisFailed, AnalysisStarted, AnswerAnalysed, ReportReady
from contracts.auth import UserRegistered, UserUpdated
from contracts.base import AiUsedEvent
from contracts.interview import (
    AnswerSubmitted,
    InterviewCompleted,
    InterviewCreated,
    InterviewReady,
    InterviewStarted,
    LevelRef,
    NoticeRecorded,
    NoticeReplied,
    PresenceSharingChanged,
    RoleRef,
)
from kit.ai import Charge, Usage, record_usage
from sqlalchemy.ext.asyncio import AsyncSession

from admin.models import ai_usage
from admin.queries import projections

_TRANSCRIPT_FACTS = {"engine", "provider", "model", "edit_ratio"}


async def know_user(session: AsyncSession, event: UserRegistered) -> None:
    """Add the account."""
    values = event.model_dump(include={"email", "display_name", "role", "registered_at"})
    await projections.put_user(session, event.user_id, event.registered_at, values)


async def update_user(session: AsyncSession, event: UserUpdated) -> None:
    """Describe the account anew."""
    values = event.model_dump(include={"email", "display_name", "role"})
    await projections.put_user(session, event.user_id, event.updated_at, values)


def _job(role: RoleRef, level: LevelRef) -> dict[str, str]:
    return {
        "role_id": role.id,
        "role_title": role.title,
        "role_family": role.family,
        "level_id": level.id,
        "level_label": level.label,
    }


async def open_record(session: AsyncSession, event: InterviewCreated) -> None:
    """Begin the record of an interview."""
    values = {
        **_job(event.role, event.level),
        "question_count": event.question_count,
        "created_at": event.created_at,
    }
    await projections.put_interview(session, event.interview_id, event.candidate_id, "preparing", values)


async def add_questions(session: AsyncSession, event: InterviewReady) -> None:
    """Add the questions and who wrote them."""
    values = {"source": event.source.model_dump(mode="json"), "ready_at": event.ready_at}
    await projections.put_interview(session, event.interview_id, event.candidate_id, "ready", values)
    rows = [
        {
            "id": question.id,
            "interview_id": event.interview_id,
            "position": question.position,
            "kind": question.kind,
            "competency": question.competency.model_dump(mode="json"),
            "difficulty": question.difficulty,
            "text": question.text,
            "key_points": [point.model_dump(mode="json") for point in question.key_points],
        }
        for question in event.questions
    ]
    await projections.put_questions(session, rows, complete=True)


async def note_start(session: AsyncSession, event: InterviewStarted) -> None:
    """Note that the candidate has begun."""
    values = {"started_at": event.started_at}
    await projections.put_interview(session, event.interview_id, event.candidate_id, "in_progress", values)


async def add_answer(session: AsyncSession, event: AnswerSubmitted) -> None:
    """Add an answer."""
    values = {
        "interview_id": event.interview_id,
        "question_id": event.question.id,
        "attempt": event.attempt,
        "text": event.text,
        "source": event.source,
        "duration_s": event.duration_s,
        "submitted_at": event.submitted_at,
        "parts": [part.model_dump(mode="json") for part in event.parts],
        "transcript": event.transcript.model_dump(mode="json", include=_TRANSCRIPT_FACTS)
        if event.transcript is not None
        else None,
    }
    await projections.put_answer(session, event.answer_id, values)


async def close_record(session: AsyncSession, event: InterviewCompleted) -> None:
    """Note how the interview ended; a finished one has a report coming."""
    values = {**_job(event.role, event.level), "completed_at": event.completed_at}
    await projections.put_interview(session, event.interview_id, event.candidate_id, event.outcome, values)
    rows = [
        {
            "id": asked.question_id,
            "interview_id": event.interview_id,
            "position": asked.position,
            "competency": asked.competency.model_dump(mode="json"),
            "text": asked.text,
        }
        for asked in event.questions
    ]
    await projections.put_questions(session, rows, complete=False)
    if event.outcome == "completed":
        await projections.expect_report(session, event.interview_id)


async def note_analysis_start(session: AsyncSession, event: AnalysisStarted) -> None:
    """Note that an answer is being analysed."""
    values = {
        "interview_id": event.interview_id,
        "question_id": event.question_id,
        "analysis_status": "running",
        "analysis_reason": None,
    }
    await projections.put_analysis(session, event.answer_id, event.started_at, values)


async def add_analysis(session: AsyncSession, event: AnswerAnalysed) -> None:
    """Add the analysis of an answer."""
    analysis = event.analysis
    values = {
        "interview_id": event.interview_id,
        "question_id": analysis.question_id,
        "analysis_status": analysis.status,
        "analysis_reason": analysis.status_reason,
        "analysis": analysis.model_dump(mode="json"),
    }
    await projections.put_analysis(session, analysis.answer_id, analysis.provenance.created_at, values)


async def note_failed_analysis(session: AsyncSession, event: AnalysisFailed) -> None:
    """Note that an answer could not be analysed, and why."""
    values = {
        "interview_id": event.interview_id,
        "question_id": event.question_id,
        "analysis_status": "failed",
        "analysis_reason": event.reason,
    }
    await projections.put_analysis(session, event.answer_id, event.failed_at, values)


async def add_report(session: AsyncSession, event: ReportReady) -> None:
    """Add the report, or the one made anew."""
    report = event.report
    score = report.overall.score
    values = {
        "report": report.model_dump(mode="json"),
        "report_status": report.status,
        "overall_value": score.value if score else None,
        "overall_band": score.band if score else None,
    }
    await projections.put_report(session, event.interview_id, event.candidate_id, report.created_at, values)


async def add_notice(session: AsyncSession, event: NoticeRecorded) -> None:
    """Add what was noticed."""
    await projections.put_notice(session, event.interview_id, event.notice.id, event.notice.model_dump(exclude={"id"}))


async def add_reply(session: AsyncSession, event: NoticeReplied) -> None:
    """Put the candidate's word next to the notice."""
    await projections.put_reply(session, event.interview_id, event.notice_id, event.replied_at, event.reply)


async def share_presence(session: AsyncSession, event: PresenceSharingChanged) -> None:
    """Take over what the candidate lets reviewers see; forget it when they no longer do."""
    answers = [answer.model_dump(mode="json") for answer in event.answers] if event.shared else []
    values = {"shared": event.shared, "answers": answers}
    await projections.put_presence(session, event.interview_id, event.changed_at, values)


async def add_usage(session: AsyncSession, event: AiUsedEvent) -> None:
    """Add a request to an AI provider to what the interview cost."""
    charge = Charge(event.candidate_id, event.interview_id, event.usage.purpose)
    await record_usage(session, ai_usage, charge, Usage(**event.usage.model_dump()))

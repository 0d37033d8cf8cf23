"""Moving through the questions of an interview."""

from datetime import datetime

from contracts.interview import AskedQuestion, InterviewCompleted, Outcome
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import Interview, Question
from interview.use_cases.threads import close_thread


def ask(question: Question, at: datetime) -> None:
    """Show a question to the candidate."""
    question.move_to("asked")
    question.asked_at = at


async def advance(session: AsyncSession, interview: Interview, at: datetime) -> None:
    """Ask the next question, or finish after the last."""
    upcoming = next((question for question in interview.questions if question.status == "upcoming"), None)
    if upcoming is None:
        await finish(session, interview, "completed", at)
        return
    ask(upcoming, at)
    interview.changed()


async def finish(session: AsyncSession, interview: Interview, outcome: Outcome, at: datetime) -> None:
    """End an interview: whatever has no answer now never gets one.

    Raises:
        IllegalTransition: it is over already, or was not begun.
    """
    interview.move_to(outcome)
    interview.completed_at = at
    open_question = interview.open_question
    if open_question is not None and open_question.parent_id is not None:
        await close_thread(session, interview, open_question)
    if outcome == "completed":
        interview.report_status = "pending"
    for question in interview.questions:
        if question.status == "upcoming" or question.is_open:
            question.move_to("not_reached")
    await publish(
        session,
        InterviewCompleted(
            interview_id=interview.id,
            candidate_id=interview.candidate_id,
            outcome=outcome,
            role=interview.role,
            level=interview.level,
            questions=tuple(_asked(question) for question in interview.main_questions),
            completed_at=at,
        ),
    )


def _asked(question: Question) -> AskedQuestion:
    answer = question.answer
    return AskedQuestion(
        question_id=question.id,
        position=question.position,
        competency=question.competency,
        text=question.text,
        answer_id=answer.id if answer is not None else None,
    )

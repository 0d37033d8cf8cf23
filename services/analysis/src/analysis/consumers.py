"""The door for events."""

from contracts.analysis import ImprovementRequested
from contracts.interview import AnswerSubmitted, InterviewAiUsed, InterviewCompleted
from kit.messaging import Delivery, Reject, Subscriptions, WorkerContext
from kit.text import is_storable
from sqlalchemy.ext.asyncio import AsyncSession

from analysis import use_cases

subscriptions = Subscriptions(service="analysis")


@subscriptions.long(AnswerSubmitted, concurrency=8)
async def answer_submitted(context: WorkerContext, event: AnswerSubmitted, delivery: Delivery) -> None:
    """Analyse the answer at once."""
    if not is_storable(event.text):
        raise Reject(f"the answer of message {delivery.message_id} holds characters that cannot be stored")
    await use_cases.analyse_submitted(context.database, context.resources, event)


@subscriptions.long(ImprovementRequested, concurrency=4)
async def improvement_requested(context: WorkerContext, event: ImprovementRequested, delivery: Delivery) -> None:  # noqa: ARG001  # the shape of a handler
    """Improve the answer at once."""
    await use_cases.improve_waiting(context.database, context.resources, event.improvement_id)


@subscriptions.on(InterviewCompleted)
async def interview_completed(session: AsyncSession, event: InterviewCompleted) -> None:
    """Make the report when every answer has its end."""
    await use_cases.note_completion(session, event)


@subscriptions.on(InterviewAiUsed)
async def interview_ai_used(session: AsyncSession, event: InterviewAiUsed) -> None:
    """Count it against the interview's allowance."""
    await use_cases.note_usage(session, event)

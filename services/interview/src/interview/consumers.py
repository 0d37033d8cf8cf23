"""What the service listens to. A handler is a route that came by post: it names the use case and no more."""

from contracts.analysis import (
    AnalysisAiUsed,
    AnalysisFailed,
    AnalysisStarted,
    AnswerAnalysed,
    ReportReady,
    ReportRevealed,
)
from contracts.interview import FollowUpWanted, InterviewCreated, RecordingCompleted, SpeechReceived
from kit.messaging import Delivery, Subscriptions, WorkerContext
from sqlalchemy.ext.asyncio import AsyncSession

from interview.use_cases import assembly, follow_ups, listening, preparation, results, spending

subscriptions = Subscriptions(service="interview")


@subscriptions.long(InterviewCreated)
async def on_interview_created(context: WorkerContext, event: InterviewCreated, delivery: Delivery) -> None:
    """Have the questions written."""
    await preparation.prepare_questions(
        context.database,
        context.resources.writers,
        context.settings.preparation_lease,
        event.interview_id,
        delivery.message_id,
        last_try=delivery.is_last,
    )


# One at a time: it is the disk and a processor that work, and they have other things to do.
@subscriptions.long(RecordingCompleted, concurrency=1)
async def on_recording_completed(context: WorkerContext, event: RecordingCompleted, delivery: Delivery) -> None:
    """Have the video made."""
    await assembly.assemble(
        context.database,
        context.resources.storage,
        event.recording_id,
        delivery.message_id,
        scratch=context.settings.scratch_dir,
        lease=context.settings.recording_lease,
        last_try=delivery.is_last,
    )


@subscriptions.long(SpeechReceived, concurrency=8)
async def on_speech_received(context: WorkerContext, event: SpeechReceived, delivery: Delivery) -> None:
    """Turn it into text; how many at once is the engine's business."""
    await listening.listen(
        context.database,
        context.resources.listeners,
        context.settings.speech_lease,
        event,
        delivery.message_id,
        last_try=delivery.is_last,
    )


@subscriptions.long(FollowUpWanted, concurrency=8)
async def on_follow_up_wanted(context: WorkerContext, event: FollowUpWanted, delivery: Delivery) -> None:  # noqa: ARG001
    """Have it put into words while the candidate is still answering."""
    await follow_ups.word_follow_ups(context.database, context.resources.follow_ups, event)


@subscriptions.on(AnalysisStarted)
async def on_analysis_started(session: AsyncSession, event: AnalysisStarted) -> None:
    """Show it to the candidate."""
    await results.note_analysis_started(session, event)


@subscriptions.on(AnswerAnalysed)
async def on_answer_analysed(session: AsyncSession, event: AnswerAnalysed) -> None:
    """Show it to the candidate."""
    await results.note_answer_analysed(session, event)


@subscriptions.on(AnalysisFailed)
async def on_analysis_failed(session: AsyncSession, event: AnalysisFailed) -> None:
    """Show it to the candidate."""
    await results.note_analysis_failed(session, event)


@subscriptions.on(ReportReady)
async def on_report_ready(session: AsyncSession, event: ReportReady) -> None:
    """Show it to the candidate."""
    await results.note_report_ready(session, event)


@subscriptions.on(ReportRevealed)
async def on_report_revealed(session: AsyncSession, event: ReportRevealed) -> None:
    """Show what it says to the candidate."""
    await results.note_report_revealed(session, event)


@subscriptions.on(AnalysisAiUsed)
async def on_analysis_ai_used(session: AsyncSession, event: AnalysisAiUsed) -> None:
    """Count it against the interview's allowance."""
    await spending.note_usage(session, event)

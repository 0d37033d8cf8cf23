"""Having the questions of an interview written: claim, write with no transaction open, record.

Whoever claims last holds the claim (a fencing token), and only its questions are recorded. So a worker that was killed,
a message that comes twice and a reconciler that was impatient all end in one set of questions.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog
from contracts.interview import InterviewCreated, InterviewReady, Rubric
from kit.ai import charged_to
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview import bank
from interview.models import Interview, Question
from interview.planner import Slot, kinds_for, plan
from interview.queries import interviews, questions, tailorings
from interview.use_cases.current_bank import Bank, current_bank, hold
from interview.writers.port import (
    EarlierQuestion,
    QuestionWriter,
    WritingFailed,
    WritingRequest,
    Written,
    WrittenQuestion,
)
from interview.writers.repeats import is_repeat

log = structlog.get_logger(__name__)

_ROUNDS = 3
_STUCK_AT_ONCE = 50
_OUR_FAULT = "Something went wrong on our side while the questions were prepared. Please try again."


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed preparation."""

    interview_id: UUID
    candidate_id: UUID
    claim: UUID
    request: WritingRequest
    allow_fallback: bool


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes: the one asked first, and the one that may step in (None when the first is the last resort)."""

    first: QuestionWriter
    fallback: QuestionWriter | None


async def send_to_preparation(session: AsyncSession, interview: Interview, lease: timedelta) -> None:
    """Ask for the questions of a draft.

    Raises:
        IllegalTransition: the interview is no draft.
    """
    interview.move_to("preparing")
    interview.stage("waiting")
    interview.preparation_rounds = 0
    interview.preparation_claim = None
    interview.preparation_due_at = now() + lease
    await publish(session, _created(interview))


async def prepare_questions(
    database: Database,
    writers: Writers,
    lease: timedelta,
    interview_id: UUID,
    message_id: UUID,
    *,
    last_try: bool,
) -> None:
    """Prepare an interview that waits for its questions; nothing to do for any other.

    On the `last_try` a fault of our own puts the interview back to draft before it is raised.
    """
    try:
        for _ in range(_ROUNDS):
            async with database.transaction() as session:
                job = await claim(session, interview_id, message_id, lease)
            if job is None:
                return
            if await _write_and_record(database, writers, job):
                return
            log.info("questions_written_anew", interview_id=str(interview_id))
        raise RuntimeError("another interview of this candidate took the same questions every time")  # noqa: TRY301
    except Exception:
        if last_try:
            async with database.transaction() as session:
                await give_up(session, interview_id, None, _OUR_FAULT)
        raise


async def claim(session: AsyncSession, interview_id: UUID, message_id: UUID, lease: timedelta) -> Job | None:
    """Take an interview that waits for its questions; None when there is nothing to do.

    The same message again takes the claim over, because it only comes again when its worker is gone. Another message
    leaves a live claim alone.
    """
    interview = await interviews.lock(session, interview_id)
    if interview is None or interview.status != "preparing":
        log.info("nothing_to_prepare", interview_id=str(interview_id))
        return None
    due_at = interview.preparation_due_at
    is_live = interview.preparation_claim is not None and due_at is not None and due_at > now()
    if is_live and interview.preparation_message_id != message_id:
        log.info("prepared_by_another", interview_id=str(interview_id))
        return None
    token = new_id()
    interview.preparation_claim = token
    interview.preparation_message_id = message_id
    interview.preparation_due_at = now() + lease
    interview.stage("writing")
    earlier = await questions.prepared_for(session, interview.candidate_id)
    texts = await tailorings.texts(session, interview.id)
    request = _request(interview, earlier, await current_bank(session), texts)
    return Job(interview.id, interview.candidate_id, token, request, interview.allow_fallback)


async def record(session: AsyncSession, job: Job, written: Written) -> bool:
    """Give the interview its questions; False when they must be written anew.

    That is the case when another interview of the candidate got one of these questions in the meantime, or one of them
    was changed or retired in the bank.
    """
    interview = await interviews.lock(session, job.interview_id)
    if interview is None or interview.status != "preparing" or interview.preparation_claim != job.claim:
        log.info("questions_came_too_late", interview_id=str(job.interview_id))
        return True
    await questions.lock_history(session, interview.candidate_id)
    if _taken_since(job, written, await questions.prepared_for(session, interview.candidate_id)):
        return False
    await hold(session)
    held = await current_bank(session)
    if any(held.has_changed(question) for question in written.questions):
        return False
    competencies = {competency.id: competency.label for competency in bank.catalogue().competencies}
    interview.questions.extend(
        _question(position, question, competencies, bank.resolved(held.rubric(question.kind), interview.level_id))
        for position, question in enumerate(written.questions, start=1)
    )
    interview.source = written.source.model_dump(mode="json")
    interview.ready_at = now()
    interview.preparation_claim = interview.preparation_due_at = None
    interview.move_to("ready")
    interview.stage("done", written.note)
    await session.flush()
    await publish(
        session,
        InterviewReady(
            interview_id=interview.id,
            candidate_id=interview.candidate_id,
            source=written.source,
            questions=tuple(question.shape for question in interview.questions),
            ready_at=interview.ready_at,
        ),
    )
    return True


async def give_up(session: AsyncSession, interview_id: UUID, claim_token: UUID | None, message: str) -> None:
    """Put an interview back to draft and say why; a `claim_token` that is no longer the current one changes nothing."""
    interview = await interviews.lock(session, interview_id)
    if interview is None or interview.status != "preparing":
        return
    if claim_token is not None and interview.preparation_claim != claim_token:
        return
    _back_to_draft(interview, message)


async def republish_stuck(session: AsyncSession, lease: timedelta) -> int:
    """Ask again for the questions of interviews that nobody seems to work on; return how many there were."""
    stuck = await interviews.lock_stuck(session, now(), _STUCK_AT_ONCE)
    for interview in stuck:
        if interview.preparation_rounds >= _ROUNDS:
            log.error("preparation_given_up", interview_id=str(interview.id))
            _back_to_draft(interview, _OUR_FAULT)
            continue
        log.warning("preparation_stuck", interview_id=str(interview.id), rounds=interview.preparation_rounds)
        interview.preparation_rounds += 1
        interview.preparation_claim = None
        interview.preparation_due_at = now() + lease
        interview.stage("waiting")
        await publish(session, _created(interview))
    return len(stuck)


async def _write_and_record(database: Database, writers: Writers, job: Job) -> bool:
    try:
        with charged_to(job.candidate_id, job.interview_id, "questions"):
            written = await _write(writers, job)
    except WritingFailed as fault:
        log.warning("questions_not_written", interview_id=str(job.interview_id), reason=fault.reason)
        async with database.transaction() as session:
            await give_up(session, job.interview_id, job.claim, f"{fault.reason}. You can try again.")
        return True
    async with database.transaction() as session:
        return await record(session, job, written)


async def _write(writers: Writers, job: Job) -> Written:
    try:
        return await writers.first.write(job.request)
    except WritingFailed as fault:
        if writers.fallback is None or not job.allow_fallback:
            raise
        log.warning("questions_by_fallback", interview_id=str(job.interview_id), reason=fault.reason)
        written = await writers.fallback.write(job.request)
        source = written.source.model_copy(update={"fallback_reason": fault.reason})
        return replace(written, source=source)


def _request(
    interview: Interview,
    earlier: Sequence[questions.PreparedQuestion],
    held: Bank,
    texts: tailorings.BroughtAlong,
) -> WritingRequest:
    role, level = bank.find_role(interview.role_id), bank.find_level(interview.level_id)
    if role is None or level is None:
        raise LookupError(f"the catalogue has lost {interview.role_id} or {interview.level_id}")
    kinds = tuple(kind for kind in kinds_for(role) if kind in interview.kinds)
    practised = Counter(question.competency_id for question in earlier)
    tailoring = interview.tailoring
    slots: tuple[Slot, ...] = plan(
        role,
        level,
        interview.question_count,
        kinds,
        practised,
        focus=tailoring.focus if tailoring is not None else (),
        weak_points=[weak["id"] for weak in tailoring.weak_points] if tailoring is not None else (),
    )
    return WritingRequest(
        role=role,
        level=level,
        slots=slots,
        kinds=kinds,
        earlier=tuple(EarlierQuestion(known.text, known.bank_id, known.prepared_at) for known in earlier),
        seed=str(interview.id),
        bank=held.questions,
        job_description=texts.job_description,
        resume=texts.resume,
    )


def _taken_since(job: Job, written: Written, known: Sequence[questions.PreparedQuestion]) -> bool:
    """Tell whether questions that the writer could not know of are among those it wrote."""
    foreseen = {question.text for question in job.request.earlier}
    new = [question.text for question in known if question.text not in foreseen]
    return any(is_repeat(question.text, new) for question in written.questions)


def _question(position: int, written: WrittenQuestion, competencies: dict[str, str], rubric: Rubric) -> Question:
    return Question(
        id=new_id(),
        position=position,
        status="upcoming",
        kind=written.kind,
        difficulty=written.difficulty,
        competency_id=written.competency,
        competency_label=competencies[written.competency],
        text=written.text,
        key_points=[point.model_dump(mode="json") for point in written.key_points],
        rubric=rubric.model_dump(mode="json"),
        anchors=written.anchors.model_dump(mode="json"),
        suggested_seconds=written.suggested_seconds,
        bank_id=written.bank_id,
        because=written.because.model_dump(mode="json") if written.because is not None else None,
        answers=[],
        draft=None,
        speech=[],
    )


def _back_to_draft(interview: Interview, message: str) -> None:
    interview.move_to("draft")
    interview.stage("failed", message)
    interview.preparation_claim = interview.preparation_due_at = None


def _created(interview: Interview) -> InterviewCreated:
    return InterviewCreated(
        interview_id=interview.id,
        candidate_id=interview.candidate_id,
        role=interview.role,
        level=interview.level,
        question_count=interview.question_count,
        allow_fallback=interview.allow_fallback,
        created_at=interview.created_at,
    )

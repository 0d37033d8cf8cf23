"""Turning parts of speech into text: claim, listen with no transaction open, record, delete the sound.

As with the preparation of questions, whoever claims last holds the claim, and only its text is recorded. A worker that
was killed, a message that comes twice and an impatient reconciler all end in one text.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

import structlog
from contracts.interview import HeardWord, SpeechReceived
from kit.ai import charged_to
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import ConsentMissing
from interview.models import Interview, SpeechPart
from interview.queries import interviews, speech
from interview.queries.speech import PartPlace
from interview.sound import AudioType, NotSound, SoundTooLong, read_sound
from interview.storage import ObjectMissing, Storage
from interview.transcribers import Heard, Transcriber, TranscriptionFailed, Word
from interview.use_cases.speech import require_consent, sound_key, work_order

log = structlog.get_logger(__name__)

_ROUNDS = 3
_AT_ONCE = 100
_UNFINISHED = timedelta(minutes=5)  # far longer than it takes to write one
_OUR_FAULT = "Something went wrong on our side while your recording was turned into text"
_WITHDRAWN = "You have not agreed that this engine listens"
_NO_ENGINE = "This server no longer turns speech into text"
_LOST = "The recording was lost"
_UNREADABLE = "The recording could not be read"
_TOO_LONG = "The recording is longer than 30 seconds"


@dataclass(frozen=True, slots=True)
class Listeners:
    """What it takes to listen: where the sounds lie, and the engine (None when there is none)."""

    storage: Storage
    transcriber: Transcriber | None


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed part."""

    interview_id: UUID
    part_id: UUID
    question_id: UUID
    take: UUID
    seq: int
    claim: UUID
    content_type: AudioType
    key: str
    """Where its sound lies."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no text; `is_final` when another try cannot help and the sound need not be kept."""

    reason: str
    is_final: bool = False


async def listen(
    database: Database,
    listeners: Listeners,
    lease: timedelta,
    order: SpeechReceived,
    message_id: UUID,
    *,
    last_try: bool,
) -> None:
    """Turn a part that waits for it into text; nothing to do for any other.

    On the `last_try` a fault of our own is shown to the candidate before it is raised.
    """
    job: Job | None = None
    try:
        async with database.transaction() as session:
            job = await claim(session, listeners, lease, order, message_id)
        if job is None:
            return
        with charged_to(order.candidate_id, order.interview_id, "speech"):
            outcome = await _hear(listeners, job)
        async with database.transaction() as session:
            is_needed = await record(session, job, listeners.transcriber, outcome)
    except Exception:
        if last_try and job is not None:
            async with database.transaction() as session:
                await record(session, job, None, Failure(_OUR_FAULT))
        raise
    if not is_needed:
        await listeners.storage.delete(job.key)
        async with database.transaction() as session:
            await speech.forget_sounds(session, [job.part_id])


async def claim(
    session: AsyncSession, listeners: Listeners, lease: timedelta, order: SpeechReceived, message_id: UUID
) -> Job | None:
    """Take a part that waits; None when there is nothing to do.

    The same message again takes the claim over, because it only comes again when its worker is gone. Another message
    leaves a live claim alone.
    """
    interview = await interviews.lock(session, order.interview_id)
    part = await speech.find(session, order.question_id, order.take, order.seq)
    if interview is None or part is None or part.status not in {"queued", "running"}:
        log.info("nothing_to_listen_to", question_id=str(order.question_id), seq=order.seq)
        return None
    is_live = part.claim is not None and part.due_at is not None and part.due_at > now()
    if is_live and part.message_id != message_id:
        log.info("listened_to_by_another", part_id=str(part.id))
        return None
    if refusal := await _refusal(session, interview, listeners.transcriber):
        part.fail(refusal)
        interview.changed()
        return None
    token = new_id()
    part.take_on(token, message_id, now() + lease)
    interview.changed()
    return Job(
        interview_id=interview.id,
        part_id=part.id,
        question_id=part.question_id,
        take=part.take,
        seq=part.seq,
        claim=token,
        content_type=cast("AudioType", part.content_type),
        key=sound_key(interview.id, part.question_id, part.take, part.seq, part.sha256),
    )


async def record(session: AsyncSession, job: Job, transcriber: Transcriber | None, outcome: Heard | Failure) -> bool:
    """Write down what came of a part; return whether its sound is still needed.

    What comes after the question was closed, after the consent was withdrawn, or after somebody else took the part
    over, is not kept.
    """
    interview = await interviews.lock(session, job.interview_id)
    part = await speech.find(session, job.question_id, job.take, job.seq)
    if interview is None or part is None or part.claim != job.claim:
        log.info("text_came_too_late", part_id=str(job.part_id))
        return part is not None and part.status != "dropped"
    if isinstance(outcome, Heard) and (refusal := await _refusal(session, interview, transcriber)):
        outcome = Failure(refusal, is_final=True)
    if isinstance(outcome, Failure):
        part.fail(outcome.reason)
    else:
        provider = transcriber.provider if transcriber is not None and outcome.model is not None else None
        part.finish(outcome.text, _heard_words(outcome.words), provider, outcome.model)
    interview.changed()
    return isinstance(outcome, Failure) and not outcome.is_final


async def republish_stuck(database: Database, lease: timedelta) -> int:
    """Order parts again that nobody seems to work on; return how many there were."""
    async with database.transaction() as session:
        found = await speech.stuck(session, now(), _AT_ONCE)
    republished = 0
    for place in found:
        async with database.transaction() as session:
            interview = await interviews.lock(session, place.interview_id)
            part = await speech.find(session, place.question_id, place.take, place.seq)
            if interview is not None and part is not None and _is_stuck(part):
                await _republish(session, interview, part, lease)
                republished += 1
    return republished


async def delete_needless_sounds(database: Database, storage: Storage, retry_window: timedelta) -> int:
    """Delete the sounds that nobody needs any more; return how many there were.

    Most are deleted where they become needless. This is for those of questions that were closed, of failures that
    nobody tried again, of a consent that was withdrawn, and for the worker that died in between. They are written off
    first, so that nobody tries again what is being deleted; should the storage be away, the sweeper finds them.
    """
    async with database.transaction() as session:
        found = await speech.lock_needless_sounds(session, now() - retry_window, _AT_ONCE)
        await speech.forget_sounds(session, [place.part_id for place in found])
    for place in found:
        await storage.delete(_key(place))
    return len(found)


class Sweeper:
    """Deletes sounds that have no row: their request died between the storage and the database.

    A sound is only deleted when it had no row on two looks in a row, because the first may fall into that very moment.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage
        self._suspects: set[str] = set()

    async def sweep(self) -> int:
        """Look once; return how many were deleted."""
        await self._storage.sweep_unfinished("speech", _UNFINISHED)
        keys = [stored.key async for stored in self._storage.list("speech")]
        questions = {question_id for key in keys if (question_id := _question_of(key)) is not None}
        async with self._database.transaction() as session:
            known = {_key(place) for place in await speech.with_sounds(session, list(questions))}
        homeless = set(keys) - known
        doomed = homeless & self._suspects
        for key in doomed:
            await self._storage.delete(key)
        self._suspects = homeless - doomed
        if doomed:
            log.warning("sounds_without_a_row_deleted", count=len(doomed))
        return len(doomed)


async def _refusal(session: AsyncSession, interview: Interview, transcriber: Transcriber | None) -> str | None:
    if transcriber is None:
        return _NO_ENGINE
    try:
        await require_consent(session, interview.id, transcriber.provider)
    except ConsentMissing:
        return _WITHDRAWN
    return None


async def _hear(listeners: Listeners, job: Job) -> Heard | Failure:
    """Return the text, or why there is none; what is neither is a fault of our own and passes through."""
    try:
        return await _text_of(listeners, job)
    except ObjectMissing:
        log.error("sound_lost", part_id=str(job.part_id))  # noqa: TRY400 - it says all there is to say
        failure = Failure(_LOST, is_final=True)
    except NotSound:
        failure = Failure(_UNREADABLE, is_final=True)
    except SoundTooLong:
        failure = Failure(_TOO_LONG, is_final=True)
    except TranscriptionFailed as fault:
        log.warning("speech_not_heard", part_id=str(job.part_id), reason=fault.reason)
        failure = Failure(fault.reason)
    return failure


async def _text_of(listeners: Listeners, job: Job) -> Heard:
    if listeners.transcriber is None:
        raise TranscriptionFailed(_NO_ENGINE)
    data = await listeners.storage.get(job.key)
    sound = await asyncio.to_thread(read_sound, data, job.content_type)
    if sound.is_silent:
        # Nothing to ask anybody about; and an engine that is given silence may answer with a story.
        return Heard(text="", words=None, model=None)
    return await listeners.transcriber.transcribe(sound)


def _heard_words(words: tuple[Word, ...] | None) -> list[HeardWord] | None:
    if words is None:
        return None
    return [HeardWord(text=word.text, start_s=word.start_s, end_s=word.end_s) for word in words]


def _is_stuck(part: SpeechPart) -> bool:
    return part.status in {"queued", "running"} and part.due_at is not None and part.due_at < now()


async def _republish(session: AsyncSession, interview: Interview, part: SpeechPart, lease: timedelta) -> None:
    interview.changed()
    if part.rounds >= _ROUNDS:
        log.error("speech_given_up", part_id=str(part.id))
        part.fail(_OUR_FAULT)
        return
    log.warning("speech_stuck", part_id=str(part.id), rounds=part.rounds)
    part.rounds += 1
    part.queue(now() + lease)
    await publish(session, work_order(interview, part))


def _key(place: PartPlace) -> str:
    return sound_key(place.interview_id, place.question_id, place.take, place.seq, place.sha256)


def _question_of(key: str) -> UUID | None:
    try:
        _, _, question_id, _, _ = key.split("/")
        return UUID(question_id)
    except ValueError:
        return None

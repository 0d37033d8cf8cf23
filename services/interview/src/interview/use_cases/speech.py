"""Taking in what a candidate says, part by part."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from contracts.interview import SpeechReceived
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import (
    AudioNotRecognised,
    ConsentMissing,
    PartDiffers,
    QuestionNotFound,
    QuestionNotOpen,
    SpeechFull,
    SpeechGone,
    SpeechNotFound,
    SpeechNotOffered,
    SpeechTimeImpossible,
)
from interview.models import Interview, Question, SpeechPart
from interview.queries import questions, speech
from interview.settings import InterviewSettings
from interview.sound import LONGEST, AudioType, looks_like
from interview.statements import Capture
from interview.storage import Storage, StorageUnavailable
from interview.transcribers import server_engine
from interview.use_cases import consents
from interview.use_cases.interviews import lock_own_row, own_row

CAPTURE: Capture = "audio_transcription"
# Three hours in the longest parts, an hour in parts of ten seconds; nobody answers a question for longer.
MOST_PARTS = 360
_TOLERANCE = timedelta(seconds=1)  # a recorder that was told to stop takes a moment
_LONGEST_TAKE = timedelta(days=1)  # a question may stay open for months, and then any number would fit
_CLOCK_TOLERANCE = timedelta(seconds=60)
_MILLISECOND = timedelta(milliseconds=1)
_REFUSALS = (PartDiffers, QuestionNotOpen, SpeechNotOffered, ConsentMissing, SpeechTimeImpossible, SpeechFull)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part as it arrived. `content_type` is what the browser calls it; times in milliseconds."""

    take: UUID
    seq: int
    content_type: AudioType | None
    audio: bytes
    offset_ms: int
    duration_ms: int


async def receive(
    database: Database,
    storage: Storage,
    candidate_id: UUID,
    interview_id: UUID,
    question_id: UUID,
    *,
    spoken: Spoken,
    settings: InterviewSettings,
) -> SpeechPart:
    """Keep a part and have it turned into text; the same part twice is one part.

    No transaction is open while it is stored: a storage that is slow would otherwise take every connection there is.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        PartDiffers: another sound arrived under this number.
        QuestionNotOpen: this question is not being asked.
        SpeechNotOffered: nobody here turns speech into text.
        ConsentMissing: the candidate has not agreed that this engine listens.
        SpeechTimeImpossible: it is too long, or older than the question.
        AudioNotRecognised: it is no recording of a kind that is taken.
        SpeechFull: the question has too many parts already.
        StorageUnavailable: it could not be kept; send it again.
    """
    digest = hashlib.sha256(spoken.audio).digest()
    async with database.transaction() as session:
        interview = await own_row(session, candidate_id, interview_id)
        question = await _question(session, interview, question_id)
        if (known := await _known(session, question, spoken, digest)) is not None:
            return known
        await _require_fit(session, settings, interview, question, spoken)
    kind = spoken.content_type
    if kind is None or not looks_like(spoken.audio, kind):
        raise AudioNotRecognised
    key = sound_key(interview_id, question_id, spoken.take, spoken.seq, digest)
    await storage.put(key, spoken.audio)
    try:
        async with database.transaction() as session:
            interview = await lock_own_row(session, candidate_id, interview_id)
            question = await _question(session, interview, question_id)
            if (known := await _known(session, question, spoken, digest)) is not None:
                return known
            await _require_fit(session, settings, interview, question, spoken)
            part = _new_part(question, spoken, kind, digest)
            session.add(part)
            await _order(session, settings, interview, part)
    except _REFUSALS:
        # Nobody will ever ask for it. When the database is away nobody knows, and the sweeper finds out.
        with suppress(StorageUnavailable):
            await storage.delete(key)
        raise
    return part


async def retry(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    question_id: UUID,
    *,
    take: UUID,
    seq: int,
    settings: InterviewSettings,
) -> SpeechPart:
    """Try a part that failed once more; nothing to do for one that is on its way, or text already.

    Raises:
        InterviewNotFound, QuestionNotFound, SpeechNotFound: there is none, or it is somebody else's.
        QuestionNotOpen: this question is not being asked.
        SpeechNotOffered: nobody here turns speech into text.
        ConsentMissing: the candidate has not agreed that this engine listens.
        SpeechGone: its sound was deleted.
    """
    interview = await lock_own_row(session, candidate_id, interview_id)
    question = await _question(session, interview, question_id)
    part = await speech.lock(session, question_id, take, seq)
    if part is None:
        raise SpeechNotFound
    await _require_allowed(session, settings, interview, question)
    if part.status != "failed":
        return part
    if not part.is_retriable:
        raise SpeechGone
    part.rounds = 0
    await _order(session, settings, interview, part)
    return part


def sound_key(interview_id: UUID, question_id: UUID, take: UUID, seq: int, digest: bytes) -> str:
    """Return where the sound of a part lies. Its content is in the name: two under one number overwrite nothing."""
    return f"speech/{interview_id}/{question_id}/{take}/{seq}-{digest.hex()[:16]}"


def work_order(interview: Interview, part: SpeechPart) -> SpeechReceived:
    """Return the event that makes a worker listen to a part."""
    return SpeechReceived(
        interview_id=interview.id,
        candidate_id=interview.candidate_id,
        question_id=part.question_id,
        take=part.take,
        seq=part.seq,
    )


async def require_consent(session: AsyncSession, interview_id: UUID, provider: str) -> None:
    """Let a voice pass to an engine the candidate has agreed to.

    Each statement is about one engine, whose name its version ends with: who agreed that the voice stays here has not
    agreed that it goes to Google, should the settings change in between.

    Raises:
        ConsentMissing: it was not given, was withdrawn, or was about another engine.
    """
    consent = await consents.require(session, interview_id, CAPTURE)
    if consent.version.rpartition("-")[2] != provider:
        raise ConsentMissing(CAPTURE)


async def _question(session: AsyncSession, interview: Interview, question_id: UUID) -> Question:
    question = await questions.find(session, interview.id, question_id)
    if question is None:
        raise QuestionNotFound
    return question


async def _known(session: AsyncSession, question: Question, spoken: Spoken, digest: bytes) -> SpeechPart | None:
    known = await speech.find(session, question.id, spoken.take, spoken.seq)
    if known is not None and known.sha256 != digest:
        raise PartDiffers
    return known


def _new_part(question: Question, spoken: Spoken, kind: AudioType, digest: bytes) -> SpeechPart:
    return SpeechPart(
        id=new_id(),
        question_id=question.id,
        take=spoken.take,
        seq=spoken.seq,
        content_type=kind,
        sha256=digest,
        offset_ms=spoken.offset_ms,
        duration_ms=spoken.duration_ms,
        received_at=now(),
        has_audio=True,
        rounds=0,
    )


async def _order(session: AsyncSession, settings: InterviewSettings, interview: Interview, part: SpeechPart) -> None:
    part.queue(now() + settings.speech_lease)
    interview.changed()
    await publish(session, work_order(interview, part))


async def _require_fit(
    session: AsyncSession, settings: InterviewSettings, interview: Interview, question: Question, spoken: Spoken
) -> None:
    """Let a new part pass or stop it."""
    await _require_allowed(session, settings, interview, question)
    _require_possible(question, spoken)
    if await speech.count(session, question.id) >= MOST_PARTS:
        raise SpeechFull


async def _require_allowed(
    session: AsyncSession, settings: InterviewSettings, interview: Interview, question: Question
) -> None:
    if interview.status != "in_progress" or not question.is_open:
        raise QuestionNotOpen
    engine = server_engine(settings)
    if engine is None:
        raise SpeechNotOffered
    await require_consent(session, interview.id, engine.provider)


def _require_possible(question: Question, spoken: Spoken) -> None:
    """Compare whole milliseconds: a timedelta of what somebody may send does not exist."""
    if not 0 < spoken.duration_ms <= (LONGEST + _TOLERANCE) // _MILLISECOND:
        raise SpeechTimeImpossible(f"A part has up to {LONGEST.total_seconds():.0f} seconds.")
    if question.asked_at is None:
        raise QuestionNotOpen
    since_asked = (now() - question.asked_at + _CLOCK_TOLERANCE) // _MILLISECOND
    if spoken.offset_ms > _LONGEST_TAKE // _MILLISECOND:
        raise SpeechTimeImpossible("Nobody speaks for more than a day.")
    if spoken.offset_ms + spoken.duration_ms > since_asked:
        raise SpeechTimeImpossible("It would have begun before the question was asked.")

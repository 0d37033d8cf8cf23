"""Recording what the browser noticed, and what the candidate says to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from contracts.interview import Notice as NoticeShape
from contracts.interview import NoticeRecorded, NoticeReplied
from kit.clock import later_than, now
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import (
    ConsentMissing,
    InterviewNotInProgress,
    NoticeDiffers,
    NoticeNotFound,
    NoticesFull,
    NoticeTimeImpossible,
    QuestionNotFound,
)
from interview.models import Consent, Interview, Notice
from interview.queries import consents, notices, questions
from interview.reasons import reason_for
from interview.schemas.notices import NewNotice
from interview.use_cases.interviews import lock_own_row, own_row

MOST_NOTICES = 500
# How far the browser's clock may be from ours.
_TOLERANCE = timedelta(seconds=60)


async def record_notice(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, notice_id: UUID, notice: NewNotice
) -> tuple[Notice, bool]:
    """Keep a notice and tell whether it is new; one that is known can only become longer.

    The page may have been offline, so a notice is welcome after the interview and after the consent to it has ended, if
    it began before that. What lies behind the end of the consent is cut off: nothing was to be watched any more.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        InterviewNotInProgress: the interview was never started.
        NoticeDiffers: the id belongs to another notice.
        NoticeTimeImpossible: it is of a time before or after the interview, or of the future.
        ConsentMissing: there was no consent when it began.
        NoticesFull: the interview has as many as it can hold.
    """
    interview = await lock_own_row(session, candidate_id, interview_id)
    known = await notices.find(session, interview_id, notice_id)
    if known is not None:
        if (known.kind, known.started_at) != (notice.kind, notice.started_at):
            raise NoticeDiffers
        if notice.duration_s <= known.duration_s:
            return known, False
    if interview.started_at is None:
        raise InterviewNotInProgress
    _require_possible(interview, interview.started_at, notice)
    duration_s = await _consented_duration(session, interview_id, notice)
    if known is None:
        return await _add(session, interview, notice_id, notice, duration_s), True
    if duration_s > known.duration_s:
        known.duration_s = duration_s
        known.reason = reason_for(known.kind, duration_s)
        await _tell(session, interview, known)
    return known, False


async def reply_to_notice(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, notice_id: UUID, text: str
) -> Notice:
    """Say something to a notice, whenever; the newest word counts and stands next to the notice.

    Raises:
        InterviewNotFound, NoticeNotFound: there is none, or it is somebody else's.
    """
    interview = await lock_own_row(session, candidate_id, interview_id)
    notice = await notices.find(session, interview_id, notice_id)
    if notice is None:
        raise NoticeNotFound
    if notice.reply == text:
        return notice
    replied_at = later_than(notice.replied_at)
    notice.reply, notice.replied_at = text, replied_at
    await publish(
        session,
        NoticeReplied(
            interview_id=interview.id,
            candidate_id=interview.candidate_id,
            notice_id=notice.id,
            reply=text,
            replied_at=replied_at,
        ),
    )
    return notice


async def notices_of(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Sequence[Notice]:
    """Return the notices of an interview in the order in which they began.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    await own_row(session, candidate_id, interview_id)
    return await notices.oldest_first(session, interview_id)


def _require_possible(interview: Interview, started_at: datetime, notice: NewNotice) -> None:
    moment = now()
    last = moment if interview.completed_at is None else min(moment, interview.completed_at)
    if notice.started_at < started_at - _TOLERANCE:
        raise NoticeTimeImpossible("It begins before the interview.")
    # Compared as numbers: a length of a million years fits no date.
    room = (last + _TOLERANCE - notice.started_at).total_seconds()
    if notice.duration_s > room:
        raise NoticeTimeImpossible("It ends after the interview, or has not happened yet.")


async def _consented_duration(session: AsyncSession, interview_id: UUID, notice: NewNotice) -> float:
    consent = _in_force(await consents.given(session, interview_id, "face_monitoring"), notice.started_at)
    if consent is None:
        raise ConsentMissing("face_monitoring")
    if consent.withdrawn_at is None:
        return notice.duration_s
    return min(notice.duration_s, (consent.withdrawn_at - notice.started_at).total_seconds())


def _in_force(given: Sequence[Consent], at: datetime) -> Consent | None:
    # Clocks differ only before the first consent: between a withdrawal and the next consent nothing is forgiven.
    for number, consent in enumerate(given):
        since = consent.given_at - _TOLERANCE if number == 0 else consent.given_at
        if since <= at and (consent.withdrawn_at is None or at < consent.withdrawn_at):
            return consent
    return None


async def _add(
    session: AsyncSession, interview: Interview, notice_id: UUID, notice: NewNotice, duration_s: float
) -> Notice:
    question = await questions.find(session, interview.id, notice.question_id) if notice.question_id else None
    if notice.question_id is not None and question is None:
        raise QuestionNotFound
    if await notices.count(session, interview.id) >= MOST_NOTICES:
        raise NoticesFull
    added = Notice(
        interview_id=interview.id,
        id=notice_id,
        kind=notice.kind,
        # What happened during a follow-up is shown with its question.
        question_id=(question.parent_id or question.id) if question is not None else None,
        started_at=notice.started_at,
        duration_s=duration_s,
        confidence=notice.confidence,
        reason=reason_for(notice.kind, duration_s),
        recorded_at=now(),
    )
    session.add(added)
    await _tell(session, interview, added)
    return added


async def _tell(session: AsyncSession, interview: Interview, notice: Notice) -> None:
    await publish(
        session,
        NoticeRecorded(
            interview_id=interview.id,
            candidate_id=interview.candidate_id,
            notice=NoticeShape(
                id=notice.id,
                kind=notice.kind,
                question_id=notice.question_id,
                started_at=notice.started_at,
                duration_s=notice.duration_s,
                confidence=notice.confidence,
                reason=notice.reason,
                recorded_at=notice.recorded_at,
            ),
        ),
    )

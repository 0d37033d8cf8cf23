"""Agreeing to a capture, and taking it back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from kit.clock import now
from kit.ids import new_id
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import (
    CaptureNotOffered,
    ConsentMissing,
    ConsentNotFound,
    ConsentOutdated,
    ExpressionNotOffered,
    InterviewFinished,
)
from interview.models import Consent
from interview.queries import consents
from interview.statements import Capture, Statement
from interview.use_cases.interviews import lock_own_interview, own_interview


async def give_consent(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    capture: Capture,
    *,
    version: str,
    offered: Mapping[Capture, Statement],
) -> Consent:
    """Agree to a capture for one interview; nothing to do while the same statement is agreed to.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        CaptureNotOffered, ExpressionNotOffered: nobody is asked for it here.
        InterviewFinished: there is nothing left to capture.
        ConsentOutdated: another statement than today's was read.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    statement = offered.get(capture)
    if statement is None:
        raise ExpressionNotOffered if capture == "expression_analysis" else CaptureNotOffered
    known = interview.consent_to(capture)
    if known is not None and known.version == version == statement.version:
        return known
    if interview.is_finished:
        raise InterviewFinished
    if version != statement.version:
        raise ConsentOutdated(statement.version)
    at = now()
    if known is not None:
        # An older statement was agreed to; the new one takes its place and does not rewrite it. Flushed by itself,
        # because there is one consent in force at any moment and the database insists on it.
        known.withdrawn_at = at
        await session.flush()
    consent = Consent(
        id=new_id(),
        interview_id=interview.id,
        capture=capture,
        version=statement.version,
        statement=statement.text,
        given_at=at,
    )
    interview.consents.append(consent)
    interview.changed()
    return consent


async def withdraw_consent(session: AsyncSession, candidate_id: UUID, interview_id: UUID, capture: Capture) -> Consent:
    """Take a consent back, at any time; nothing to do when it was taken back before.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        ConsentNotFound: it was never given.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    given = [consent for consent in interview.consents if consent.capture == capture]
    if not given:
        raise ConsentNotFound
    last = given[-1]
    if last.is_active:
        # A clock that was set back must not make a consent end before it began.
        last.withdrawn_at = max(now(), last.given_at)
        interview.changed()
    return last


async def consents_of(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Sequence[Consent]:
    """Return what was agreed to for one interview, newest first.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    interview = await own_interview(session, candidate_id, interview_id)
    return interview.consents[::-1]


async def require(session: AsyncSession, interview_id: UUID, capture: Capture) -> Consent:
    """Let a capture pass while there is consent to it; what exactly was agreed to stands in its version.

    Raises:
        ConsentMissing: it was never given, or was withdrawn.
    """
    consent = await consents.active(session, interview_id, capture)
    if consent is None:
        raise ConsentMissing(capture)
    return consent

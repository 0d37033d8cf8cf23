"""What was visible during the answers: kept for the candidate, shown to reviewers only while it is shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from contracts.interview import AnswerPresence, ExpressionLabel, ExpressionShare, PresenceSharingChanged
from kit.clock import later_than, now
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.errors import ExpressionNotOffered, PresenceTimeImpossible, QuestionNotFound, QuestionNotOpen
from interview.models import Interview, Presence
from interview.queries import presence, questions
from interview.schemas.presence import NewPresence
from interview.use_cases.consents import require
from interview.use_cases.interviews import lock_own_row, own_row

# How much longer the browser may have counted than our clock says.
_TOLERANCE_S = 60
_LABELS: tuple[ExpressionLabel, ...] = get_args(ExpressionLabel)


@dataclass(frozen=True, slots=True)
class SeenPresence:
    """What was visible during the answers, and whether reviewers may see it."""

    shared: bool
    answers: Sequence[AnswerPresence]


async def save_presence(
    session: AsyncSession,
    candidate_id: UUID,
    interview_id: UUID,
    question_id: UUID,
    *,
    counted: NewPresence,
    is_offered: bool,
) -> SeenPresence:
    """Keep what was counted during one answer so far, in place of what was sent before.

    Raises:
        InterviewNotFound, QuestionNotFound: there is none, or it is somebody else's.
        ExpressionNotOffered: nobody's expressions are looked at here.
        ConsentMissing: there is no consent to it.
        QuestionNotOpen: the question was never asked.
        PresenceTimeImpossible: more seconds were counted than there were.
    """
    interview = await lock_own_row(session, candidate_id, interview_id)
    if not is_offered:
        raise ExpressionNotOffered
    question = await questions.find(session, interview_id, question_id)
    if question is None:
        raise QuestionNotFound
    await require(session, interview_id, "expression_analysis")
    if question.asked_at is None:
        raise QuestionNotOpen
    at = now()
    if counted.seconds > (at - question.asked_at).total_seconds() + _TOLERANCE_S:
        raise PresenceTimeImpossible
    row = await presence.find(session, question_id)
    if row is None:
        row = Presence(question_id=question_id, interview_id=interview_id)
        session.add(row)
    row.seconds, row.samples, row.readable, row.facing = (
        counted.seconds,
        counted.samples,
        counted.readable,
        counted.facing,
    )
    row.expressions = counted.expressions.model_dump()
    row.updated_at = at
    if interview.presence_shared:
        await _tell(session, interview)
    return await _seen(session, interview)


async def presence_of(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> SeenPresence:
    """Return what was visible during the answers of one interview.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    return await _seen(session, await own_row(session, candidate_id, interview_id))


async def share_presence(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, *, shared: bool, is_offered: bool
) -> SeenPresence:
    """Let reviewers see it, or no longer; taking it back is always possible.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        ExpressionNotOffered: nobody's expressions are looked at here.
    """
    interview = await lock_own_row(session, candidate_id, interview_id)
    if shared and not is_offered:
        raise ExpressionNotOffered
    if interview.presence_shared != shared:
        interview.presence_shared = shared
        await _tell(session, interview)
    return await _seen(session, interview)


async def forget_presence(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> None:
    """Delete all of it, and let reviewers forget it too.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    interview = await lock_own_row(session, candidate_id, interview_id)
    await presence.forget(session, interview_id)
    if interview.presence_shared:
        interview.presence_shared = False
        await _tell(session, interview)


async def _tell(session: AsyncSession, interview: Interview) -> None:
    changed_at = later_than(interview.presence_told_at)
    interview.presence_told_at = changed_at
    shown = (await _seen(session, interview)).answers if interview.presence_shared else ()
    await publish(
        session,
        PresenceSharingChanged(
            interview_id=interview.id,
            candidate_id=interview.candidate_id,
            shared=interview.presence_shared,
            answers=tuple(shown),
            changed_at=changed_at,
        ),
    )


async def _seen(session: AsyncSession, interview: Interview) -> SeenPresence:
    rows = await presence.in_order(session, interview.id)
    # Without a sample nothing was seen, and no share of nothing can be told.
    return SeenPresence(shared=interview.presence_shared, answers=[_shares(row) for row in rows if row.samples])


def _shares(row: Presence) -> AnswerPresence:
    # In the order in which they are declared: the database keeps no order of its own.
    expressions = [
        ExpressionShare(label=label, share=_share(row.expressions[label], row.readable))
        for label in _LABELS
        if row.readable
    ]
    return AnswerPresence(
        question_id=row.question_id,
        seconds=row.seconds,
        samples=row.samples,
        readable_share=_share(row.readable, row.samples),
        facing_share=_share(row.facing, row.readable) if row.facing is not None and row.readable else None,
        expressions=tuple(expressions),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4)

"""Setting an interview up, beginning it and ending it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from contracts.interview import InterviewStarted, QuestionKind
from kit.clock import now
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.bank import Role, find_level, find_role
from interview.errors import (
    InterviewFinished,
    InterviewNotFound,
    InterviewNotInProgress,
    InterviewNotReady,
    KindNotOffered,
    LevelUnknown,
    QuestionNotFound,
    RoleUnknown,
)
from interview.models import Interview, Question
from interview.planner import kinds_for
from interview.queries import interviews
from interview.schemas.interviews import NewInterview
from interview.use_cases.preparation import send_to_preparation
from interview.use_cases.progress import ask, finish
from interview.use_cases.tailoring import tailoring_for


async def create_interview(
    session: AsyncSession, candidate_id: UUID, choice: NewInterview, lease: timedelta
) -> Interview:
    """Set up an interview and have its questions prepared.

    Raises:
        RoleUnknown, LevelUnknown: the catalogue has no such thing.
        KindNotOffered: the role is not asked that kind of question.
        CompetencyUnknown: the catalogue has no such focus area.
    """
    role = find_role(choice.role_id)
    if role is None:
        raise RoleUnknown
    level = find_level(choice.level_id)
    if level is None:
        raise LevelUnknown
    _require_offered(role, choice.kinds)
    interview = Interview(
        id=new_id(),
        candidate_id=candidate_id,
        version=0,
        status="draft",
        role_id=role.id,
        role_title=role.title,
        role_family=role.family,
        level_id=level.id,
        level_label=level.label,
        question_count=choice.question_count,
        kinds=list(dict.fromkeys(choice.kinds)),
        allow_fallback=choice.allow_fallback,
        follow_ups=choice.follow_ups,
        created_at=now(),
        report_status="none",
        report_revealed=False,
        preparation_rounds=0,
        questions=[],
        consents=[],
        tailoring=await tailoring_for(session, candidate_id, choice),
    )
    await send_to_preparation(session, interview, lease)
    session.add(interview)
    return interview


async def own_interview(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """Return a candidate's interview.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    return _found(await interviews.own(session, candidate_id, interview_id))


async def prepare_interview(
    session: AsyncSession, candidate_id: UUID, interview_id: UUID, lease: timedelta
) -> Interview:
    """Have the questions of a draft prepared again; nothing to do while they are being prepared.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        IllegalTransition: the questions are there already, or the interview is over.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    if interview.status != "preparing":
        await send_to_preparation(session, interview, lease)
    return interview


async def start_interview(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """Ask the first question; nothing to do when it was asked before.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        InterviewNotReady: the questions are not there yet.
        InterviewFinished: it is over.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    if interview.status == "in_progress":
        return interview
    if interview.is_finished:
        raise InterviewFinished
    if interview.status != "ready":
        raise InterviewNotReady
    started_at = now()
    interview.move_to("in_progress")
    interview.started_at = started_at
    ask(interview.questions[0], started_at)
    await publish(
        session,
        InterviewStarted(interview_id=interview.id, candidate_id=interview.candidate_id, started_at=started_at),
    )
    return interview


async def complete_interview(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """End an interview before its last question; nothing to do when it was completed before.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        InterviewNotInProgress: it was not started.
        InterviewFinished: it was abandoned.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    if interview.status == "completed":
        return interview
    if interview.is_finished:
        raise InterviewFinished
    if interview.status != "in_progress":
        raise InterviewNotInProgress
    await finish(session, interview, "completed", now())
    return interview


async def abandon_interview(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """Leave an interview for good, at whatever stage it is; nothing to do when it was left before.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
        InterviewFinished: it was completed.
    """
    interview = await lock_own_interview(session, candidate_id, interview_id)
    if interview.status == "abandoned":
        return interview
    if interview.is_finished:
        raise InterviewFinished
    await finish(session, interview, "abandoned", now())
    return interview


async def lock_own_interview(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """Return a candidate's interview, to be changed.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    return _found(await interviews.lock_own(session, candidate_id, interview_id))


async def own_row(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """Return a candidate's interview without its questions and what else belongs to it.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    return _found(await interviews.own_row(session, candidate_id, interview_id))


async def lock_own_row(session: AsyncSession, candidate_id: UUID, interview_id: UUID) -> Interview:
    """Likewise, so that nobody else changes it or anything below it meanwhile.

    Raises:
        InterviewNotFound: there is none, or it is somebody else's.
    """
    return _found(await interviews.lock_own_row(session, candidate_id, interview_id))


def question_of(interview: Interview, question_id: UUID) -> Question:
    """Return a question of an interview.

    Raises:
        QuestionNotFound: the interview has no such question.
    """
    for question in interview.questions:
        if question.id == question_id:
            return question
    raise QuestionNotFound


def _found(interview: Interview | None) -> Interview:
    if interview is None:
        raise InterviewNotFound
    return interview


def _require_offered(role: Role, kinds: Sequence[QuestionKind]) -> None:
    offered = kinds_for(role)
    missing = [kind.replace("_", " ") for kind in kinds if kind not in offered]
    if missing:
        raise KindNotOffered(
            f"{role.title} interviews have no {', '.join(missing)} questions here.", offered=list(offered)
        )

"""Asking again: a follow-up when an answer leaves something open, at once and without waiting for a model.

While the answer is still being written, a model may be asked for better words (`wish_for_words`, through the worker).
When the answer is handed in, whatever has come by then is used, and nobody waits for the rest.
"""

from datetime import datetime

import structlog
from contracts.interview import FollowUpWanted, KeyPoint
from kit.ai import ModelError, charged_to
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.follow_ups import (
    Asked,
    FollowUpWriter,
    Gap,
    Prepared,
    Said,
    Task,
    WordedFollowUps,
    count_words,
    gaps_in,
    next_follow_up,
)
from interview.models import Interview, Question, Wording
from interview.queries import interviews, wordings
from interview.schemas.answers import LONGEST_ANSWER
from interview.use_cases.progress import ask
from interview.use_cases.threads import answered_parts

log = structlog.get_logger(__name__)

ENOUGH_WORDS = 40
NEW_WORDS = 30  # so many more before a model is asked again about the same answer
MOST_WISHES = 3  # for one answer
_GAPS_AT_ONCE = 3
_ROOM_FOR_MORE = 2_000  # characters of the answer that must be left


async def ask_again(session: AsyncSession, interview: Interview, question: Question, at: datetime) -> bool:
    """Ask a follow-up to the answer just handed in; False when there is nothing to ask."""
    if not interview.follow_ups:
        return False
    task = _task(interview, question)
    if len(task.answer) > LONGEST_ANSWER - _ROOM_FOR_MORE:
        return False
    asked = _asked(interview, question)
    ready = await wordings.ready_for(session, question.id)
    chosen = next_follow_up(task, asked, [one for row in ready for one in _prepared(row)], interview.follow_ups)
    if chosen is None:
        return False
    main = interview.thread_of(question)[0]
    number = len(asked) + 1
    follow_up = Question(
        id=new_id(),
        interview_id=interview.id,
        position=main.position,
        parent_id=main.id,
        follow_up_number=number,
        follow_up={
            "kind": chosen.kind,
            "target": chosen.target,
            "by": chosen.by,
            "prompt_version": chosen.prompt_version,
        },
        status="upcoming",
        kind=main.kind,
        difficulty=main.difficulty,
        competency_id=main.competency_id,
        competency_label=main.competency_label,
        text=chosen.text,
        key_points=main.key_points,
        rubric=main.rubric,
        anchors=main.anchors,
        suggested_seconds=min(60, main.suggested_seconds),
        bank_id=None,
        answers=[],
        draft=None,
        speech=[],
    )
    ask(follow_up, at)
    interview.questions.insert(interview.questions.index(main) + number, follow_up)
    interview.changed()
    log.info("follow_up_asked", interview_id=str(interview.id), kind=chosen.kind, by=chosen.by)
    return True


async def wish_for_words(session: AsyncSession, interview: Interview, question: Question) -> None:
    """Have a model word the follow-ups that the draft of an answer calls for so far, when it is time for that."""
    words = count_words(question.draft.text) if question.draft is not None else 0
    if words < ENOUGH_WORDS or len(_asked(interview, question)) >= interview.follow_ups:
        return
    earlier = await wordings.of(session, question.id)
    if len(earlier) >= MOST_WISHES or any(words < row.words + NEW_WORDS for row in earlier):
        return
    row = Wording(id=new_id(), question_id=question.id, words=words, questions=[], wanted_at=now())
    session.add(row)
    await publish(
        session,
        FollowUpWanted(
            interview_id=interview.id,
            candidate_id=interview.candidate_id,
            question_id=question.id,
            wording_id=row.id,
        ),
    )


async def word_follow_ups(database: Database, writer: FollowUpWriter | None, order: FollowUpWanted) -> None:
    """Have the words made, with no transaction open, and keep them with what they cost, also when they come late."""
    async with database.transaction() as session:
        found = await _work(session, order)
    if found is None or writer is None:
        return
    task, gaps = found
    outcome: WordedFollowUps | ModelError
    try:
        with charged_to(order.candidate_id, order.interview_id, "follow_up"):
            outcome = await writer.write(task, gaps)
    except ModelError as error:
        log.warning("follow_up_not_worded", interview_id=str(order.interview_id), reason=error.reason)
        outcome = error
    async with database.transaction() as session:
        row = await wordings.lock(session, order.wording_id)
        if row is not None and row.status == "wanted":
            _keep(row, outcome)


async def _work(session: AsyncSession, order: FollowUpWanted) -> tuple[Task, tuple[Gap, ...]] | None:
    """Return what to word; None when it is there already, or the question is closed."""
    row = await wordings.find(session, order.wording_id)
    interview = await interviews.own(session, order.candidate_id, order.interview_id)
    if row is None or row.status != "wanted" or interview is None:
        return None
    question = interview.open_question
    if question is None or question.id != order.question_id or question.draft is None:
        return None
    task = _task(interview, question, question.draft.text)
    targets = {one.target for one in _asked(interview, question)}
    first: dict[str, Gap] = {}
    for gap in gaps_in(task):
        if gap.target not in targets:
            first.setdefault(gap.kind, gap)
    return (task, tuple(first.values())[:_GAPS_AT_ONCE]) if first else None


def _keep(row: Wording, outcome: WordedFollowUps | ModelError) -> None:
    row.ended_at = now()
    if isinstance(outcome, ModelError):
        row.status, row.reason = "failed", outcome.reason
        return
    row.status = "ready"
    row.questions = [
        {"kind": gap.kind, "target": gap.target, "quote": gap.quote, "text": text} for gap, text in outcome.words
    ]
    row.provider, row.model, row.prompt_version = outcome.provider, outcome.model, outcome.prompt_version
    row.input_tokens, row.output_tokens = outcome.input_tokens, outcome.output_tokens


def _task(interview: Interview, question: Question, draft: str | None = None) -> Task:
    parts = [Said(one.text, answer.text) for one, answer in answered_parts(interview, question)]
    if draft is not None:
        parts.append(Said(question.text, draft))
    return Task(
        kind=question.kind,
        key_points=tuple(KeyPoint.model_validate(point) for point in question.key_points),
        said=tuple(parts),
    )


def _asked(interview: Interview, question: Question) -> list[Asked]:
    marks = [one.follow_up for one in interview.thread_of(question) if one.follow_up is not None]
    return [Asked(mark["kind"], mark["target"]) for mark in marks]


def _prepared(row: Wording) -> list[Prepared]:
    return [
        Prepared(
            kind=one["kind"],
            target=one["target"],
            quote=one["quote"],
            text=one["text"],
            words=row.words,
            prompt_version=row.prompt_version,
        )
        for one in row.questions
    ]

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from fake_gemini import FakeGemini, Fault
from interview.models import Interview, Question
from interview.prompts import QUESTIONS
from interview.settings import InterviewSettings
from interview.use_cases.preparation import Writers, prepare_questions, republish_stuck
from interview.writers import BankWriter, ModelWriter, WritingRequest, Written
from kit.ai import ModelUnavailable
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from sqlalchemy import func, select, update
from sqlalchemy.pool import AsyncAdaptedQueuePool

from services.interview.tests.candidate import Candidate, eventually, nobody_holds
from services.interview.tests.fixtures import Preparing, facing

LEASE = timedelta(minutes=4)


async def test_gemini_writes_the_questions_and_is_named(
    candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini
) -> None:
    interview = await candidate.ready(using=with_gemini, question_count=5)
    assert interview["status"] == "ready"
    assert interview["question_source"] == {
        "provider": "gemini",
        "model": "gemini-3.5-flash-lite",
        "fallback_reason": None,
    }
    [event] = await candidate.events("interview_ready", interview)
    assert event.source.prompt_version == QUESTIONS
    assert len({question.text for question in event.questions}) == 5
    assert all(len(question.key_points) == 4 for question in event.questions)
    assert all(point.terms for question in event.questions for point in question.key_points)
    assert all(question.rubric.dimensions for question in event.questions)
    assert [question.difficulty for question in event.questions] == [2, 3, 3, 4, 3]
    [request] = gemini.requests
    assert "Write exactly one question for each slot" in str(request["body"]["systemInstruction"])


FAULTS = [
    (Fault(kind="status", status=429, times=-1), "Gemini's rate limit was reached"),
    (Fault(kind="quota_day", times=-1), "The Gemini quota for today is used up"),
    (Fault(kind="status", status=500, times=-1), "Gemini had a fault of its own (HTTP 500)"),
    (Fault(kind="status", status=403, times=-1), "Gemini refused the API key"),
    (Fault(kind="garbage", times=-1), "Gemini's reply did not have the asked shape"),
    (Fault(kind="truncated", times=-1), "Gemini's reply did not have the asked shape"),
    (Fault(kind="wrong_shape", times=-1), "Gemini's reply did not have the asked shape"),
    (Fault(kind="not_json", times=-1), "Gemini sent a reply that could not be read"),
    (Fault(kind="empty", times=-1), "Gemini replied with nothing"),
    (Fault(kind="disconnect", times=-1), "Gemini could not be reached"),
    (Fault(kind="hang", times=-1), "Gemini did not answer within"),
    (Fault(kind="safety", times=-1), "Gemini's safety rules blocked"),
]


@pytest.mark.parametrize(("fault", "reason"), FAULTS, ids=lambda value: getattr(value, "kind", None))
async def test_bank_steps_in_and_says_why(
    candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini, fault: Fault, reason: str
) -> None:
    gemini.next(fault)
    interview = await candidate.ready(using=facing(fault, with_gemini))
    assert interview["status"] == "ready"
    assert interview["question_source"]["provider"] == "offline"
    assert interview["question_source"]["model"] is None
    assert interview["question_source"]["fallback_reason"].startswith(reason)
    assert len(interview["questions"]) == 3


@pytest.mark.parametrize(("fault", "reason"), FAULTS, ids=lambda value: getattr(value, "kind", None))
async def test_without_fallback_it_is_a_draft_again_until_it_works(
    *,
    candidate: Candidate,
    prepare: Preparing,
    with_gemini: InterviewSettings,
    gemini: FakeGemini,
    fault: Fault,
    reason: str,
) -> None:
    gemini.next(fault)
    interview = await candidate.ready(using=facing(fault, with_gemini), allow_fallback=False)
    assert interview["status"] == "draft"
    assert interview["preparation"]["stage"] == "failed"
    assert interview["preparation"]["message"].startswith(reason)
    assert interview["preparation"]["message"].endswith("You can try again.")
    assert interview["questions"] == []
    assert interview["question_source"] is None
    assert await candidate.events("interview_ready", interview) == []

    gemini.reset()
    again = await candidate.post(interview, "prepare")
    assert (again["status"], again["preparation"]["stage"], again["preparation"]["message"]) == (
        "preparing",
        "waiting",
        None,
    )
    await prepare(interview["id"], using=with_gemini)
    ready = await candidate.read(interview["id"])
    assert (ready["status"], ready["question_source"]["provider"]) == ("ready", "gemini")
    assert len(await candidate.events("interview_created", interview)) == 2


def reply_for(slots: list[str], **changes: Any) -> Fault:
    point = {"text": "Names the cause that was found and how it was proved.", "terms": "root cause; log; trace"}
    sentence = "Names one cause and one check."
    asked = (
        "How do you decide which parts of a slow page deserve a cache, and how do you keep it fresh?",
        "Tell me about a database migration that went wrong. What did you check afterwards?",
        "A colleague keeps missing estimates. How would you find out why, and what would you change?",
        "Which tests would you write first for a payment service, and which would you leave out?",
    )
    questions = [
        {
            "slot": slot,
            "question": question,
            "key_points": [{**point, "text": f"{number}. {point['text']}"} for number in range(4)],
            "weak": sentence,
            "solid": sentence,
            "strong": sentence,
        }
        | changes
        for slot, question in zip(slots, asked, strict=False)
    ]
    return Fault(kind="reply", body=json.dumps({"questions": questions}))


SLOTS = ["slot-1", "slot-2", "slot-3"]
UNUSABLE = {
    "a slot is missing": reply_for(SLOTS[:2]),
    "a slot comes twice": reply_for(["slot-1", "slot-2", "slot-2"]),
    "a slot is invented": reply_for([*SLOTS, "slot-9"]),
    "the same question thrice": reply_for(SLOTS, question="How do you find out why a service is slow in production?"),
    "too short": reply_for(SLOTS, question="Why?"),
    "a placeholder": reply_for(SLOTS, question="Why do you want to work at [company name] in this very role?"),
    "no key points": reply_for(SLOTS, key_points=[]),
    "no terms": reply_for(
        SLOTS, key_points=[{"text": f"Names the cause number {n}.", "terms": " ; "} for n in range(4)]
    ),
    "key points alike": reply_for(SLOTS, key_points=[{"text": "Names the cause.", "terms": "cause; log; trace"}] * 4),
    "no anchors": reply_for(SLOTS, weak=" "),
    "NUL": reply_for(SLOTS, strong="Names one cause \x00 and one check."),
}


@pytest.mark.parametrize("name", UNUSABLE)
async def test_unusable_reply_is_repaired_once(
    candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini, name: str
) -> None:
    gemini.next(UNUSABLE[name], reply_for(SLOTS))
    interview = await candidate.ready(using=with_gemini, allow_fallback=False)
    assert interview["question_source"]["provider"] == "gemini"
    assert len(gemini.requests) == 2
    assert "faults_of_your_last_reply" in str(gemini.requests[1]["body"]["contents"])


@pytest.mark.parametrize("name", UNUSABLE)
async def test_reply_that_stays_unusable_is_not_used(
    candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini, name: str
) -> None:
    gemini.next(UNUSABLE[name], UNUSABLE[name])
    interview = await candidate.ready(using=with_gemini, allow_fallback=False)
    assert interview["status"] == "draft"
    assert interview["preparation"]["message"] == "The AI's questions did not pass our checks. You can try again."


async def test_gemini_is_told_what_was_asked_and_may_not_ask_it_again(
    candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini
) -> None:
    gemini.next(reply_for(SLOTS))
    first = await candidate.ready(using=with_gemini)
    [ready] = await candidate.events("interview_ready", first)
    gemini.reset()
    gemini.next(reply_for(SLOTS), reply_for(SLOTS))
    second = await candidate.ready(using=with_gemini)
    assert second["question_source"]["fallback_reason"] == "The AI's questions did not pass our checks"
    prompt = str(gemini.requests[0]["body"]["contents"])
    assert all(question.text in prompt for question in ready.questions)
    assert "this was asked before" in str(gemini.requests[1]["body"]["contents"])


async def test_message_that_comes_again_changes_nothing(candidate: Candidate, prepare: Preparing) -> None:
    interview = await candidate.create()
    message_id = new_id()
    await prepare(interview["id"], message_id=message_id)
    ready = await candidate.read(interview["id"])
    await prepare(interview["id"], message_id=message_id)
    await prepare(interview["id"])
    assert await candidate.read(interview["id"]) == ready
    assert len(await candidate.events("interview_ready", interview)) == 1


@pytest.mark.parametrize("same", [True, False], ids=["same message", "other message"])
async def test_two_workers_at_once_make_one_set_of_questions(
    *,
    candidate: Candidate,
    prepare: Preparing,
    with_gemini: InterviewSettings,
    gemini: FakeGemini,
    database: Database,
    same: bool,
) -> None:
    gemini.hold()
    interview = await candidate.create()
    first = new_id()
    both = [
        asyncio.create_task(prepare(interview["id"], using=with_gemini, message_id=message_id))
        for message_id in (first, first if same else new_id())
    ]

    async def have_met() -> bool:
        return len(gemini.requests) == 2 or any(one.done() for one in both)

    await eventually(have_met)
    gemini.let_go()
    await asyncio.gather(*both)
    assert (await candidate.read(interview["id"]))["status"] == "ready"
    assert len(await candidate.events("interview_ready", interview)) == 1
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Question.id))) == 3
    # A live claim is left alone; only a message that comes back means that its worker is gone.
    assert len(gemini.requests) == (2 if same else 1)


async def test_interview_left_during_preparation_gets_no_questions(
    candidate: Candidate, prepare: Preparing, with_gemini: InterviewSettings, gemini: FakeGemini
) -> None:
    gemini.hold()
    interview = await candidate.create()
    preparing = asyncio.ensure_future(prepare(interview["id"], using=with_gemini))
    await _is_writing(candidate, interview)
    await candidate.post(interview, "abandon")
    gemini.let_go()
    await preparing
    found = await candidate.read(interview["id"])
    assert (found["status"], found["questions"]) == ("abandoned", [])
    assert await candidate.events("interview_ready", interview) == []


async def test_no_transaction_is_open_while_the_ai_works(
    candidate: Candidate, prepare: Preparing, with_gemini: InterviewSettings, gemini: FakeGemini, database: Database
) -> None:
    gemini.hold()
    interview = await candidate.create()
    preparing = asyncio.ensure_future(prepare(interview["id"], using=with_gemini))

    async def is_asked() -> Any:
        return gemini.requests

    await eventually(is_asked)
    assert not preparing.done()
    assert isinstance(database.engine.pool, AsyncAdaptedQueuePool)
    assert await nobody_holds(database.engine.pool)
    # It gives an AI up that is silent for long: what it held it would have given back by then.
    assert not preparing.done()
    gemini.let_go()
    await preparing


class BrokenWriter:
    async def write(self, request: WritingRequest) -> Written:  # noqa: ARG002 - as the port says
        raise ZeroDivisionError


async def test_fault_of_our_own_is_retried_and_ends_as_a_draft_that_says_so(
    candidate: Candidate, database: Database
) -> None:
    interview = await candidate.create()
    broken = Writers(first=BrokenWriter(), fallback=None)
    for last_try in (False, True):
        with pytest.raises(ZeroDivisionError):
            await prepare_questions(database, broken, LEASE, interview["id"], new_id(), last_try=last_try)
        found = await candidate.read(interview["id"])
        assert found["status"] == ("draft" if last_try else "preparing")
        await _lapse(database)
    assert found["preparation"]["message"].startswith("Something went wrong on our side")


async def test_stuck_preparation_is_asked_for_again_and_given_up_in_the_end(
    candidate: Candidate, database: Database
) -> None:
    interview = await candidate.create()
    async with database.transaction() as session:
        assert await republish_stuck(session, LEASE) == 0
    for round_ in range(1, 4):
        await _lapse(database)
        async with database.transaction() as session:
            assert await republish_stuck(session, LEASE) == 1
        assert len(await candidate.events("interview_created", interview)) == 1 + round_
        assert (await candidate.read(interview["id"]))["status"] == "preparing"
    await _lapse(database)
    async with database.transaction() as session:
        await republish_stuck(session, LEASE)
    found = await candidate.read(interview["id"])
    assert (found["status"], found["preparation"]["stage"]) == ("draft", "failed")


async def test_two_reconcilers_republish_once(candidate: Candidate, database: Database) -> None:
    interview = await candidate.create()
    await _lapse(database)

    async def reconcile() -> int:
        async with database.transaction() as session:
            found = await republish_stuck(session, LEASE)
            await asyncio.sleep(0.1)
            return found

    assert sorted(await asyncio.gather(reconcile(), reconcile())) == [0, 1]
    assert len(await candidate.events("interview_created", interview)) == 2


async def test_preparing_twice_is_one_preparation(candidate: Candidate) -> None:
    interview = await candidate.create()
    again = await candidate.post(interview, "prepare")
    assert again == interview
    assert len(await candidate.events("interview_created", interview)) == 1


async def test_model_that_runs_out_of_time_is_a_failure_with_a_reason(candidate: Candidate, database: Database) -> None:
    class SlowModel:
        provider = "gemini"
        model = "slow"

        async def generate(self, *, deadline: timedelta, **_: Any) -> Any:
            raise ModelUnavailable(f"Gemini did not answer within {deadline.total_seconds():.0f} seconds")

    writers = Writers(ModelWriter(SlowModel(), deadline=timedelta(seconds=7)), BankWriter())
    interview = await candidate.create()
    await prepare_questions(database, writers, LEASE, interview["id"], new_id(), last_try=False)
    found = await candidate.read(interview["id"])
    assert found["question_source"]["fallback_reason"] == "Gemini did not answer within 7 seconds"


async def _is_writing(candidate: Candidate, interview: dict[str, Any]) -> None:
    async def is_writing() -> bool:
        return bool((await candidate.read(interview["id"]))["preparation"]["stage"] == "writing")

    await eventually(is_writing)


async def _lapse(database: Database) -> None:
    """Let the time that preparations may take be over."""
    async with database.transaction() as session:
        await session.execute(update(Interview).values(preparation_due_at=now() - timedelta(seconds=1)))

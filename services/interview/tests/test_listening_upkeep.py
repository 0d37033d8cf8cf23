"""Listening that is interrupted, doubled or stuck, and sounds that nobody needs any more."""

import asyncio
import os
from datetime import timedelta
from uuid import uuid4

import pytest
from fake_gemini import API_KEY, FakeGemini, Fault
from interview.settings import InterviewSettings
from interview.sound import Sound
from interview.storage import Storage
from interview.transcribers import Heard
from interview.use_cases.listening import Listeners, Sweeper, delete_needless_sounds, listen, republish_stuck
from kit.database import Database
from kit.ids import new_id

from services.interview.tests.candidate import Candidate, eventually
from services.interview.tests.fixtures import Listening
from services.interview.tests.speaking import (
    LEASE,
    WAV,
    app,
    lapse,
    parts,
    send,
    sounds,
    willing,
)
from services.interview.tests.test_outages import worker

__all__ = ["app"]


async def test_message_that_comes_again_changes_nothing(
    candidate: Candidate, gemini: FakeGemini, listening: Listening
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.hear("once")
    await listening(interview)
    found = await candidate.read(interview["id"])
    await listening(interview)
    assert await candidate.read(interview["id"]) == found
    assert len(gemini.requests) == 1


async def test_two_workers_at_once_make_one_text(
    candidate: Candidate, gemini: FakeGemini, listening: Listening
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.hear("once")
    gemini.hold()
    both = [asyncio.create_task(listening(interview)) for _ in range(2)]
    # The one that came too late goes while the other is still being answered.
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    gemini.let_go()
    await asyncio.gather(*both)
    assert [part["text"] for part in await parts(candidate, interview)] == ["once"]
    assert len(gemini.requests) == 1


class Broken:
    provider = "gemini"

    async def transcribe(self, sound: Sound) -> Heard:  # noqa: ARG002 - as the port says
        raise ZeroDivisionError


async def test_fault_of_our_own_is_tried_again_and_told_in_the_end(
    candidate: Candidate, database: Database, storage: Storage
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    [order] = await candidate.events("speech_received", interview)
    message = new_id()
    for last_try in (False, True):
        with pytest.raises(ZeroDivisionError):
            await listen(database, Listeners(storage, Broken()), LEASE, order, message, last_try=last_try)
        [part] = await parts(candidate, interview)
        assert part["status"] == ("failed" if last_try else "running")
    assert part["reason"].startswith("Something went wrong on our side")
    assert part["retriable"]


async def test_stuck_part_is_ordered_again_and_given_up_in_the_end(candidate: Candidate, database: Database) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    assert await republish_stuck(database, LEASE) == 0
    for round_ in range(1, 4):
        await lapse(database)
        assert sorted(await asyncio.gather(*(republish_stuck(database, LEASE) for _ in range(2)))) == [0, 1]
        assert len(await candidate.events("speech_received", interview)) == 1 + round_
    await lapse(database)
    await republish_stuck(database, LEASE)
    [part] = await parts(candidate, interview)
    assert (part["status"], part["retriable"]) == ("failed", True)
    # Trying again begins to count anew.
    again = await candidate.do(
        "POST",
        f"/interviews/{interview['id']}/questions/{interview['current_question_id']}/speech/{part['take']}/0/retry",
    )
    assert again.json()["status"] == "queued"
    await lapse(database)
    await republish_stuck(database, LEASE)
    assert [part["status"] for part in await parts(candidate, interview)] == ["queued"]


async def test_sounds_that_nobody_needs_are_deleted(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, storage: Storage, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.next(Fault(kind="safety", times=-1))
    await listening(interview)
    assert await delete_needless_sounds(database, storage, timedelta(minutes=5)) == 0
    assert await delete_needless_sounds(database, storage, timedelta()) == 1
    [part] = await parts(candidate, interview)
    assert (part["status"], part["retriable"]) == ("failed", False)
    await send(candidate, interview, uuid4())
    await candidate.skip(interview)
    assert len(await sounds(storage, interview)) == 1
    assert await delete_needless_sounds(database, storage, timedelta(minutes=5)) == 1
    assert await sounds(storage, interview) == []
    assert await delete_needless_sounds(database, storage, timedelta()) == 0


async def test_sound_whose_request_died_is_swept_on_the_second_look(
    candidate: Candidate, storage: Storage, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    lost = f"speech/{interview['id']}/{interview['current_question_id']}/{uuid4()}/0"
    await storage.put(lost, WAV)
    sweeper = Sweeper(database, storage)
    await sweeper.sweep()
    assert lost in await sounds(storage, interview)
    assert await sweeper.sweep() >= 1
    assert len(await sounds(storage, interview)) == 1
    assert lost not in await sounds(storage, interview)


async def test_worker_killed_while_it_listens_leaves_one_text_and_no_sound(
    *,
    candidate: Candidate,
    gemini: FakeGemini,
    settings: InterviewSettings,
    storage: Storage,
    clean_queues: None,
) -> None:
    environment = os.environ | {
        "INTERVIEW_ENVIRONMENT": "test",
        "INTERVIEW_DATABASE_URL": str(settings.database_url),
        "INTERVIEW_STORAGE_URL": settings.storage_url,
        "INTERVIEW_AMQP_URL": settings.amqp_url,
        "INTERVIEW_JWKS_URL": settings.jwks_url,
        "INTERVIEW_OPS_PORT": "0",
        "GEMINI_API_KEY": API_KEY,
        "GEMINI_BASE_URL": gemini.url,
    }
    interview = await willing(candidate)
    gemini.reset()
    gemini.hear("said once")
    gemini.hold()
    async with worker(environment) as first:
        await send(candidate, interview, uuid4())

        async def is_listening() -> bool:
            # Gemini is also asked for the questions, which may have waited in the queue.
            heard = any("inlineData" in str(request) for request in gemini.requests)
            return heard and [part["status"] for part in await parts(candidate, interview)] == ["running"]

        await eventually(is_listening)
        first.kill()
        await first.wait()
    gemini.let_go()
    async with worker(environment):

        async def is_done() -> bool:
            return [part["text"] for part in await parts(candidate, interview)] == ["said once"]

        await eventually(is_done)

        async def is_quiet() -> bool:
            return await sounds(storage, interview) == []

        await eventually(is_quiet)

"""Listening to what was sent: text, faults, and consent that is withdrawn meanwhile."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fake_gemini import FakeGemini, Fault
from interview.queries import interviews
from interview.settings import InterviewSettings
from interview.sound import Sound
from interview.storage import Storage
from interview.transcribers import Heard
from interview.use_cases.listening import Listeners, delete_needless_sounds, listen
from kit.database import Database
from kit.ids import new_id

from services.interview.tests.candidate import Candidate, eventually, problem
from services.interview.tests.fixtures import Listening, Working, facing
from services.interview.tests.sounds import as_wav, recorded, tone
from services.interview.tests.speaking import (
    LEASE,
    SILENCE,
    WAV,
    app,
    parts,
    path_of,
    row,
    send,
    sounds,
    willing,
)

__all__ = ["app"]


async def test_what_is_said_becomes_text_and_the_sound_is_deleted(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, storage: Storage
) -> None:
    interview = await willing(candidate)
    before = (await candidate.read(interview["id"]))["version"]
    take = uuid4()
    gemini.hear("I led the migration.")
    response = await send(
        candidate, interview, take, audio=recorded("audio/webm", tone(2.0)), kind="audio/webm;codecs=opus"
    )
    assert response.status_code == 202
    queued = {
        "take": str(take),
        "seq": 0,
        "status": "queued",
        "text": None,
        "reason": None,
        "retriable": False,
        "offset_ms": 0,
        "duration_ms": 2000,
    }
    assert response.json() == queued
    assert await parts(candidate, interview) == [queued]
    [key] = await sounds(storage, interview)
    assert key.startswith(f"speech/{interview['id']}/{interview['current_question_id']}/{take}/0-")
    await listening(interview)
    assert await parts(candidate, interview) == [queued | {"status": "done", "text": "I led the migration."}]
    assert await sounds(storage, interview) == []
    assert (await candidate.read(interview["id"]))["version"] > before + 1
    [request] = gemini.requests
    [_, sound] = request["body"]["contents"][0]["parts"]
    assert "audio/wav" in sound["inlineData"].values()
    assert "instructions" in str(request["body"]["systemInstruction"])


async def test_parts_stand_as_they_were_spoken_whatever_order_they_arrive_in(
    candidate: Candidate, gemini: FakeGemini, listening: Listening
) -> None:
    interview = await willing(candidate)
    first, second = uuid4(), uuid4()
    said = [(first, 1, "b"), (first, 0, "a"), (second, 0, "c"), (first, 2, "d")]
    for number, (take, seq, _) in enumerate(said):
        audio = as_wav(tone(2.0, pitch=200 + 40 * number))
        assert (await send(candidate, interview, take, seq, audio)).status_code == 202
    gemini.hear(*(text for _, _, text in reversed(said)))
    await listening(interview)
    assert [(part["take"], part["text"]) for part in await parts(candidate, interview)] == [
        (str(first), "a"),
        (str(first), "b"),
        (str(first), "d"),
        (str(second), "c"),
    ]


@pytest.mark.parametrize("closing", ["answers", "skip", "complete", "abandon"])
async def test_late_text_is_dropped_with_its_sound(
    *,
    candidate: Candidate,
    gemini: FakeGemini,
    listening: Listening,
    storage: Storage,
    database: Database,
    closing: str,
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take)
    gemini.hear("too late")
    gemini.hold()
    working = asyncio.ensure_future(listening(interview))

    async def is_asked() -> Any:
        return gemini.requests

    await eventually(is_asked)
    if closing == "answers":
        await candidate.submit(interview)
    elif closing == "skip":
        await candidate.skip(interview)
    else:
        await candidate.post(interview, closing)
    gemini.let_go()
    await working
    part = await row(database, take)
    assert (part.status, part.text, part.has_audio) == ("dropped", None, False)
    assert await sounds(storage, interview) == []
    assert await parts(candidate, interview) == []
    repeated = await send(candidate, interview, take, question_id=interview["current_question_id"])
    assert (repeated.status_code, repeated.json()["status"]) == (202, "dropped")


async def test_text_of_a_question_that_was_left_out_is_kept_by_nobody(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, database: Database
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take)
    gemini.hear("something private")
    await listening(interview)
    assert (await row(database, take)).text == "something private"
    await candidate.skip(interview)
    part = await row(database, take)
    assert (part.status, part.text, part.words) == ("dropped", None, None)


FAULTS = [
    (Fault(kind="status", status=429, times=-1), "Gemini's rate limit was reached", 2),
    (Fault(kind="status", status=500, times=-1), "Gemini had a fault of its own (HTTP 500)", 2),
    (Fault(kind="hang", times=-1), "Gemini did not answer within", 2),
    (Fault(kind="truncated", times=-1), "Gemini's reply did not have the asked shape", 2),
    (Fault(kind="garbage", times=-1), "Gemini's reply did not have the asked shape", 2),
    (Fault(kind="empty", times=-1), "Gemini replied with nothing", 2),
    (Fault(kind="safety", times=-1), "Gemini's safety rules blocked", 1),
    (Fault(kind="quota_day", times=-1), "The Gemini quota for today is used up", 1),
    (Fault(kind="reply", body={"text": "story " * 60, "words": []}, times=-1), "The AI's transcript cannot be", 1),
    (Fault(kind="reply", body={"text": "a\x00b", "words": []}, times=-1), "The AI's transcript cannot be", 1),
]


@pytest.mark.parametrize(("fault", "reason", "asked"), FAULTS, ids=lambda value: getattr(value, "kind", None))
async def test_failure_is_told_and_can_be_tried_again(
    *,
    candidate: Candidate,
    gemini: FakeGemini,
    listening: Listening,
    with_gemini: InterviewSettings,
    storage: Storage,
    fault: Fault,
    reason: str,
    asked: int,
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take)
    gemini.next(fault)
    await listening(interview, using=facing(fault, with_gemini))
    assert len(gemini.requests) == asked
    [failed] = await parts(candidate, interview)
    assert (failed["status"], failed["text"], failed["retriable"]) == ("failed", None, True)
    assert failed["reason"].startswith(reason)
    assert len(await sounds(storage, interview)) == 1
    gemini.reset()
    gemini.hear("at last")
    again = await candidate.do("POST", f"{path_of(interview, take)}/retry")
    assert (again.status_code, again.json()["status"], again.json()["reason"]) == (202, "queued", None)
    await listening(interview)
    [done] = await parts(candidate, interview)
    assert (done["status"], done["text"], done["retriable"]) == ("done", "at last", False)
    assert await sounds(storage, interview) == []
    # Once it is text there is nothing to try again.
    assert (await candidate.do("POST", f"{path_of(interview, take)}/retry")).json() == done


@pytest.mark.parametrize(("fault", "times"), [("status", 1), ("truncated", 1), ("disconnect", 1)], ids=str)
async def test_passing_fault_is_not_even_noticed(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, fault: Any, times: int
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.hear("good evening to you")
    gemini.next(Fault(kind=fault, status=503, times=times))
    await listening(interview)
    [part] = await parts(candidate, interview)
    assert (part["status"], part["text"]) == ("done", "good evening to you")


async def test_silence_is_no_text_and_no_failure(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, database: Database
) -> None:
    interview = await willing(candidate)
    digital, nobody = uuid4(), uuid4()
    await send(candidate, interview, digital, audio=SILENCE)
    await send(candidate, interview, nobody)
    await listening(interview)
    assert [(part["status"], part["text"]) for part in await parts(candidate, interview)] == [("done", "")] * 2
    # Nobody is asked to find words in a recording that holds no sound.
    assert len(gemini.requests) == 1
    assert ((await row(database, digital)).provider, (await row(database, nobody)).provider) == (None, "gemini")


@pytest.mark.parametrize(
    ("audio", "reason"),
    [
        (WAV[:12] + b"\xff" * 400, "The recording could not be read"),
        (as_wav(tone(33.0)), "The recording is longer than 30 seconds"),
    ],
    ids=["no sound", "too long"],
)
async def test_recording_that_is_none_fails_for_good(
    *, candidate: Candidate, gemini: FakeGemini, listening: Listening, storage: Storage, audio: bytes, reason: str
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take, audio=audio)
    await listening(interview)
    [part] = await parts(candidate, interview)
    assert (part["status"], part["reason"], part["retriable"]) == ("failed", reason, False)
    assert await sounds(storage, interview) == []
    assert gemini.requests == []
    assert problem(await candidate.do("POST", f"{path_of(interview, take)}/retry")) == "speech-gone"


BAD_WORDS = {
    "backwards": [("well", 1.0, 1.2), ("done", 0.2, 0.4)],
    "ends before it begins": [("well", 1.0, 0.2), ("done", 1.2, 1.4)],
    "beyond the end": [("well", 0.1, 0.2), ("done", 2.0, 9.0)],
    "before the start": [("well", -1.0, 0.2), ("done", 0.2, 0.4)],
    "nothing": [("", 0.1, 0.2), ("done", 0.2, 0.4)],
    "none": [],
}


@pytest.mark.parametrize("name", BAD_WORDS)
async def test_times_that_cannot_be_are_left_out_and_the_text_is_kept(
    *, candidate: Candidate, gemini: FakeGemini, listening: Listening, database: Database, name: str
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take)
    words = [{"text": text, "start_s": start, "end_s": end} for text, start, end in BAD_WORDS[name]]
    gemini.next(Fault(kind="reply", body={"text": " Well  done. ", "words": words}))
    await listening(interview)
    part = await row(database, take)
    assert (part.status, part.text, part.words) == ("done", "Well done.", None)


async def test_consent_that_was_withdrawn_stops_what_was_sent_before(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, storage: Storage, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/audio_transcription")
    await listening(interview)
    [part] = await parts(candidate, interview)
    assert (part["status"], part["reason"]) == ("failed", "You have not agreed that this engine listens")
    assert gemini.requests == []
    await delete_needless_sounds(database, storage, timedelta(minutes=30))
    assert await sounds(storage, interview) == []


async def test_sound_does_not_outlive_the_consent_whatever_becomes_of_the_order(
    candidate: Candidate, storage: Storage, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    await delete_needless_sounds(database, storage, timedelta(minutes=30))
    assert len(await sounds(storage, interview)) == 1
    await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/audio_transcription")
    await delete_needless_sounds(database, storage, timedelta(minutes=30))
    assert await sounds(storage, interview) == []


async def test_consent_that_is_withdrawn_while_the_engine_listens_leaves_no_text(
    candidate: Candidate, storage: Storage, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())

    class Slow:
        provider = "gemini"

        async def transcribe(self, sound: Sound) -> Heard:  # noqa: ARG002 - as the port says
            await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/audio_transcription")
            return Heard(text="what nobody agreed to", words=None, model="a-model")

    [order] = await candidate.events("speech_received", interview)
    await listen(database, Listeners(storage, Slow()), LEASE, order, new_id(), last_try=False)
    [part] = await parts(candidate, interview)
    assert (part["status"], part["text"], part["retriable"]) == ("failed", None, False)
    assert await sounds(storage, interview) == []


async def test_engine_that_was_turned_off_is_said_so(
    candidate: Candidate, listening: Listening, settings: InterviewSettings
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    await listening(interview, using=settings)
    [part] = await parts(candidate, interview)
    assert (part["status"], part["reason"]) == ("failed", "This server no longer turns speech into text")


async def test_no_transaction_is_open_while_the_engine_listens(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.hear("hello")
    gemini.hold()
    working = asyncio.ensure_future(listening(interview))

    async def is_asked() -> Any:
        return gemini.requests

    await eventually(is_asked)
    async with database.transaction() as session:
        # Whoever listens holds no lock, so this does not wait.
        assert await interviews.lock(session, interview["id"]) is not None
        assert not working.done()
    gemini.let_go()
    await working


async def test_speech_travels_by_the_broker(
    *,
    candidate: Candidate,
    gemini: FakeGemini,
    working: Working,
    with_gemini: InterviewSettings,
    clean_queues: None,
) -> None:
    interview = await willing(candidate)
    gemini.hear("over the wire")
    async with working(with_gemini):
        await send(candidate, interview, uuid4())

        async def is_done() -> bool:
            return [part["text"] for part in await parts(candidate, interview)] == ["over the wire"]

        await eventually(is_done)

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from fake_gemini import API_KEY, FakeGemini, Fault
from fastapi import FastAPI
from interview.consumers import on_speech_received
from interview.main import create
from interview.models import Question, SpeechPart
from interview.queries import interviews
from interview.settings import InterviewSettings
from interview.sound import Sound
from interview.storage import Storage, storage_from
from interview.transcribers import Heard
from interview.use_cases import speech as speaking
from interview.use_cases.listening import Listeners, Sweeper, delete_needless_sounds, listen, republish_stuck
from interview.worker import resources
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import Delivery, WorkerContext
from sqlalchemy import select, update

from services.interview.tests.candidate import Candidate, events_of, eventually, problem
from services.interview.tests.fixtures import Opening, Working
from services.interview.tests.sounds import as_wav, recorded, tone
from services.interview.tests.test_outages import worker

LEASE = timedelta(minutes=3)
WAV = as_wav(tone(2.0))
OTHER_WAV = as_wav(tone(2.0, pitch=330))
SILENCE = as_wav(b"\0\0" * 32_000)

Listening = Callable[..., Awaitable[None]]


@pytest.fixture
def app(with_gemini: InterviewSettings) -> FastAPI:
    return create(with_gemini)


@pytest.fixture
def storage(settings: InterviewSettings) -> Storage:
    return storage_from(settings)


@pytest.fixture
def listening(with_gemini: InterviewSettings, database: Database) -> Listening:
    """Hand the worker every speech_received of an interview as they would come by post, the last first."""

    async def hand_over(interview: dict[str, Any], *, using: InterviewSettings = with_gemini, attempt: int = 1) -> None:
        events: list[Any] = await events_of(database, "speech_received", interview["id"])
        async with resources(using, database) as opened:
            for event in reversed(events):
                delivery = Delivery(
                    message_id=new_id(), attempt=attempt, max_attempts=6, traceparent=None, occurred_at=now()
                )
                await on_speech_received(WorkerContext(database, using, opened), event, delivery)

    return hand_over


def path_of(interview: dict[str, Any], take: object, seq: int = 0, question_id: str | None = None) -> str:
    question = question_id or interview["current_question_id"]
    return f"/interviews/{interview['id']}/questions/{question}/speech/{take}/{seq}"


async def send(
    candidate: Candidate, interview: dict[str, Any], take: object, seq: int = 0, audio: bytes = WAV, **options: Any
) -> httpx2.Response:
    query = {"offset_ms": seq * 2_000, "duration_ms": 2_000} | options.pop("query", {})
    kind = options.pop("kind", "audio/wav")
    address = path_of(interview, take, seq, options.pop("question_id", None))
    return await candidate.do("PUT", address, content=audio, params=query, headers={"Content-Type": kind})


async def willing(candidate: Candidate) -> dict[str, Any]:
    interview = await candidate.started()
    await candidate.consent(interview, "audio_transcription")
    return interview


async def parts(candidate: Candidate, interview: dict[str, Any]) -> list[dict[str, Any]]:
    found = await candidate.read(interview["id"])
    return [part for question in found["questions"] for part in question["speech"]]


async def row(database: Database, take: object) -> SpeechPart:
    async with database.transaction() as session:
        return (await session.scalars(select(SpeechPart).where(SpeechPart.take == take))).one()


async def sounds(storage: Storage, interview: dict[str, Any]) -> list[str]:
    return [stored.key async for stored in storage.list(f"speech/{interview['id']}")]


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


async def test_same_part_twice_is_one_and_another_under_its_number_is_refused(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, storage: Storage
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    first = await send(candidate, interview, take)
    again = await asyncio.gather(*(send(candidate, interview, take) for _ in range(5)))
    assert {response.status_code for response in again} == {202}
    assert all(response.json() == first.json() for response in again)
    other = await send(candidate, interview, take, audio=OTHER_WAV)
    assert (other.status_code, problem(other)) == (409, "part-differs")
    [key] = await sounds(storage, interview)
    assert await storage.get(key) == WAV
    assert len(await candidate.events("speech_received", interview)) == 1
    gemini.hear("once")
    await listening(interview)
    assert (await send(candidate, interview, take)).json()["text"] == "once"
    assert await sounds(storage, interview) == []


@pytest.mark.parametrize(
    ("audio", "kind", "query", "status", "type_"),
    [
        (b"", "audio/wav", {}, 415, "audio-not-recognised"),
        (b"<html>" * 50, "audio/wav", {}, 415, "audio-not-recognised"),
        (WAV, "audio/webm", {}, 415, "audio-not-recognised"),
        (WAV, "text/plain", {}, 415, "audio-not-recognised"),
        (WAV, "video/mp4", {}, 415, "audio-not-recognised"),
        (WAV, "", {}, 415, "audio-not-recognised"),
        (WAV, "audio/wav", {"duration_ms": 0}, 422, "speech-time-impossible"),
        (WAV, "audio/wav", {"duration_ms": 40_000}, 422, "speech-time-impossible"),
        (WAV, "audio/wav", {"duration_ms": -1}, 422, "validation"),
        (WAV, "audio/wav", {"duration_ms": "long"}, 422, "validation"),
        (WAV, "audio/wav", {"duration_ms": 10**30}, 422, "speech-time-impossible"),
        (WAV, "audio/wav", {"offset_ms": 3_600_000}, 422, "speech-time-impossible"),
        (WAV, "audio/wav", {"offset_ms": 10**30}, 422, "speech-time-impossible"),
        (WAV, "audio/wav", {"offset_ms": -1}, 422, "validation"),
        (b"RIFF" + b"x" * (6 * 1024 * 1024), "audio/wav", {}, 413, "payload-too-large"),
    ],
)
async def test_what_cannot_be_a_part_is_refused_and_leaves_nothing(
    *,
    candidate: Candidate,
    storage: Storage,
    audio: bytes,
    kind: str,
    query: dict[str, Any],
    status: int,
    type_: str,
) -> None:
    interview = await willing(candidate)
    response = await send(candidate, interview, uuid4(), audio=audio, kind=kind, query=query)
    assert (response.status_code, problem(response)) == (status, type_)
    assert await parts(candidate, interview) == []
    assert await sounds(storage, interview) == []
    assert await candidate.events("speech_received", interview) == []


@pytest.mark.parametrize("seq", [-1, 10_000])
async def test_absurd_numbers_are_refused(candidate: Candidate, seq: int) -> None:
    interview = await willing(candidate)
    response = await send(candidate, interview, uuid4(), seq, query={"offset_ms": 0})
    assert problem(response) == "validation"
    assert problem(await send(candidate, interview, "not-an-id")) == "validation"


async def test_nobody_is_listened_to_without_consent(candidate: Candidate) -> None:
    interview = await candidate.started()
    response = await send(candidate, interview, uuid4())
    assert (response.status_code, problem(response)) == (409, "consent-missing")
    assert response.json()["capture"] == "audio_transcription"


async def test_consent_to_one_engine_is_none_to_another(
    candidate: Candidate, opened: Opening, settings: InterviewSettings, database: Database
) -> None:
    interview = await candidate.started()
    path = f"/interviews/{interview['id']}/consents/audio_transcription"
    async with opened() as without_an_engine:
        agreed = await without_an_engine.put(path, json={"version": "1-browser"}, headers=candidate.headers)
        assert agreed.status_code == 200
    assert problem(await send(candidate, interview, uuid4())) == "consent-missing"


async def test_without_an_engine_nothing_is_taken(candidate: Candidate, opened: Opening) -> None:
    interview = await willing(candidate)
    async with opened() as client:
        address = path_of(interview, uuid4())
        headers = candidate.headers | {"Content-Type": "audio/wav"}
        query = {"offset_ms": 0, "duration_ms": 2_000}
        response = await client.put(address, content=WAV, params=query, headers=headers)
        assert (response.status_code, problem(response)) == (409, "speech-not-offered")
        room = (await client.get("/room", headers=candidate.headers)).json()
        assert room["speech"] == {"server": None}


async def test_room_says_who_listens_and_where_the_voice_goes(candidate: Candidate) -> None:
    server = (await candidate.do("GET", "/room")).json()["speech"]["server"]
    assert server["provider"] == "gemini"
    assert "gemini-3.5-flash-lite" in server["label"]
    assert "Google" in server["place"]


async def test_only_the_open_question_is_listened_to(candidate: Candidate) -> None:
    interview = await willing(candidate)
    for question in interview["questions"][1:]:
        response = await send(candidate, interview, uuid4(), question_id=question["id"])
        assert problem(response) == "question-not-open"
    await candidate.submit(interview)
    response = await send(candidate, interview, uuid4(), question_id=interview["questions"][0]["id"])
    assert problem(response) == "question-not-open"


async def test_somebody_elses_speech_does_not_exist(candidate: Candidate, stranger: Candidate) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take)
    assert problem(await send(stranger, interview, take)) == "interview-not-found"
    retry = f"{path_of(interview, take)}/retry"
    assert problem(await stranger.do("POST", retry)) == "interview-not-found"
    assert problem(await candidate.do("POST", f"{path_of(interview, uuid4())}/retry")) == "speech-not-found"


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
    gemini.latency = 0.5
    try:
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
        await working
    finally:
        gemini.latency = 0.0
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
    storage: Storage,
    fault: Fault,
    reason: str,
    asked: int,
) -> None:
    interview = await willing(candidate)
    take = uuid4()
    await send(candidate, interview, take)
    gemini.next(fault)
    await listening(interview)
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
    gemini.latency = 0.3
    try:
        await asyncio.gather(listening(interview), listening(interview))
    finally:
        gemini.latency = 0.0
    assert [part["text"] for part in await parts(candidate, interview)] == ["once"]
    assert len(gemini.requests) == 1


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


class Watched:
    """A storage that does something whenever a sound is put into it."""

    def __init__(self, storage: Storage, on_put: Callable[[], Awaitable[None]]) -> None:
        self._storage = storage
        self._on_put = on_put

    async def put(self, key: str, data: bytes) -> None:
        await self._on_put()
        await self._storage.put(key, data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)


async def test_no_transaction_is_open_while_a_sound_is_stored(app: FastAPI, candidate: Candidate) -> None:
    interview = await willing(candidate)
    pool = app.state.database.engine.pool
    seen = []

    async def look() -> None:
        seen.append(pool.checkedout())

    app.state.storage = Watched(app.state.storage, look)
    assert (await send(candidate, interview, uuid4())).status_code == 202
    assert seen == [0]


async def test_question_that_is_closed_while_a_sound_is_stored_leaves_nothing(
    app: FastAPI, candidate: Candidate, storage: Storage
) -> None:
    interview = await willing(candidate)

    async def skip() -> None:
        await candidate.skip(interview)

    app.state.storage = Watched(app.state.storage, skip)
    response = await send(candidate, interview, uuid4())
    assert problem(response) == "question-not-open"
    assert await sounds(storage, interview) == []


async def test_two_sounds_at_once_under_one_number_leave_the_one_that_was_taken(
    app: FastAPI, candidate: Candidate, storage: Storage
) -> None:
    interview = await willing(candidate)
    both = asyncio.Barrier(2)

    async def wait() -> None:
        await both.wait()

    app.state.storage = Watched(app.state.storage, wait)
    take = uuid4()
    answers = await asyncio.gather(*(send(candidate, interview, take, audio=audio) for audio in (WAV, OTHER_WAV)))
    assert sorted(answer.status_code for answer in answers) == [202, 409]
    [key] = await sounds(storage, interview)
    assert await storage.get(key) == (WAV if answers[0].status_code == 202 else OTHER_WAV)


async def test_question_that_was_asked_long_ago_takes_no_absurd_offset(
    candidate: Candidate, database: Database
) -> None:
    interview = await willing(candidate)
    async with database.transaction() as session:
        await session.execute(
            update(Question)
            .where(Question.id == UUID(interview["current_question_id"]))
            .values(asked_at=now() - timedelta(days=60))
        )
    response = await send(candidate, interview, uuid4(), query={"offset_ms": 2**31})
    assert problem(response) == "speech-time-impossible"


async def test_question_takes_only_so_much_speech(candidate: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "MOST_PARTS", 2)
    interview = await willing(candidate)
    take = uuid4()
    answers = [await send(candidate, interview, take, seq) for seq in range(3)]
    assert [response.status_code for response in answers] == [202, 202, 409]
    assert problem(answers[-1]) == "speech-full"
    assert (await send(candidate, interview, take, 0)).status_code == 202


async def test_no_transaction_is_open_while_the_engine_listens(
    candidate: Candidate, gemini: FakeGemini, listening: Listening, database: Database
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.hear("hello")
    gemini.latency = 0.5
    try:
        working = asyncio.ensure_future(listening(interview))

        async def is_asked() -> Any:
            return gemini.requests

        await eventually(is_asked)
        async with database.transaction() as session:
            # Whoever listens holds no lock, so this does not wait.
            assert await interviews.lock(session, interview["id"]) is not None
            assert not working.done()
        await working
    finally:
        gemini.latency = 0.0


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
    gemini.latency = 1.5
    try:
        async with worker(environment) as first:
            await send(candidate, interview, uuid4())

            async def is_listening() -> bool:
                # Gemini is also asked for the questions, which may have waited in the queue.
                heard = any("inlineData" in str(request) for request in gemini.requests)
                return heard and [part["status"] for part in await parts(candidate, interview)] == ["running"]

            await eventually(is_listening, within=30)
            first.kill()
            await first.wait()
        gemini.latency = 0.0
        async with worker(environment):

            async def is_done() -> bool:
                return [part["text"] for part in await parts(candidate, interview)] == ["said once"]

            await eventually(is_done, within=30)

            async def is_quiet() -> bool:
                return await sounds(storage, interview) == []

            await eventually(is_quiet)
    finally:
        gemini.latency = 0.0


async def lapse(database: Database) -> None:
    """Let the time that listening may take be over."""
    async with database.transaction() as session:
        await session.execute(update(SpeechPart).values(due_at=now() - timedelta(seconds=1)))

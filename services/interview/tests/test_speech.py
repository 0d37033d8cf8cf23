"""Sending what was spoken: what the service takes, and from whom."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fake_gemini import FakeGemini
from fastapi import FastAPI
from interview.models import Question
from interview.settings import InterviewSettings
from interview.storage import Storage
from interview.use_cases import speech as speaking
from kit.clock import now
from kit.database import Database
from sqlalchemy import update

from services.interview.tests.candidate import Candidate, nobody_holds, problem
from services.interview.tests.fixtures import Listening, Opening
from services.interview.tests.speaking import OTHER_WAV, WAV, app, parts, path_of, send, sounds, willing

__all__ = ["app"]


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
        seen.append(await nobody_holds(pool))

    app.state.storage = Watched(app.state.storage, look)
    assert (await send(candidate, interview, uuid4())).status_code == 202
    assert seen == [True]


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

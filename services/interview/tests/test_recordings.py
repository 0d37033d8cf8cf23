"""Recording through the API: what is kept, what is refused, and who may see it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from interview.models import Recording
from interview.settings import InterviewSettings
from interview.storage import ObjectStorage, Storage, StorageUnavailable
from kit.clock import now
from kit.database import Database
from sqlalchemy import event, update
from sqlalchemy.pool import AsyncAdaptedQueuePool

from services.interview.tests.candidate import Candidate, nobody_holds, problem
from services.interview.tests.fixtures import Assembling, Opening
from services.interview.tests.media import cut, frame_at, has_duration, recorded, seconds_of
from services.interview.tests.recorder import Recorder, agree, content_digest, take_back
from services.interview.tests.s3 import S3Server
from services.interview.tests.test_ownership import private_routes


async def test_recording_arrives_in_chunks_and_can_be_watched_and_seeked(
    recorder: Recorder, assemble: Assembling
) -> None:
    source = recorded(seconds=8)
    assert not has_duration(source), "the source must be as a browser makes it"
    await recorder.completed(cut(source, 5))
    assert (await recorder.read())["status"] == "assembling"
    assert problem(await recorder.video()) == "recording-not-ready"
    await assemble(recorder.interview["id"])

    found = await recorder.read()
    assert (found["status"], found["open"], found["missing"], found["failure"]) == ("ready", False, [], None)
    assert found["duration_s"] == pytest.approx(8, abs=0.2)
    whole = await recorder.video()
    assert (whole.status_code, whole.headers["content-type"]) == (200, "video/webm")
    assert whole.headers["cache-control"] == "private, no-store"
    assert len(whole.content) == found["size_bytes"] == int(whole.headers["content-length"])
    assert seconds_of(whole.content) == pytest.approx(8, abs=0.2)
    assert frame_at(whole.content, 4.5) == pytest.approx(4, abs=0.6)

    part = await recorder.video(range="bytes=100-299")
    assert (part.status_code, part.content) == (206, whole.content[100:300])
    assert part.headers["content-range"] == f"bytes 100-299/{found['size_bytes']}"
    tail = await recorder.video(range="bytes=-50")
    assert tail.content == whole.content[-50:]
    assert problem(await recorder.video(range="bytes=99999999-")) == "range-not-satisfiable"


async def test_recording_works_the_same_in_a_bucket(
    limited: Any, s3: S3Server, settings: InterviewSettings, assemble: Assembling
) -> None:
    using = InterviewSettings.model_validate(settings.model_dump() | s3.settings)
    async with limited(**{name: getattr(using, name) for name in s3.settings}) as recorder:
        await recorder.completed(cut(recorded(), 3))
        await assemble(recorder.interview["id"], using=using)
        assert (await recorder.read())["status"] == "ready"
        part = await recorder.video(range="bytes=0-99")
        assert (part.status_code, len(part.content)) == (206, 100)
        assert seconds_of((await recorder.video()).content) == pytest.approx(6, abs=0.2)


async def test_safari_records_mp4(candidate: Candidate, database: Database, assemble: Assembling) -> None:
    interview = await candidate.started()
    await agree(database, interview)
    recorder = await Recorder(candidate, interview, "video/mp4;codecs=vp09,opus").begun()
    await recorder.completed(cut(recorded(container="mp4"), 4))
    await assemble(interview["id"])
    video = await recorder.video()
    assert video.headers["content-type"] == "video/mp4"
    assert video.content.index(b"moov") < video.content.index(b"mdat"), "the index stands before the pictures"
    assert seconds_of(video.content) == pytest.approx(6, abs=0.2)


async def test_beginning_twice_finds_the_first(recorder: Recorder) -> None:
    again = await recorder.begin()
    assert (again.status_code, again.json()["id"]) == (200, recorder.id)
    other = await recorder.begin(content_type="video/mp4")
    assert (other.status_code, problem(other)) == (409, "recording-differs")


async def test_beginning_at_once_from_two_windows_is_one_recording(candidate: Candidate, database: Database) -> None:
    interview = await candidate.started()
    await agree(database, interview)
    recorder = Recorder(candidate, interview)
    answers = await asyncio.gather(*(recorder.begin() for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]


@pytest.mark.parametrize("content_type", ["audio/webm", "video/quicktime", "text/html", "video", "x"])
async def test_what_is_no_video_is_not_begun(candidate: Candidate, database: Database, content_type: str) -> None:
    interview = await candidate.started()
    await agree(database, interview)
    refused = await Recorder(candidate, interview, content_type).begin()
    assert (refused.status_code, problem(refused)) == (415, "video-not-recognised")


@pytest.mark.parametrize("shift", [timedelta(hours=1), timedelta(days=-2)])
async def test_recording_cannot_begin_in_the_future_or_before_the_interview(
    candidate: Candidate, database: Database, shift: timedelta
) -> None:
    interview = await candidate.started()
    await agree(database, interview)
    refused = await Recorder(candidate, interview).begin(started_at=(now() + shift).isoformat())
    assert (refused.status_code, problem(refused)) == (422, "recording-time-impossible")


async def test_nothing_is_recorded_without_consent(candidate: Candidate) -> None:
    interview = await candidate.started()
    refused = await Recorder(candidate, interview).begin()
    assert (refused.status_code, problem(refused)) == (409, "consent-missing")
    assert refused.json()["capture"] == "video_recording"


async def test_consent_taken_back_in_the_middle_stops_it_and_keeps_what_was_sent(
    recorder: Recorder, database: Database, assemble: Assembling
) -> None:
    chunks = cut(recorded(), 4)
    await recorder.sent(chunks[:3])
    await take_back(database, recorder.interview)
    refused = await recorder.send(3, chunks[3])
    assert (refused.status_code, problem(refused)) == (409, "consent-missing")
    # What was recorded while there was consent is the candidate's, to watch or to delete.
    assert (await recorder.complete(3)).status_code == 202
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"


async def test_consent_to_thirty_days_is_none_to_ninety(
    candidate: Candidate, database: Database, opened: Opening
) -> None:
    interview = await candidate.started()
    await agree(database, interview)
    async with opened(recording_retention_days=90) as client:
        candidate.client = client
        refused = await Recorder(candidate, interview).begin()
        assert (refused.status_code, problem(refused)) == (409, "consent-missing")
        await candidate.consent(interview, "video_recording")
        assert (await Recorder(candidate, interview).begin()).status_code == 201


async def test_chunk_twice_is_once(recorder: Recorder) -> None:
    first = await recorder.send(0, recorded()[:500])
    again = await recorder.send(0, recorded()[:500])
    assert first.json() == again.json() == {"received_chunks": 1, "received_bytes": 500}


async def test_other_chunk_under_the_same_number_is_refused_and_the_first_is_kept(
    recorder: Recorder, assemble: Assembling
) -> None:
    chunks = cut(recorded(), 3)
    await recorder.sent(chunks)
    refused = await recorder.send(1, b"something else")
    assert (refused.status_code, problem(refused)) == (409, "chunk-differs")
    await recorder.complete(3)
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["duration_s"] == pytest.approx(6, abs=0.2)


async def test_two_chunks_that_claim_one_number_at_once_leave_one_whole(
    app: FastAPI, recorder: Recorder, assemble: Assembling
) -> None:
    chunks = cut(recorded(), 3)
    wrong = b"x" * len(chunks[1])

    class Overtaken(ObjectStorage):
        async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
            if data == wrong:
                assert (await recorder.send(1, chunks[1])).status_code == 200
            await super().put(key, data)

    await recorder.sent(chunks[:1])
    await recorder.send(2, chunks[2])
    app.state.storage = Overtaken(app.state.storage._store)
    refused = await recorder.send(1, wrong)
    assert (refused.status_code, problem(refused)) == (409, "chunk-differs")
    await recorder.complete(3)
    await assemble(recorder.interview["id"])
    video = (await recorder.video()).content
    assert [round(frame_at(video, second)) for second in (0, 2.5, 4.5)] == [0, 2, 4]


async def test_chunk_that_lost_its_number_takes_no_room(app: FastAPI, recorder: Recorder) -> None:
    chunks = cut(recorded(), 3)

    class Overtaken(ObjectStorage):
        async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
            if data == b"wrong":
                assert (await recorder.send(1, chunks[1])).status_code == 200
            await super().put(key, data)

    await recorder.sent(chunks[:1])
    app.state.storage = Overtaken(app.state.storage._store)
    assert problem(await recorder.send(1, b"wrong")) == "chunk-differs"
    kept = [stored.size async for stored in app.state.storage.list(f"recordings/{recorder.id}")]
    assert sorted(kept) == sorted(len(chunk) for chunk in chunks[:2])


async def test_same_chunk_many_times_at_once_counts_once(recorder: Recorder) -> None:
    chunk = recorded()[:900]
    answers = await asyncio.gather(*(recorder.send(0, chunk) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    found = await recorder.read()
    assert (found["received_chunks"], found["size_bytes"]) == (1, 900)


async def test_chunks_in_any_order_make_the_same_video(recorder: Recorder, assemble: Assembling) -> None:
    chunks = cut(recorded(), 6)
    for seq in (5, 0, 3, 1, 4, 2):
        assert (await recorder.send(seq, chunks[seq])).status_code == 200
    assert (await recorder.complete(6)).status_code == 202
    await assemble(recorder.interview["id"])
    assert seconds_of((await recorder.video()).content) == pytest.approx(6, abs=0.2)


async def test_missing_chunks_are_named_and_can_still_come(recorder: Recorder, assemble: Assembling) -> None:
    chunks = cut(recorded(), 6)
    for seq in (0, 2, 5):
        await recorder.send(seq, chunks[seq])
    assert (await recorder.read())["missing"] == [1, 3, 4]
    refused = await recorder.complete(6)
    assert (refused.status_code, problem(refused)) == (409, "chunks-missing")
    assert refused.json()["missing"] == [1, 3, 4]
    assert (await recorder.complete(8)).json()["missing"] == [1, 3, 4, 6, 7]
    assert problem(await recorder.complete(3)) == "chunk-out-of-range"
    for seq in (1, 3, 4):
        await recorder.send(seq, chunks[seq])
    assert (await recorder.complete(6)).status_code == 202
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"


async def test_of_many_missing_chunks_the_first_hundred_are_named(recorder: Recorder) -> None:
    await recorder.send(0, recorded()[:400])
    assert (await recorder.complete(5_000)).json()["missing"] == list(range(1, 101))


async def test_completing_twice_is_once(recorder: Recorder) -> None:
    chunks = cut(recorded(), 2)
    await recorder.completed(chunks)
    again = await recorder.complete(2)
    assert (again.status_code, again.json()["status"]) == (202, "assembling")
    assert len(await recorder.candidate.events("recording_completed", recorder.interview)) == 1
    other = await recorder.complete(3)
    assert (other.status_code, problem(other)) == (409, "recording-closed")


async def test_chunk_after_the_end_is_refused(recorder: Recorder) -> None:
    chunks = cut(recorded(), 2)
    await recorder.completed(chunks)
    late = await recorder.send(2, b"late")
    assert (late.status_code, problem(late)) == (409, "recording-closed")
    # A repeat of one that is there is still the same chunk: its reply was lost.
    assert (await recorder.send(1, chunks[1])).status_code == 200


async def test_first_chunk_that_is_no_video_is_refused(recorder: Recorder) -> None:
    for content in (b"<html>not a video at all</html>", b"\x00" * 64, b"\x1a\x45", recorded(container="mp4")[:500]):
        refused = await recorder.send(0, content)
        assert (refused.status_code, problem(refused)) == (415, "video-not-recognised"), content[:8]
    assert (await recorder.read())["received_chunks"] == 0


async def test_damaged_chunk_is_noticed(recorder: Recorder) -> None:
    chunk = recorded()[:800]
    for digest in (content_digest(b"other"), "sha-256=:AAAA:", "nonsense"):
        refused = await recorder.send(0, chunk, content_digest=digest)
        assert (refused.status_code, problem(refused)) == (422, "digest-differs")
    assert (await recorder.send(0, chunk, content_digest=f"sha-512=:AAAA:, {content_digest(chunk)}")).status_code == 200


@pytest.mark.parametrize("seq", [-1, 1_000_000, 2**31, 10**30])
async def test_number_out_of_range_is_refused(recorder: Recorder, seq: int) -> None:
    refused = await recorder.send(seq, b"x")
    assert (refused.status_code, problem(refused)) == (422, "chunk-out-of-range")


async def test_empty_chunk_is_refused(recorder: Recorder) -> None:
    refused = await recorder.send(0, b"")
    assert (refused.status_code, problem(refused)) == (422, "chunk-empty")


async def test_somebody_elses_recording_does_not_exist_on_any_route(
    settings: InterviewSettings, recorder: Recorder, stranger: Candidate, database: Database, assemble: Assembling
) -> None:
    await recorder.completed(cut(recorded(), 2))
    await assemble(recorder.interview["id"])
    before = await recorder.read()
    own = await stranger.started()
    await agree(database, own)
    bodies = {
        "{recording_id}": {"content_type": recorder.content_type, "started_at": now().isoformat()},
        "complete": {"chunks": 2},
    }
    routes = [(method, path) for method, path in private_routes(settings) if "{recording_id}" in path]
    assert len(routes) == 6
    for interview_id in (recorder.interview["id"], own["id"]):
        for method, path in routes:
            address = path.format(interview_id=interview_id, recording_id=recorder.id, seq=0)
            refused = await stranger.do(method, address, bodies.get(path.rsplit("/", 1)[-1]))
            expected = "recording-not-found"
            if method == "PUT" and address.endswith(recorder.id) and interview_id != own["id"]:
                expected = "interview-not-found"
            if address.endswith("/chunks/0"):
                refused = await stranger.do(method, address, content=b"chunk")
            assert (refused.status_code, problem(refused)) == (404, expected), (method, path)
    assert (
        problem(await stranger.do("GET", f"/interviews/{recorder.interview['id']}/recordings")) == "interview-not-found"
    )
    assert (await stranger.do("GET", "/recordings")).json()["recordings"] == []
    assert (await stranger.do("DELETE", "/recordings")).status_code == 204
    assert await recorder.read() == before


async def test_own_interview_does_not_open_the_recording_of_another(recorder: Recorder, candidate: Candidate) -> None:
    other = await candidate.started()
    refused = await candidate.do("GET", f"/interviews/{other['id']}/recordings/{recorder.id}")
    assert (refused.status_code, problem(refused)) == (404, "recording-not-found")


async def test_candidate_sees_all_recordings_and_what_they_take(
    recorder: Recorder, candidate: Candidate, settings: InterviewSettings
) -> None:
    await recorder.sent([recorded()[:700]])
    second = await Recorder(candidate, recorder.interview).begun()
    listed = (await candidate.do("GET", "/recordings")).json()
    assert (listed["used_bytes"], listed["quota_bytes"]) == (700, settings.recording_quota_bytes)
    assert listed["retention_days"] == 30
    assert [one["id"] for one in listed["recordings"]] == [second.id, recorder.id]
    assert listed["recordings"][0]["role_title"] == recorder.interview["role"]["title"]
    of_interview = (await candidate.do("GET", f"/interviews/{recorder.interview['id']}/recordings")).json()
    assert [one["id"] for one in of_interview] == [recorder.id, second.id]


async def test_list_of_many_recordings_takes_no_more_queries_than_of_one(
    app: FastAPI, candidate: Candidate, database: Database
) -> None:
    interview = await candidate.started()
    await agree(database, interview)
    asked: list[str] = []
    event.listen(app.state.database.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for _ in range(3):
        await (await Recorder(candidate, interview).begun()).sent(cut(recorded(), 3)[:2])
        for path in ("/recordings", f"/interviews/{interview['id']}/recordings"):
            asked.clear()
            assert (await candidate.do("GET", path)).status_code == 200
            counts.append(len(asked))
    assert counts == counts[:2] * 3


async def test_room_says_how_much_may_be_recorded(
    recorder: Recorder, candidate: Candidate, settings: InterviewSettings
) -> None:
    await recorder.sent([recorded()[:700]])
    assert (await candidate.do("GET", "/room")).json()["recording"] == {
        "chunk_max_bytes": settings.recording_chunk_max_bytes,
        "max_bytes": settings.recording_max_bytes,
        "max_seconds": settings.recording_max_seconds,
        "quota_bytes": settings.recording_quota_bytes,
        "used_bytes": 700,
        "retention_days": settings.recording_retention_days,
    }


async def test_deleted_recording_is_gone_for_everybody(recorder: Recorder, assemble: Assembling) -> None:
    await recorder.completed(cut(recorded(), 2))
    await assemble(recorder.interview["id"])
    assert (await recorder.delete()).status_code == 204
    for refused in (
        await recorder.delete(),
        await recorder.video(),
        await recorder.begin(),
        await recorder.send(0, recorded()[:10]),
        await recorder.complete(2),
    ):
        assert (refused.status_code, problem(refused)) == (404, "recording-not-found")
    assert (await recorder.candidate.do("GET", "/recordings")).json()["used_bytes"] == 0


async def test_all_recordings_are_deleted_at_once(recorder: Recorder, candidate: Candidate) -> None:
    await Recorder(candidate, recorder.interview).begun()
    assert (await candidate.do("DELETE", "/recordings")).status_code == 204
    assert (await candidate.do("GET", "/recordings")).json()["recordings"] == []
    assert (await candidate.do("DELETE", "/recordings")).status_code == 204


class Away(ObjectStorage):
    """A storage that is away whenever the test says so."""

    def __init__(self, real: ObjectStorage) -> None:
        super().__init__(real._store)
        self.is_away = False

    async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
        if self.is_away:
            raise StorageUnavailable
        await super().put(key, data)

    async def size(self, key: str) -> int:
        if self.is_away:
            raise StorageUnavailable
        return await super().size(key)


async def test_storage_away_in_the_middle_loses_nothing(app: FastAPI, recorder: Recorder, assemble: Assembling) -> None:
    app.state.storage = away = Away(app.state.storage)
    chunks = cut(recorded(), 3)
    await recorder.sent(chunks[:2])
    away.is_away = True
    refused = await recorder.send(2, chunks[2])
    assert (refused.status_code, problem(refused)) == (503, "storage-unavailable")
    assert refused.headers["retry-after"]
    assert (await recorder.read())["received_chunks"] == 2
    away.is_away = False
    assert (await recorder.send(2, chunks[2])).status_code == 200
    await recorder.complete(3)
    await assemble(recorder.interview["id"])
    away.is_away = True
    refused = await recorder.video()
    assert (refused.status_code, problem(refused)) == (503, "storage-unavailable")
    away.is_away = False
    assert (await recorder.video()).status_code == 200


async def test_no_transaction_is_open_while_a_chunk_is_stored(app: FastAPI, recorder: Recorder) -> None:
    pool = app.state.database.engine.pool
    assert isinstance(pool, AsyncAdaptedQueuePool)
    seen = []

    class Watched(Away):
        async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
            seen.append(await nobody_holds(pool))
            await super().put(key, data)

    storage: Storage = Watched(app.state.storage)
    app.state.storage = storage
    assert (await recorder.send(0, recorded()[:500])).status_code == 200
    assert seen == [True]


async def test_deleted_while_a_chunk_is_stored_is_told_so(app: FastAPI, recorder: Recorder, database: Database) -> None:
    class Slow(Away):
        async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
            async with database.transaction() as session:
                await session.execute(
                    update(Recording).where(Recording.id == UUID(recorder.id)).values(deleted_at=now())
                )
            await super().put(key, data)

    app.state.storage = Slow(app.state.storage)
    refused = await recorder.send(0, recorded()[:500])
    assert (refused.status_code, problem(refused)) == (404, "recording-not-found")


async def test_body_that_is_no_recording_is_refused(recorder: Recorder) -> None:
    for body in ({}, {"content_type": "video/webm"}, {"content_type": "", "started_at": "now"}, {"chunks": 1}):
        refused = await recorder.candidate.do("PUT", recorder.path, body)
        assert (refused.status_code, problem(refused)) == (422, "validation")
    for chunks in (0, -1, "many", 10**30):
        refused = await recorder.candidate.do("POST", f"{recorder.path}/complete", {"chunks": chunks})
        assert (refused.status_code, problem(refused)) == (422, "validation")


async def test_document_names_every_problem(client: httpx2.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    sending = document["paths"]["/interviews/{interview_id}/recordings/{recording_id}/chunks/{seq}"]["put"]
    kinds = {
        kind.rsplit(":", 1)[-1]
        for response in sending["responses"].values()
        for kind in response.get("x-problem-types", [])
    }
    assert kinds >= {"chunk-differs", "recording-closed", "quota-exceeded", "digest-differs", "storage-unavailable"}
    assert "video/webm" in sending["requestBody"]["content"]

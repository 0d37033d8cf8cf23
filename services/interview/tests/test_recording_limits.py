"""How much may be recorded: seconds, bytes, chunks, recordings of one interview, and all of one person's."""

from datetime import timedelta
from typing import Any

from interview.models import Recording
from kit.clock import now
from kit.database import Database
from sqlalchemy import update

from services.interview.tests.candidate import problem
from services.interview.tests.fixtures import Assembling
from services.interview.tests.media import cut, recorded
from services.interview.tests.recorder import Recorder


async def test_three_hours_are_refused_after_two(limited: Any, database: Database) -> None:
    async with limited(recording_max_seconds=120) as recorder:
        assert (await recorder.send(120 + 59, b"a chunk a second")).status_code == 200
        refused = await recorder.send(120 + 60, b"one more")
        assert (refused.status_code, problem(refused)) == (413, "recording-too-long")
        assert refused.json()["max_seconds"] == 120
        # Whoever sends few long chunks is not quicker than the clock.
        async with database.transaction() as session:
            await session.execute(update(Recording).values(created_at=now() - timedelta(days=1, seconds=121)))
        assert problem(await recorder.send(1, b"slowly")) == "recording-too-long"


async def test_recording_that_is_too_large_stops_and_stays(limited: Any, assemble: Assembling) -> None:
    chunks = cut(recorded(), 4)
    async with limited(recording_max_bytes=sum(map(len, chunks[:3]))) as recorder:
        await recorder.sent(chunks[:3])
        refused = await recorder.send(3, chunks[3])
        assert (refused.status_code, problem(refused)) == (413, "recording-too-large")
        assert (await recorder.complete(3)).status_code == 202
        await assemble(recorder.interview["id"])
        assert (await recorder.read())["status"] == "ready"


async def test_chunk_that_is_too_large_is_refused(limited: Any) -> None:
    async with limited(recording_chunk_max_bytes=2_000) as recorder:
        refused = await recorder.send(0, recorded()[:2_001])
        assert (refused.status_code, problem(refused)) == (413, "payload-too-large")
        assert (await recorder.send(0, recorded()[:2_000])).status_code == 200


async def test_quota_counts_all_recordings_and_deleting_makes_room(limited: Any) -> None:
    async with limited(recording_quota_bytes=1_500) as recorder:
        chunk = recorded()[:1_000]
        await recorder.sent([chunk])
        second = await Recorder(recorder.candidate, recorder.interview).begun()
        refused = await second.send(0, chunk)
        assert (refused.status_code, problem(refused)) == (413, "quota-exceeded")
        assert (refused.json()["used_bytes"], refused.json()["quota_bytes"]) == (1_000, 1_500)
        assert (await recorder.delete()).status_code == 204
        assert (await second.send(0, chunk)).status_code == 200


async def test_interview_has_so_many_recordings_and_no_more(limited: Any) -> None:
    async with limited(recording_max_per_interview=2) as recorder:
        await Recorder(recorder.candidate, recorder.interview).begun()
        refused = await Recorder(recorder.candidate, recorder.interview).begin()
        assert (refused.status_code, problem(refused)) == (409, "recordings-full")

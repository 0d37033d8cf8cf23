"""Making a video of chunks: dead workers, repeats, bad files, a storage that is away."""

import asyncio
import os
import resource
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from interview.models import Recording, RecordingChunk
from interview.settings import InterviewSettings
from interview.storage import ObjectStorage, StorageUnavailable, storage_from
from interview.use_cases import assembly
from interview.use_cases.assembly import SCRATCH_PREFIX, republish_stuck
from interview.use_cases.recording_upkeep import clear_deleted, close_idle, look_after
from interview.video import Video
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from sqlalchemy import func, select, update
from sqlalchemy.pool import AsyncAdaptedQueuePool

from services.interview.tests.candidate import eventually, nobody_holds, problem
from services.interview.tests.fixtures import Assembling, Working
from services.interview.tests.media import cut, padded, recorded, seconds_of, sound_only
from services.interview.tests.recorder import Recorder

LEASE = timedelta(minutes=12)
CHUNKS = 4


@pytest.fixture
def storage(settings: InterviewSettings) -> ObjectStorage:
    return storage_from(settings)


async def kept(storage: ObjectStorage, recorder: Recorder) -> list[str]:
    """Return what lies in the storage, without the folder of the recording."""
    folder = f"recordings/{recorder.id}"
    return sorted([stored.key.removeprefix(folder + "/") async for stored in storage.list(folder)])


async def change(database: Database, recorder: Recorder, **values: Any) -> None:
    async with database.transaction() as session:
        await session.execute(update(Recording).where(Recording.id == UUID(recorder.id)).values(**values))


async def idle(database: Database, recorder: Recorder, settings: InterviewSettings) -> int:
    """Let nothing have come for a while, and look."""
    await change(database, recorder, last_chunk_at=now() - settings.recording_idle - timedelta(seconds=1))
    async with database.transaction() as session:
        return await close_idle(session, settings)


async def test_the_worker_makes_it_over_the_real_broker_and_the_chunks_go(
    *,
    recorder: Recorder,
    working: Working,
    storage: ObjectStorage,
    clean_queues: None,
    database: Database,
    settings: InterviewSettings,
) -> None:
    async with working():
        await recorder.completed(cut(recorded(), CHUNKS))

        async def is_ready() -> bool:
            return bool((await recorder.read())["status"] == "ready")

        await eventually(is_ready)
    await look_after(database, storage, settings)
    (video,) = await kept(storage, recorder)
    assert video.endswith("/video.webm")
    found = await recorder.read()
    listed = (await recorder.candidate.do("GET", "/recordings")).json()
    assert listed["used_bytes"] == found["size_bytes"]
    assert (await recorder.video()).status_code == 200


async def test_message_that_comes_twice_makes_one_video(
    recorder: Recorder, assemble: Assembling, storage: ObjectStorage
) -> None:
    await recorder.completed(cut(recorded(), CHUNKS))
    message = new_id()
    await assemble(recorder.interview["id"], message_id=message)
    first = await recorder.read()
    await assemble(recorder.interview["id"], message_id=message)
    await assemble(recorder.interview["id"], message_id=new_id())
    assert await recorder.read() == first
    assert len([key for key in await kept(storage, recorder) if "video" in key]) == 1


async def test_message_that_comes_twice_at_once_makes_one_video(
    recorder: Recorder, assemble: Assembling, storage: ObjectStorage
) -> None:
    await recorder.completed(cut(recorded(), CHUNKS))
    message = new_id()
    await asyncio.gather(*(assemble(recorder.interview["id"], message_id=message) for _ in range(3)))
    assert (await recorder.read())["status"] == "ready"
    assert len([key for key in await kept(storage, recorder) if "video" in key]) == 1


async def test_killed_worker_is_healed(
    recorder: Recorder, assemble: Assembling, database: Database, storage: ObjectStorage
) -> None:
    await recorder.completed(cut(recorded(), CHUNKS))
    async with database.transaction() as session:
        dead = await assembly.claim(session, UUID(recorder.id), new_id(), LEASE)
    assert dead is not None
    # Another message finds a live claim; nothing is to be done before it runs out.
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "assembling"
    async with database.transaction() as session:
        assert await republish_stuck(session, LEASE) == 0
    await change(database, recorder, assembly_due_at=now() - timedelta(seconds=1))
    async with database.transaction() as session:
        assert await republish_stuck(session, LEASE) == 1
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"
    # The one that was thought dead comes back, and its video is not wanted.
    async with database.transaction() as session:
        unneeded = await assembly.record(session, dead, Video(1.0, None), 1)
    assert unneeded == dead.video_key
    assert (await recorder.read())["duration_s"] == pytest.approx(6, abs=0.2)


async def test_worker_that_dies_again_and_again_is_given_up_and_can_be_asked_again(
    recorder: Recorder, assemble: Assembling, database: Database, storage: ObjectStorage
) -> None:
    await recorder.completed(cut(recorded(), CHUNKS))
    for _ in range(4):
        async with database.transaction() as session:
            assert await assembly.claim(session, UUID(recorder.id), new_id(), LEASE) is not None
        await change(database, recorder, assembly_due_at=now() - timedelta(seconds=1))
        async with database.transaction() as session:
            await republish_stuck(session, LEASE)
    found = await recorder.read()
    assert found["status"] == "failed"
    assert found["failure"].startswith("Something went wrong on our side")
    assert len(await kept(storage, recorder)) == CHUNKS
    again = await recorder.complete(CHUNKS)
    assert (again.status_code, again.json()["status"]) == (202, "assembling")
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"


async def test_order_that_nobody_takes_for_hours_is_not_given_up(
    recorder: Recorder, assemble: Assembling, database: Database
) -> None:
    await recorder.completed(cut(recorded(), CHUNKS))
    for _ in range(6):
        await change(database, recorder, assembly_due_at=now() - timedelta(seconds=1))
        async with database.transaction() as session:
            assert await republish_stuck(session, LEASE) == 1
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (recorded()[:200] + b"this is no video at all " * 500, "not a video"),
        (recorded()[:60], "not a video"),
        (sound_only(), "no picture"),
    ],
    ids=["garbage", "header", "sound"],
)
async def test_file_that_is_no_video_fails_with_a_reason_and_loses_nothing(
    recorder: Recorder, assemble: Assembling, storage: ObjectStorage, content: bytes, reason: str
) -> None:
    chunks = cut(content, 2)
    await recorder.completed(chunks)
    await assemble(recorder.interview["id"])
    found = await recorder.read()
    assert found["status"] == "failed"
    assert reason in found["failure"]
    assert problem(await recorder.video()) == "recording-not-ready"
    assert len(await kept(storage, recorder)) == len(chunks)


async def test_garbage_in_the_middle_still_leaves_a_video(
    recorder: Recorder, assemble: Assembling, storage: ObjectStorage
) -> None:
    chunks = cut(recorded(), CHUNKS)
    chunks[2] = os.urandom(len(chunks[2]))
    await recorder.completed(chunks)
    await assemble(recorder.interview["id"])
    found = await recorder.read()
    assert found["status"] in {"ready", "partial"}
    assert seconds_of((await recorder.video()).content) > 1


async def test_silence_closes_a_recording_with_what_is_there(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings
) -> None:
    await recorder.sent(cut(recorded(), CHUNKS))
    async with database.transaction() as session:
        assert await close_idle(session, settings) == 0
    assert await idle(database, recorder, settings) == 1
    assert (await recorder.read())["status"] == "assembling"
    await assemble(recorder.interview["id"])
    found = await recorder.read()
    assert (found["status"], found["open"]) == ("ready", True)
    # The browser comes back, and all it has to say is that this was all.
    done = await recorder.complete(CHUNKS)
    assert (done.json()["status"], done.json()["open"]) == ("ready", False)
    assert len(await recorder.candidate.events("recording_completed", recorder.interview)) == 1


async def test_gap_makes_a_partial_video_and_the_rest_may_still_come(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings, storage: ObjectStorage
) -> None:
    chunks = cut(recorded(seconds=12), 6)
    for seq in (0, 1, 2, 4):
        await recorder.send(seq, chunks[seq])
    await idle(database, recorder, settings)
    await assemble(recorder.interview["id"])
    found = await recorder.read()
    assert (found["status"], found["missing"], found["open"]) == ("partial", [3], True)
    assert 4 < found["duration_s"] < 8
    assert (await recorder.video()).status_code == 200
    # The network is back: what was kept in the browser arrives after all.
    assert (await recorder.send(3, chunks[3])).status_code == 200
    assert (await recorder.read())["status"] == "receiving"
    await recorder.send(5, chunks[5])
    assert (await recorder.complete(6)).status_code == 202
    await assemble(recorder.interview["id"])
    found = await recorder.read()
    assert (found["status"], found["open"]) == ("ready", False)
    assert found["duration_s"] == pytest.approx(12, abs=0.2)
    assert len([key for key in await kept(storage, recorder) if "video" in key]) == 1, "the partial video is gone"


async def test_late_chunk_overtakes_an_assembly(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings
) -> None:
    chunks = cut(recorded(), CHUNKS)
    await recorder.sent(chunks[:2])
    await idle(database, recorder, settings)
    async with database.transaction() as session:
        job = await assembly.claim(session, UUID(recorder.id), new_id(), LEASE)
    assert job is not None
    await recorder.send(2, chunks[2])
    async with database.transaction() as session:
        assert await assembly.record(session, job, Video(3.0, None), 100) == job.video_key
    assert (await recorder.read())["status"] == "receiving"
    await recorder.send(3, chunks[3])
    await recorder.complete(CHUNKS)
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["duration_s"] == pytest.approx(6, abs=0.2)


async def test_without_the_beginning_there_is_no_video_until_it_comes(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings
) -> None:
    chunks = cut(recorded(), CHUNKS)
    await recorder.send(1, chunks[1])
    await idle(database, recorder, settings)
    await assemble(recorder.interview["id"])
    found = await recorder.read()
    assert (found["status"], found["open"]) == ("failed", True)
    assert found["failure"].startswith("The beginning of this recording never arrived")
    await recorder.sent(chunks)
    assert (await recorder.complete(CHUNKS)).status_code == 202
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"


async def test_recording_of_nothing_says_so(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings
) -> None:
    await idle(database, recorder, settings)
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["failure"] == "Nothing of this recording arrived."


async def test_late_chunks_are_awaited_for_a_day_and_then_the_space_is_given_back(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings, storage: ObjectStorage
) -> None:
    chunks = cut(recorded(), CHUNKS)
    await recorder.sent(chunks)
    await idle(database, recorder, settings)
    await assemble(recorder.interview["id"])
    await look_after(database, storage, settings)
    assert len(await kept(storage, recorder)) == CHUNKS + 1
    await change(database, recorder, last_chunk_at=now() - timedelta(days=1, seconds=1))
    await look_after(database, storage, settings)
    assert len(await kept(storage, recorder)) == 1
    late = await recorder.send(CHUNKS, b"too late")
    assert (late.status_code, problem(late)) == (409, "recording-closed")


async def test_deleted_recording_leaves_nothing_in_the_storage(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings, storage: ObjectStorage
) -> None:
    await recorder.completed(cut(recorded(), CHUNKS))
    await assemble(recorder.interview["id"])
    await recorder.delete()
    await look_after(database, storage, settings)
    assert await kept(storage, recorder) == []
    # Something that was on its way is caught the second time, and then the last trace goes.
    await storage.put(f"recordings/{recorder.id}/chunks/000009-late", b"late")
    assert await clear_deleted(database, storage) == 0
    await change(database, recorder, cleared_at=now() - timedelta(hours=1))
    assert await clear_deleted(database, storage) == 1
    assert await kept(storage, recorder) == []
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Recording.id))) == 0
        assert await session.scalar(select(func.count(RecordingChunk.seq))) == 0


async def test_deletion_while_the_video_is_made_wins(
    recorder: Recorder, assemble: Assembling, database: Database, settings: InterviewSettings, storage: ObjectStorage
) -> None:
    class DeletesMeanwhile(ObjectStorage):
        async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
            assert (await recorder.delete()).status_code == 204
            await super().put(key, data)

    await recorder.completed(cut(recorded(), CHUNKS))
    await assemble(recorder.interview["id"], storage=DeletesMeanwhile(storage._store))
    assert not [key for key in await kept(storage, recorder) if "video" in key]
    assert problem(await recorder.video()) == "recording-not-found"
    await look_after(database, storage, settings)
    assert await kept(storage, recorder) == []


async def test_recording_is_deleted_when_its_time_is_over(
    recorder: Recorder, database: Database, settings: InterviewSettings, storage: ObjectStorage
) -> None:
    await recorder.sent(cut(recorded(), CHUNKS))
    promised = datetime.fromisoformat((await recorder.read())["delete_after"])
    assert promised - now() == pytest.approx(timedelta(days=30), abs=timedelta(minutes=5))
    await look_after(database, storage, settings)
    assert (await recorder.read())["status"] == "receiving"
    await change(database, recorder, delete_after=now() - timedelta(seconds=1))
    await look_after(database, storage, settings)
    assert problem(await recorder.candidate.do("GET", recorder.path)) == "recording-not-found"
    assert await kept(storage, recorder) == []


class Away(ObjectStorage):
    """Cannot be reached."""

    async def get(self, key: str) -> bytes:
        raise StorageUnavailable(key)

    async def delete_prefix(self, prefix: str) -> None:
        raise StorageUnavailable(prefix)


async def test_storage_away_while_the_video_is_made_gives_nothing_up(
    recorder: Recorder, assemble: Assembling, database: Database, storage: ObjectStorage
) -> None:
    away = Away(storage._store)
    await recorder.completed(cut(recorded(), CHUNKS))
    for attempt in (1, 6):
        with pytest.raises(StorageUnavailable):
            await assemble(recorder.interview["id"], storage=away, message_id=UUID(int=7), attempt=attempt)
        assert (await recorder.read())["status"] == "assembling"
    await change(database, recorder, assembly_due_at=now() - timedelta(seconds=1))
    async with database.transaction() as session:
        assert await republish_stuck(session, LEASE) == 1
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["status"] == "ready"


async def test_storage_away_while_clearing_is_tried_again(
    recorder: Recorder, database: Database, settings: InterviewSettings, storage: ObjectStorage
) -> None:
    await recorder.sent(cut(recorded(), CHUNKS))
    await recorder.delete()
    with pytest.raises(StorageUnavailable):
        await look_after(database, Away(storage._store), settings)
    assert len(await kept(storage, recorder)) == CHUNKS
    await look_after(database, storage, settings)
    assert await kept(storage, recorder) == []


async def test_fault_of_our_own_is_retried_and_then_told(
    recorder: Recorder, assemble: Assembling, storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(assembly, "remux", broken)
    await recorder.completed(cut(recorded(), CHUNKS))
    message = new_id()
    for attempt, status in ((1, "assembling"), (6, "failed")):
        with pytest.raises(ZeroDivisionError):
            await assemble(recorder.interview["id"], message_id=message, attempt=attempt)
        assert (await recorder.read())["status"] == status
    assert len(await kept(storage, recorder)) == CHUNKS


async def test_no_transaction_is_open_while_the_video_is_made(
    recorder: Recorder, assemble: Assembling, database: Database, storage: ObjectStorage
) -> None:
    pool = database.engine.pool
    assert isinstance(pool, AsyncAdaptedQueuePool)
    seen = []

    class Watched(ObjectStorage):
        async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
            seen.append(await nobody_holds(pool))
            await super().put(key, data)

    await recorder.completed(cut(recorded(), CHUNKS))
    await assemble(recorder.interview["id"], storage=Watched(storage._store))
    assert seen == [True]


async def test_nothing_is_left_on_the_disk_of_the_worker(
    *,
    recorder: Recorder,
    assemble: Assembling,
    settings: InterviewSettings,
    tmp_path: Path,
    database: Database,
    storage: ObjectStorage,
) -> None:
    using = settings.model_copy(update={"scratch_dir": tmp_path})
    await recorder.completed(cut(recorded(), CHUNKS))
    await assemble(recorder.interview["id"], using=using)
    assert list(tmp_path.iterdir()) == []
    left = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX, dir=tmp_path))
    (left / "chunks").write_bytes(b"of a worker that was killed")
    await look_after(database, storage, using)
    assert left.exists(), "it may be at work"
    os.utime(left, (0, 0))
    await look_after(database, storage, using)
    assert not left.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in KiB on Linux only")
async def test_memory_stays_flat_over_a_large_recording(recorder: Recorder, assemble: Assembling) -> None:
    chunks = padded(recorded(seconds=30), mib=160)
    await recorder.sent(chunks[:10])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    await recorder.completed(chunks)
    await assemble(recorder.interview["id"])
    assert (await recorder.read())["duration_s"] == pytest.approx(30, abs=0.2)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 60

"""What the port promises, in a folder and on a real S3-compatible server."""

import os
import resource
import secrets
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from interview.settings import InterviewSettings
from interview.storage import ObjectMissing, ObjectStorage, StorageUnavailable, storage_from
from interview.storage.settings import StorageSettings
from pydantic import ValidationError

from services.interview.tests.s3 import S3Server

MIB = 1024 * 1024


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStorage:
    if request.param == "folder":
        return storage_from(StorageSettings(storage_url=(tmp_path / "with space").as_uri()))
    server: S3Server = request.getfixturevalue("s3")
    place = server.settings | {"storage_url": f"{server.settings['storage_url']}/{secrets.token_hex(4)}"}
    return storage_from(StorageSettings.model_validate(place))


async def collect(stream: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in stream])


async def keys(storage: ObjectStorage, prefix: str) -> dict[str, int]:
    return {stored.key: stored.size async for stored in storage.list(prefix)}


async def pieces(count: int, piece: bytes) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield piece


async def test_what_was_put_is_there_as_it_was(storage: ObjectStorage) -> None:
    await storage.put("a/b/one", b"first")
    assert await storage.get("a/b/one") == b"first"
    assert await storage.size("a/b/one") == 5
    await storage.put("a/b/one", b"second time")
    assert await storage.get("a/b/one") == b"second time"
    await storage.put("a/empty", b"")
    assert (await storage.get("a/empty"), await storage.size("a/empty")) == (b"", 0)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, None, b"0123456789"),
        (3, 6, b"345"),
        (9, None, b"9"),
        (4, 400, b"456789"),
        (0, 1, b"0"),
        (10, None, b""),
        (50, 60, b""),
        (5, 5, b""),
    ],
)
async def test_range_is_that_part_and_no_more(
    storage: ObjectStorage, start: int, end: int | None, expected: bytes
) -> None:
    await storage.put("range", b"0123456789")
    assert await collect(storage.stream("range", start, end)) == expected


async def test_range_over_several_pieces_joins_up(storage: ObjectStorage) -> None:
    content = os.urandom(2 * MIB + 17)
    await storage.put("long", content)
    assert await collect(storage.stream("long")) == content
    assert await collect(storage.stream("long", MIB - 5, 2 * MIB + 5)) == content[MIB - 5 : 2 * MIB + 5]


async def test_missing_key_is_said_to_be_missing(storage: ObjectStorage) -> None:
    with pytest.raises(ObjectMissing):
        await storage.get("nothing/here")
    with pytest.raises(ObjectMissing):
        await storage.size("nothing/here")
    with pytest.raises(ObjectMissing):
        await collect(storage.stream("nothing/here"))
    await storage.delete("nothing/here")
    await storage.delete_prefix("nothing")
    assert await keys(storage, "nothing") == {}
    await storage.ping()


async def test_prefix_is_whole_segments(storage: ObjectStorage) -> None:
    for key in ("recordings/1/chunks/000000", "recordings/1/video.webm", "recordings/10/video.webm", "speech/1/x"):
        await storage.put(key, key.encode())
    assert await keys(storage, "recordings/1") == {"recordings/1/chunks/000000": 26, "recordings/1/video.webm": 23}
    await storage.delete("recordings/1/video.webm")
    assert set(await keys(storage, "recordings/1")) == {"recordings/1/chunks/000000"}
    await storage.delete_prefix("recordings/1")
    assert set(await keys(storage, "recordings")) == {"recordings/10/video.webm"}
    assert set(await keys(storage, "speech")) == {"speech/1/x"}


async def test_many_objects_are_listed_and_deleted(storage: ObjectStorage) -> None:
    for number in range(60):
        await storage.put(f"many/{number:06d}", b"x")
    assert len(await keys(storage, "many")) == 60
    await storage.delete_prefix("many")
    assert await keys(storage, "many") == {}


async def test_file_and_stream_are_kept_whole(storage: ObjectStorage, tmp_path: Path) -> None:
    content = os.urandom(9 * MIB + 1)
    (tmp_path / "file").write_bytes(content)
    await storage.put("file", tmp_path / "file")
    assert await collect(storage.stream("file")) == content

    async def cut() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 300_000):
            yield content[start : start + 300_000]

    await storage.put("stream", cut())
    assert await storage.size("stream") == len(content)
    assert await collect(storage.stream("stream", 8 * MIB)) == content[8 * MIB :]


async def test_stream_that_breaks_leaves_nothing(storage: ObjectStorage) -> None:
    async def breaks() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield os.urandom(MIB)
        raise ConnectionResetError("the client went away")

    with pytest.raises(ConnectionResetError):
        await storage.put("broken", breaks())
    with pytest.raises(ObjectMissing):
        await storage.size("broken")
    await storage.put("broken", b"old")
    with pytest.raises(ConnectionResetError):
        await storage.put("broken", breaks())
    assert await storage.get("broken") == b"old"
    assert set(await keys(storage, "broken")) <= {"broken"}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in KiB on Linux only")
async def test_memory_stays_flat_over_a_big_object(storage: ObjectStorage) -> None:
    await storage.put("warm", pieces(12, bytes(MIB)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    await storage.put("big", pieces(240, os.urandom(MIB)))
    length = 0
    async for piece in storage.stream("big"):
        length += len(piece)
    assert length == 240 * MIB
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 60


async def test_wrong_credentials_are_a_clear_problem(s3: S3Server) -> None:
    wrong = storage_from(StorageSettings.model_validate(s3.settings | {"storage_secret_key": "not-the-secret"}))
    for attempt in (wrong.put("x", b"x"), wrong.get("x"), wrong.size("x"), wrong.delete("x"), wrong.ping()):
        with pytest.raises(StorageUnavailable) as refusal:
            await attempt
        assert (refusal.value.status, refusal.value.type) == (503, "storage-unavailable")
        assert "not-the-secret" not in str(refusal.value)


async def test_bucket_that_is_not_there_is_not_a_missing_object(s3: S3Server) -> None:
    lost = storage_from(StorageSettings.model_validate(s3.settings | {"storage_url": "s3://no-such-bucket"}))
    with pytest.raises(StorageUnavailable):
        await lost.put("x", b"x")
    with pytest.raises(StorageUnavailable):
        await lost.get("x")


async def test_server_that_is_away_is_a_clear_problem(s3: S3Server) -> None:
    away = storage_from(StorageSettings.model_validate(s3.settings | {"storage_endpoint": "http://127.0.0.1:9"}))
    with pytest.raises(StorageUnavailable):
        await away.put("x", b"x")
    with pytest.raises(StorageUnavailable):
        await away.ping()


async def test_folder_is_made_for_the_service_alone(tmp_path: Path) -> None:
    storage = storage_from(StorageSettings(storage_url=(tmp_path / "new").as_uri()))
    await storage.put("a/b", b"x")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


async def test_what_a_killed_writer_has_left_goes_with_the_rest(tmp_path: Path) -> None:
    storage = storage_from(StorageSettings(storage_url=tmp_path.as_uri()))
    await storage.put("recordings/1/claim/video.webm", b"x")
    (tmp_path / "recordings/1/claim/video.webm#1").write_bytes(b"half of it")
    assert set(await keys(storage, "recordings/1")) == {"recordings/1/claim/video.webm"}
    await storage.delete_prefix("recordings/1")
    assert not (tmp_path / "recordings/1").exists()


async def test_what_a_killed_writer_has_left_is_swept_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    storage = storage_from(StorageSettings(storage_url=tmp_path.as_uri()))
    await storage.put("speech/one/0-abc", b"whole")
    left, fresh = tmp_path / "speech/one/1-def#1", tmp_path / "speech/one/2-abc#1"
    left.write_bytes(b"half a sound")
    os.utime(left, (0, 0))
    fresh.write_bytes(b"half a")
    assert await storage.sweep_unfinished("speech", timedelta(minutes=5)) == 1
    assert not left.exists()
    assert fresh.exists()
    assert await storage.get("speech/one/0-abc") == b"whole"
    assert await storage.sweep_unfinished("nothing/there", timedelta()) == 0


async def test_folder_that_cannot_be_written_is_a_clear_problem(tmp_path: Path) -> None:
    storage = storage_from(StorageSettings(storage_url=tmp_path.as_uri()))
    (tmp_path / "taken").write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageUnavailable):
        await storage.put("taken/key", b"x")


@pytest.mark.parametrize("url", ["", "relative/folder", "file://host/x", "file:relative", "s3://", "http://bucket/x"])
def test_address_that_is_no_place_is_refused(settings: InterviewSettings, url: str) -> None:
    with pytest.raises(ValidationError):
        InterviewSettings.model_validate({**settings.model_dump(), "storage_url": url})


def test_half_a_credential_is_refused() -> None:
    with pytest.raises(ValidationError):
        StorageSettings(storage_url="s3://bucket", storage_access_key="only this")

"""The storage in a folder or in an S3-compatible bucket, through obstore: the only file that knows either."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from interview.storage.port import ObjectMissing, StorageUnavailable, Stored
from interview.storage.settings import StorageSettings

log = structlog.get_logger(__name__)

# One request for each piece: a viewer who pauses holds no connection to the storage, and no more than this in memory.
_PIECE = 1024 * 1024
# S3 takes 10,000 parts, so the largest object is 78 GiB; two parts are in memory at a time.
_PART = 8 * 1024 * 1024
_PARTS_AT_ONCE = 2
_LISTED_AT_ONCE = 500
# A person waits: three tries within some seconds, and then the truth. Whoever has time tries again later.
_CLIENT: Any = {"connect_timeout": timedelta(seconds=2), "timeout": timedelta(seconds=30)}
_RETRY: Any = {
    "max_retries": 2,
    "retry_timeout": timedelta(seconds=6),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=1), "base": 2},
}


def storage_from(settings: StorageSettings) -> "ObjectStorage":
    """Return the storage the settings name; a folder is made when it is missing, a bucket must be there."""
    address = urlsplit(settings.storage_url)
    if address.scheme == "file":
        folder = Path(unquote(address.path))
        with _translated(""):
            # What lies in it is nobody's business but the service's.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return ObjectStorage(LocalStore(folder, automatic_cleanup=True), folder)
    return ObjectStorage(_bucket(settings, address.netloc, address.path.strip("/")))


class ObjectStorage:
    """The storage on obstore; see `interview.storage.port.Storage` for what each method promises."""

    def __init__(self, store: LocalStore | S3Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    async def put(self, key: str, data: bytes | Path | AsyncIterator[bytes]) -> None:
        """Keep bytes, a file, or what a stream brings."""
        source = data if isinstance(data, bytes | Path) else _Source(data)
        try:
            with _translated(key):
                await self._store.put_async(key, source, chunk_size=_PART, max_concurrency=_PARTS_AT_ONCE)
        except ObjectMissing as error:
            # Nothing is missing when something is put but the bucket itself.
            log.warning("storage_unavailable", key=key, reason=str(error.__cause__)[:500])
            raise StorageUnavailable from error
        except StorageUnavailable:
            # obstore wraps what the stream raised; whoever gave us the stream wants to see its own error.
            if isinstance(source, _Source) and source.error is not None:
                raise source.error from None
            raise

    async def get(self, key: str) -> bytes:
        """Return all of it."""
        with _translated(key):
            found = await self._store.get_async(key)
            return bytes(await found.bytes_async())

    async def size(self, key: str) -> int:
        """Return its length in bytes."""
        with _translated(key):
            return int((await self._store.head_async(key))["size"])

    async def stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes of a range."""
        size = await self.size(key)
        end = size if end is None else min(end, size)
        while start < end:
            stop = min(start + _PIECE, end)
            with _translated(key):
                piece = bytes(await self._store.get_range_async(key, start=start, end=stop))
            yield piece
            start = stop

    async def delete(self, key: str) -> None:
        """Remove it."""
        try:
            with _translated(key):
                await self._store.delete_async(key)
        except ObjectMissing:
            return  # a folder says so, S3 does not

    async def delete_prefix(self, prefix: str) -> None:
        """Remove all that lies below a prefix."""
        if self._folder is not None:
            # A process that is killed while it writes leaves a file under a name that no listing shows.
            with _translated(prefix):
                await asyncio.to_thread(_remove, self._folder / prefix)
            return
        with _translated(prefix):
            # A two hours' recording has thousands of chunks: one request for each would hold up everybody's upkeep.
            async for batch in self._store.list(prefix, chunk_size=_LISTED_AT_ONCE):
                await self._store.delete_async([found["path"] for found in batch])

    async def list(self, prefix: str) -> AsyncIterator[Stored]:
        """Yield what lies below a prefix."""
        with _translated(prefix):
            async for batch in self._store.list(prefix, chunk_size=_LISTED_AT_ONCE):
                for found in batch:
                    yield Stored(found["path"], found["size"])

    async def sweep_unfinished(self, prefix: str, older_than: timedelta) -> int:
        """Remove what was never whole; a bucket keeps such a thing only of large objects, and has a rule of its own."""
        if self._folder is None:
            return 0
        with _translated(prefix):
            return await asyncio.to_thread(_remove_unfinished, self._folder / prefix, older_than)

    async def ping(self) -> None:
        """Look for something that is not there."""
        try:
            await self.size("ping")
        except ObjectMissing:
            return


class _Source:
    """Remembers what a stream raised."""

    def __init__(self, data: AsyncIterator[bytes]) -> None:
        self._data = data
        self.error: Exception | None = None

    def __aiter__(self) -> "_Source":
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._data)
        except StopAsyncIteration:
            raise
        except Exception as error:
            self.error = error
            raise


def _bucket(settings: StorageSettings, bucket: str, prefix: str) -> S3Store:
    config: Any = {"region": settings.storage_region, "virtual_hosted_style_request": False}
    options: Any = dict(_CLIENT)
    if settings.storage_endpoint is not None:
        config["endpoint"] = settings.storage_endpoint
        options["allow_http"] = settings.storage_endpoint.startswith("http://")
    if settings.storage_access_key is not None and settings.storage_secret_key is not None:
        config["access_key_id"] = settings.storage_access_key
        config["secret_access_key"] = settings.storage_secret_key.get_secret_value()
    return S3Store(bucket, prefix=prefix or None, config=config, client_options=options, retry_config=_RETRY)


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _remove_unfinished(folder: Path, older_than: timedelta) -> int:
    oldest = time.time() - older_than.total_seconds()
    removed = 0
    # How obstore names a file until it is whole. No key of ours has this sign in it.
    for file in folder.rglob("*#*"):
        with suppress(FileNotFoundError):  # it has just become whole
            if file.stat().st_mtime < oldest:
                file.unlink()
                removed += 1
    return removed


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if "NoSuchBucket" in str(error):
            log.warning("storage_unavailable", key=key, reason="there is no such bucket")
            raise StorageUnavailable from error
        raise ObjectMissing(key) from error
    except (BaseError, OSError) as error:
        # The message of obstore names hosts and paths: for the log, not for the response.
        log.warning("storage_unavailable", key=key, error=type(error).__name__, reason=str(error)[:500])
        raise StorageUnavailable from error

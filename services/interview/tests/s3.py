"""A real S3-compatible server for the tests: SeaweedFS, one process, started and thrown away."""

import asyncio
import contextlib
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

ACCESS_KEY = "interview-kit"
SECRET_KEY = "of-this-run-only"
BUCKET = "recordings"


@dataclass(frozen=True)
class S3Server:
    """Where it listens, and what the settings of a service need to know."""

    endpoint: str

    @property
    def settings(self) -> dict[str, str]:
        return {
            "storage_url": f"s3://{BUCKET}/interview",
            "storage_endpoint": self.endpoint,
            "storage_access_key": ACCESS_KEY,
            "storage_secret_key": SECRET_KEY,
        }


@asynccontextmanager
async def s3_server(directory: Path) -> AsyncIterator[S3Server]:
    """Run it in a folder, with one bucket and one account."""
    identities = directory / "identities.json"
    account = {"name": "tests", "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]}
    identities.write_text(json.dumps({"identities": [account | {"actions": ["Admin", "Read", "Write", "List"]}]}))
    (directory / "data").mkdir()
    names = ["s3.port", "s3.port.grpc", "master.port", "master.port.grpc"]
    names += ["volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc"]
    ports = dict(zip(names, _free_ports(len(names)), strict=True))
    with (directory / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("weed")),
            "mini",
            f"-dir={directory / 'data'}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            f"-bucket={BUCKET}",
            f"-s3.config={identities}",
            "-s3.autoCreateBucket=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-admin.ui=false",
            "-webdav=false",
            *(f"-{name}={port}" for name, port in ports.items()),
            stdout=log,
            stderr=log,
            cwd=directory,
        )
    try:
        server = S3Server(f"http://127.0.0.1:{ports['s3.port']}")
        await _until_ready(server, process, directory / "log")
        yield server
    finally:
        if process.returncode is None:
            process.terminate()  # so that it removes its sockets from /tmp
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 10)
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _until_ready(server: S3Server, process: asyncio.subprocess.Process, log: Path) -> None:
    from interview.storage import StorageUnavailable, storage_from  # noqa: PLC0415
    from interview.storage.settings import StorageSettings  # noqa: PLC0415

    storage = storage_from(StorageSettings.model_validate(server.settings))
    async with asyncio.timeout(60), httpx2.AsyncClient() as client:
        while True:
            assert process.returncode is None, log.read_text()[-2000:]
            try:
                await client.get(f"{server.endpoint}/healthz")
                # Listening comes before the bucket and the first place to write to.
                await storage.put("ready", b"ready")
            except (httpx2.TransportError, StorageUnavailable):
                await asyncio.sleep(0.1)
                continue
            await storage.delete("ready")
            return


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()

# ruff: noqa: INP001 - a script, not a package
"""What the gateway costs: requests a second through it, against the same service called directly.

    .venv/bin/python benchmarks/gateway_proxy.py [--seconds 5] [--connections 32] [--rounds 3]

Starts a one-route FastAPI service and a gateway, each in a process of its own, and asks both in turn, so that whatever
else the machine does falls on both. Uses wrk when it is installed, else a client of its own, which is slower than
either and makes the ratio look better than it is. The last line is the ratio of the medians.
"""

import argparse
import asyncio
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

PATH = "/catalog"
REQUEST = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n"
PATIENCE = 20.0

service = FastAPI(openapi_url=None)


@service.get(PATH)
async def read_catalog() -> dict[str, list[dict[str, str]]]:
    """Answer like a small list."""
    return {"items": [{"id": str(number), "label": f"Role {number}"} for number in range(10)]}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    measure = _with_wrk if shutil.which("wrk") else _with_own_client
    with _service() as upstream, _gateway(upstream) as gateway:
        targets = {"direct": upstream + PATH, "gateway": f"{gateway}/api{PATH}"}
        rates: dict[str, list[float]] = {name: [] for name in targets}
        for url in targets.values():
            measure(url, 1, given.connections)
        for _ in range(given.rounds):
            for name, url in targets.items():
                rates[name].append(measure(url, given.seconds, given.connections))
                _say(f"{name:8} {rates[name][-1]:8.0f} requests/s")
    direct, through = (statistics.median(rates[name]) for name in targets)
    tool = "wrk" if measure is _with_wrk else "own client"
    _say(f"{given.connections} connections, {tool}: direct {direct:.0f}, gateway {through:.0f}")
    _say(f"ratio {through / direct:.2f}")
    return 0


def _with_wrk(url: str, seconds: float, connections: int) -> float:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", url]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - wrk, as asked
    if "Non-2xx" in printed:
        raise RuntimeError(printed)
    found = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    if found is None:
        raise RuntimeError(printed)
    return float(found.group(1))


def _with_own_client(url: str, seconds: float, connections: int) -> float:
    return asyncio.run(_ask(url, seconds, connections))


async def _ask(url: str, seconds: float, connections: int) -> float:
    host, _, path = url.removeprefix("http://").partition("/")
    name, port = host.split(":")
    request = REQUEST.format(path=f"/{path}").encode()
    answered = 0
    started = time.perf_counter()

    async def ask() -> None:
        nonlocal answered
        reader, writer = await asyncio.open_connection(name, int(port))
        while time.perf_counter() - started < seconds:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            if b" 200 " not in head.split(b"\r\n", 1)[0] or length is None:
                raise RuntimeError(head.decode())
            await reader.readexactly(int(length.group(1)))
            answered += 1
        writer.close()

    await asyncio.gather(*(ask() for _ in range(connections)))
    return answered / (time.perf_counter() - started)


@contextmanager
def _service() -> Iterator[str]:
    port = _free_port()
    folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - for the command line
    command = ["-m", "uvicorn", "--app-dir", folder, "--port", str(port), "--no-access-log", "gateway_proxy:service"]
    with _process(command, {}, f"http://127.0.0.1:{port}{PATH}"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _gateway(upstream: str) -> Iterator[str]:
    port = _free_port()
    environment = {
        "GATEWAY_PORT": str(port),
        "GATEWAY_OPS_PORT": str(_free_port()),
        "GATEWAY_INTERVIEW_URL": upstream,
    }
    with _process(["-m", "gateway.main"], environment, f"http://127.0.0.1:{port}/api{PATH}"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _process(arguments: list[str], environment: dict[str, str], url: str) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(url, process)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

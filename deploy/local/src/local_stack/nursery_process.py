"""A Python that has imported everything the product's processes share, and forks one for each of them.

Run by `nursery.Nursery`. Measured against a Python of its own for each: a third of the time to start and half the
memory, because what was imported before the fork is shared. It reads requests from a socket that it inherits and
answers with process ids and, later, exit codes.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from collections.abc import Iterable
from typing import Any

from local_stack.guard import die_with_parent, name_process

# Libraries only: what a service itself makes at import time must be its own.
SHARED = (
    *("uvicorn.protocols.http.httptools_impl", "uvicorn.lifespan.on", "uvloop", "fastapi", "starlette.middleware"),
    *("sqlalchemy.ext.asyncio", "sqlalchemy.orm", "sqlalchemy.dialects.postgresql.asyncpg", "asyncpg", "alembic"),
    *("aio_pika", "structlog", "pydantic_settings", "prometheus_client", "jose.jwt", "cryptography.hazmat.primitives"),
    *("httpx2", "aiohttp", "google.genai", "kit.app", "kit.process", "kit.migrations", "kit.provision", "kit.ai"),
    "contracts",
)
LARGEST_REQUEST = 128 * 1024


def preload(modules: Iterable[str]) -> None:
    """Import what the processes share; what is not there is left to whoever needs it."""
    for module in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    gc.collect()
    # Out of the collector's sight, or its marks would copy every shared page into every process.
    gc.freeze()


def serve(channel: socket.socket) -> str | None:
    """Fork what is asked for until the other end closes.

    Returns:
        In a forked process the module to run; None in this one, at the end.
    """
    woken, wake = socket.socketpair()
    wake.settimeout(0)
    woken.settimeout(0)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # Ctrl-C is the launcher's business; SIGTERM ends this process, and the kernel then tells the forked ones.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting = selectors.DefaultSelector()
    waiting.register(channel, selectors.EVENT_READ)
    waiting.register(woken, selectors.EVENT_READ)
    own = (channel, woken, wake, waiting)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is woken:
                with contextlib.suppress(BlockingIOError):
                    woken.recv(4096)
                for pid, code in ended():
                    answer(channel, {"ended": pid, "code": code})
                continue
            data, descriptors, _, _ = socket.recv_fds(channel, LARGEST_REQUEST, 1)
            if not data:
                return None
            request = json.loads(data)
            parent = os.getpid()
            pid = os.fork()
            if pid == 0:
                settle(request, descriptors[0], parent, own)
                return str(request["module"])
            os.close(descriptors[0])
            answer(channel, {"started": request["number"], "pid": pid})


def settle(request: dict[str, Any], output: int, parent: int, inherited: Iterable[Any]) -> None:
    """Make the forked process its own: output, environment, signals, group."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for resource in inherited:
        resource.close()
    os.setpgid(0, 0)
    for standard in (1, 2):
        os.dup2(output, standard)
    os.close(output)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = [request["module"]]
    name_process(request["name"])
    die_with_parent(parent, signal.SIGTERM)


def ended() -> Iterable[tuple[int, int]]:
    """Collect the processes that have ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, os.waitstatus_to_exitcode(status)


def answer(channel: socket.socket, message: dict[str, Any]) -> None:
    """Tell the launcher something, if it is still there."""
    with contextlib.suppress(BrokenPipeError):
        channel.send(json.dumps(message).encode())


def main() -> None:
    """Preload, serve, and in every forked process run what it was forked for."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    preload(SHARED)
    answer(channel, {"preloaded": True})
    module = serve(channel)
    if module is not None:
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

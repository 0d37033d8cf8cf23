import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from local_stack.inspection import alive
from local_stack.nursery import Nursery
from local_stack.processes import Program

SAYS = """
import os, sys, threading, uuid_utils
import secrets, random
print(os.environ.get("MINE"), os.environ.get("SECRET"), sys.argv[0], threading.active_count())
print(secrets.token_hex(8), random.random(), uuid_utils.uuid7())
raise SystemExit(int(os.environ.get("CODE", "0")))
"""
SLEEPS = "import time; print('up', flush=True); time.sleep(60)"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "forked_program.py"


def forked(**environment: str) -> Program:
    return Program("forked", "forked_program", environment)


async def test_a_forked_program_has_its_own_environment_exit_code_and_randomness(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write_text(SAYS, encoding="utf-8")
    monkeypatch.setenv("SECRET", "of the launcher")
    nursery = Nursery()
    children = [await nursery.start(forked(MINE=f"{number}", CODE=f"{number}")) for number in range(3)]
    said = [(await asyncio.to_thread(child.read)).splitlines() for child in children]
    assert [await child.wait() for child in children] == [0, 1, 2]
    # One thread: a lock that another thread held at the fork would stay locked for ever.
    assert [lines[0] for lines in said] == [f"{number} None {program} 1" for number in range(3)]
    drawn = [word for lines in said for word in lines[1].split()]
    assert len(set(drawn)) == len(drawn)
    await nursery.stop()


async def test_a_dead_nursery_takes_its_processes_along_and_is_replaced(program: Path) -> None:
    program.write_text(SLEEPS, encoding="utf-8")
    nursery = Nursery()
    child = await nursery.start(forked())
    assert child.stdout is not None
    assert await asyncio.to_thread(child.stdout.readline) == b"up\n"
    os.kill(int(Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[1]), signal.SIGKILL)
    async with asyncio.timeout(30):
        assert await child.wait() != 0
        while alive(child.pid):  # noqa: ASYNC110 - its parent is gone, so nobody is told
            await asyncio.sleep(0.05)
    child.stdout.close()
    second = await nursery.start(forked())
    assert alive(second.pid)
    assert second.stdout is not None
    assert await asyncio.to_thread(second.stdout.readline) == b"up\n"
    assert await second.stop(grace=timedelta(seconds=30))
    assert second.returncode == -signal.SIGTERM
    second.stdout.close()
    await nursery.stop()

import asyncio
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

from local_stack import children
from local_stack.inspection import alive

PARENT = """
import subprocess, sys, time
from local_stack import children
from local_stack.inspection import alive
child = children.spawn([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


async def gone(pid: int) -> None:
    """Wait until there is no such process."""
    async with asyncio.timeout(30):
        while alive(pid):  # noqa: ASYNC110 - it is not ours to wait for
            await asyncio.sleep(0.05)


async def test_a_child_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    await gone(pid)


async def test_a_child_outlives_the_thread_that_asked_for_it() -> None:
    started: list[children.Child] = []
    thread = threading.Thread(target=lambda: started.append(children.spawn(["sleep", "30"])))
    thread.start()
    thread.join()
    await asyncio.sleep(0.3)
    assert started[0].returncode is None
    assert await started[0].stop(grace=timedelta(seconds=30))


async def test_a_child_that_ignores_the_polite_signal_is_killed() -> None:
    child = children.spawn([sys.executable, "-c", STUBBORN], output=subprocess.PIPE)
    assert child.stdout is not None
    assert await asyncio.to_thread(child.stdout.readline) == b"up\n"
    assert not await child.stop(grace=timedelta(seconds=0.3))
    assert child.returncode == -signal.SIGKILL
    child.stdout.close()


async def test_output_goes_to_the_log_and_the_exit_code_comes_back(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = await children.run([sys.executable, "-c", "print('said'); raise SystemExit(3)"], log=log)
    assert code == 3
    assert children.last_lines(log) == "said"


async def test_ctrl_c_in_the_terminal_reaches_us_and_not_the_child() -> None:
    child = children.spawn(["sleep", "30"])
    try:
        assert os.getpgid(child.pid) == child.pid
    finally:
        await child.stop(grace=timedelta(seconds=30))

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from local_stack.lock import InUseError, Lock

HOLD = """
import sys, time
from pathlib import Path
from local_stack.lock import Lock
with Lock(Path(sys.argv[1])).held("the other run"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_holder_reads_who_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with (
        Lock(path).held("process 17, http://localhost:8000"),
        pytest.raises(InUseError, match="process 17, http://localhost:8000"),
        Lock(path).held("second"),
    ):
        pass
    with Lock(path).held("after the first"):
        assert Lock(path).read() == "after the first"


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(InUseError, match="the other run"), Lock(path).held("us"):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with Lock(path).held("us"):
        pass

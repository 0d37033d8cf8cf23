import io
from pathlib import Path

import pytest
from local_stack.console import Console
from local_stack.logs import Logs

INFO = "2026-11-22T23:16:20Z [info     ] request  bytes=2336"
WARNING = "2026-11-22T23:16:20Z [warning  ] broker lost"


@pytest.mark.parametrize(
    ("routine", "shown"), [(False, [WARNING, "Traceback:"]), (True, [INFO, WARNING, "Traceback:"])]
)
def test_routine_goes_to_the_log_and_to_the_terminal_only_when_asked_for(
    tmp_path: Path, routine: bool, shown: list[str]
) -> None:
    stream, logs = io.StringIO(), Logs(tmp_path / "log")
    console = Console(stream, colour=False, logs=logs, routine=routine)
    console.announce("auth", "gateway")
    for line in (INFO, WARNING, "Traceback:"):
        console.heard("auth", line)
    logs.close()
    assert stream.getvalue().splitlines() == [f"auth    │ {line}" for line in shown]
    assert (tmp_path / "log" / "auth.log").read_text(encoding="utf-8").splitlines() == [INFO, WARNING, "Traceback:"]


def test_a_log_stays_small(tmp_path: Path) -> None:
    logs = Logs(tmp_path, largest=1000)
    for number in range(1000):
        logs.write("auth", f"line {number}")
    logs.close()
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["auth.log", "auth.log.1"]
    assert all(path.stat().st_size < 1100 for path in tmp_path.iterdir())
    assert (tmp_path / "auth.log").read_text(encoding="utf-8").endswith("line 999\n")


def test_colour_is_for_people(tmp_path: Path) -> None:
    stream = io.StringIO()
    Console(stream).step("done", 1.0)
    assert "\033" not in stream.getvalue()

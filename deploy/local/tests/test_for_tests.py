import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from local_stack import for_tests

NAMES = (for_tests.POSTGRES, for_tests.RABBITMQ, for_tests.MANAGEMENT)


@pytest.fixture
def only_a_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a broker were given: starting one takes seconds and is tested elsewhere."""
    monkeypatch.delenv(for_tests.POSTGRES, raising=False)
    monkeypatch.setenv(for_tests.RABBITMQ, "amqp://127.0.0.1:1/")
    monkeypatch.setenv(for_tests.MANAGEMENT, "http://127.0.0.1:1")


async def test_what_is_not_given_is_started_and_thrown_away(tmp_path: Path, only_a_broker: None) -> None:
    async with for_tests.servers(tmp_path) as added:
        assert set(added) == {for_tests.POSTGRES}
        assert urlsplit(added[for_tests.POSTGRES]).hostname == "127.0.0.1"
        assert len(list(tmp_path.iterdir())) == 1
        # A second run beside it neither collides nor sweeps it away.
        async with for_tests.servers(tmp_path) as others:
            assert others != added
            assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


async def test_what_a_killed_run_left_is_removed(tmp_path: Path, only_a_broker: None) -> None:
    left = tmp_path / f"{for_tests.PREFIX}left" / "postgres"
    left.mkdir(parents=True)
    async with for_tests.servers(tmp_path):
        assert not left.exists()


def test_given_servers_are_handed_on_and_the_exit_code_comes_back() -> None:
    given = dict.fromkeys(NAMES, "given")
    command = [sys.executable, "-c", f"import os, sys; sys.exit(7 if os.environ['{NAMES[0]}'] == 'given' else 1)"]
    done = subprocess.run(
        [sys.executable, "-m", "local_stack.for_tests", "--", *command], env={**os.environ, **given}, check=False
    )
    assert done.returncode == 7


async def test_command_can_be_interrupted_though_its_starter_ignores_that(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, only_a_broker: None
) -> None:
    monkeypatch.setattr(for_tests, "STATE", tmp_path)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        told = "import signal, sys; sys.exit(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
        assert await for_tests.run([sys.executable, "-c", told]) == 0
    finally:
        signal.signal(signal.SIGINT, before)

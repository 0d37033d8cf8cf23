from pathlib import Path

import pytest


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The state directory of a checkout."""
    return tmp_path / ".local"

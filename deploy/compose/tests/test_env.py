"""The .env that `make env` writes for docker compose."""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1]
COMPOSE = FOLDER.parents[1] / "docker-compose.yml"


def written(to: Path, *more: str) -> str:
    command = [sys.executable, str(FOLDER / "env.py"), "--file", str(to), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_file_has_every_secret_that_compose_asks_for_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert "Wrote .env" in written(file, "--port", "8123")
    assert file.stat().st_mode & 0o777 == 0o600
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    asked = set(re.findall(r"\$\{(\w+):?\?", COMPOSE.read_text()))
    assert asked <= set(values)
    assert "8123" in values.values()
    secret = [value for value in values.values() if len(value) == 48]
    assert len(set(secret)) == len(secret) > 3


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("KEPT=1\n")
    assert "stays as it is" in written(file)
    assert file.read_text() == "KEPT=1\n"


def test_every_setting_it_offers_reaches_a_container(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    written(file)
    offered = set(re.findall(r"^# ([A-Z][A-Z0-9_]+)=", file.read_text(), re.MULTILINE))
    lines = [line for line in COMPOSE.read_text().splitlines() if not line.lstrip().startswith("#")]
    assert offered - set(re.findall(r"[A-Z][A-Z0-9_]+", "\n".join(lines))) == set()

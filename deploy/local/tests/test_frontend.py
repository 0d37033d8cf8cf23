from pathlib import Path

import pytest
from local_stack.errors import StackError
from local_stack.frontend import Frontend

# Does what npm does to the folders, and notes that it was called.
NPM = """#!/bin/sh
cd "$(dirname "$0")/.."
echo "$1" >> .log/calls.txt
case "$1" in
ci) rm -rf node_modules && mkdir node_modules ;;
exec) grep -q broken src/main.ts && { echo "main.ts is broken"; exit 1; }
      rm -rf dist && mkdir dist && cp src/main.ts dist/index.html ;;
esac
"""


class Site:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in {
            "package.json": "{}",
            "package-lock.json": "{}",
            "src/main.ts": "first",
            "src/old.ts": "",
            "scripts/npm": NPM,
        }.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        # Not a source: it is written by every call.
        (folder / ".log").mkdir()

    @property
    def frontend(self) -> Frontend:
        return Frontend(self.folder, self.folder / ".log" / "frontend.log")

    def calls(self) -> list[str]:
        path = self.folder / ".log" / "calls.txt"
        if not path.exists():
            return []
        calls = path.read_text(encoding="utf-8").split()
        path.unlink()
        return calls


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


async def build(site: Site) -> list[str]:
    await site.frontend.build()
    return site.calls()


async def test_the_first_build_installs_and_the_second_does_nothing(site: Site) -> None:
    assert await build(site) == ["ci", "exec"]
    assert (site.frontend.build_folder / "index.html").read_text(encoding="utf-8") == "first"
    assert await build(site) == []


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
async def test_a_changed_source_is_built_again(site: Site, change: str) -> None:
    await build(site)
    if change == "edit":
        (site.folder / "src" / "main.ts").write_text("other", encoding="utf-8")
    elif change == "add":
        (site.folder / "src" / "new.ts").touch()
    else:
        (site.folder / "src" / "old.ts").unlink()
    assert await build(site) == ["exec"]


async def test_touching_a_source_is_no_change(site: Site) -> None:
    await build(site)
    (site.folder / "src" / "main.ts").touch()
    assert await build(site) == []


async def test_other_packages_are_installed_and_built_with(site: Site) -> None:
    await build(site)
    (site.folder / "package-lock.json").write_text('{"lockfileVersion": 3}', encoding="utf-8")
    assert await build(site) == ["ci", "exec"]


async def test_a_lost_build_is_made_again(site: Site) -> None:
    await build(site)
    (site.frontend.build_folder / "index.html").unlink()
    assert await build(site) == ["exec"]


async def test_a_failed_build_says_why_and_is_tried_again(site: Site) -> None:
    (site.folder / "src" / "main.ts").write_text("broken", encoding="utf-8")
    with pytest.raises(StackError, match=r"main\.ts is broken"):
        await build(site)
    site.calls()
    (site.folder / "src" / "main.ts").write_text("mended", encoding="utf-8")
    assert await build(site) == ["exec"]

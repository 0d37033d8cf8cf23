"""The frontend's packages and its build, redone only when what goes in has changed.

`python -m local_stack.frontend install` or `… build`.
"""

import asyncio
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from local_stack import children
from local_stack.errors import StackError
from local_stack.root import FRONTEND, STATE

# npm empties node_modules when it installs, and with it both marks: new packages mean a new build.
INSTALLED = Path("node_modules") / ".installed-from"
BUILT = Path("node_modules") / ".built-from"
BUILD = Path("dist")
NOT_SOURCES = {"node_modules", "dist", "tests", "test-results", "README.md", "DESIGN.md"}


class Frontend:
    """The folder with package.json."""

    def __init__(self, folder: Path, log: Path) -> None:
        self._folder = folder
        self._log = log

    @property
    def build_folder(self) -> Path:
        """What the gateway serves."""
        return self._folder / BUILD

    def needs_install(self) -> bool:
        """Say whether node_modules is not what package-lock.json asks for."""
        return _read(self._folder / INSTALLED) != self._digest_of_packages()

    def needs_build(self) -> bool:
        """Say whether the build is older than the sources."""
        built = (self.build_folder / "index.html").exists()
        return not built or _read(self._folder / BUILT) != _digest(self._sources(), self._folder)

    async def install(self) -> None:
        """Install the packages that package-lock.json names."""
        if self.needs_install():
            digest = self._digest_of_packages()
            await self._npm("ci", "--no-progress")
            (self._folder / INSTALLED).write_text(digest, encoding="ascii")

    async def build(self) -> None:
        """Build what the gateway serves. Types are not checked here: that is `make lint`'s work."""
        await self.install()
        if self.needs_build():
            digest = _digest(self._sources(), self._folder)
            await self._npm("exec", "--", "vite", "build", "--logLevel", "warn")
            (self._folder / BUILT).write_text(digest, encoding="ascii")

    def _digest_of_packages(self) -> str:
        return _digest([self._folder / "package.json", self._folder / "package-lock.json"], self._folder)

    def _sources(self) -> Iterator[Path]:
        """Everything that a build may read."""
        for entry in sorted(self._folder.iterdir()):
            if entry.name in NOT_SOURCES or entry.name.startswith("."):
                continue
            yield from sorted(path for path in entry.rglob("*") if path.is_file()) if entry.is_dir() else [entry]

    async def _npm(self, *arguments: str) -> None:
        """Run npm on the Node of the wheel, so that nobody needs a Node of their own."""
        self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._log.write_bytes(b"")
        npm = self._folder / "scripts" / "npm"
        if await children.run(["sh", npm, *arguments], log=self._log) != 0:
            raise StackError(f"npm {' '.join(arguments)} failed:\n{children.last_lines(self._log, 40)}")


def of_this_checkout() -> Frontend:
    """The product's frontend."""
    return Frontend(FRONTEND, STATE / "log" / "frontend.log")


def _digest(files: Iterable[Path], relative_to: Path) -> str:
    """One number for names and contents of files."""
    digest = hashlib.blake2b(digest_size=16)
    for path in files:
        digest.update(f"{path.relative_to(relative_to)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None


def main(arguments: list[str]) -> int:
    """Install or build from the command line."""
    frontend = of_this_checkout()
    steps = {"install": frontend.install, "build": frontend.build}
    if len(arguments) != 1 or arguments[0] not in steps:
        sys.stderr.write(f"usage: python -m local_stack.frontend {'|'.join(steps)}\n")
        return 2
    try:
        asyncio.run(steps[arguments[0]]())
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Make sure there is a Chromium for the end-to-end tests: `python -m local_stack.chromium`."""

import asyncio
import shutil
import sys
from pathlib import Path

from local_stack import apt, children
from local_stack.errors import StackError
from local_stack.root import STATE

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The browser on this machine."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


async def ensure(log: Path) -> str:
    """Return a browser, installing Debian's when there is none and we are root.

    Raises:
        StackError: There is none and it cannot be installed.
    """
    if found := find():
        return found
    if apt.can_install():
        sys.stderr.write("Installing Chromium for the end-to-end tests …\n")
        await apt.install("chromium", log=log)
        if found := find():
            return found
        raise StackError(f"Chromium could not be installed:\n{children.last_lines(log)}")
    raise StackError("The end-to-end tests need Chromium. On Debian or Ubuntu: sudo apt-get install chromium")


def main() -> int:
    """Ensure it and print where it is."""
    log = STATE / "log" / "apt.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        sys.stdout.write(asyncio.run(ensure(log)) + "\n")
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Debian's package manager, used sparingly: only for what has no wheel."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from local_stack import children

POLICY = Path("/usr/sbin/policy-rc.d")
NO_SERVICE_STARTS = "#!/bin/sh\nexit 101\n"
LISTS = Path("/var/lib/apt/lists")

# Two of us at once would trip over each other's lock on the package database.
_one_at_a_time = asyncio.Lock()


def can_install() -> bool:
    """Say whether packages can be installed for the whole machine."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


async def install(*packages: str, log: Path) -> bool:
    """Install packages as root, and keep them from starting services of their own.

    Returns:
        Whether it worked; the reason why not is at the end of `log`.
    """
    async with _one_at_a_time:
        with _no_service_starts():
            if not _has_package_lists():
                await get("update", log=log)
            if await get("install", "--no-install-recommends", *packages, log=log):
                return True
            # The lists may be older than the archive.
            await get("update", log=log)
            return await get("install", "--no-install-recommends", *packages, log=log)


async def get(*arguments: str | Path, log: Path) -> bool:
    """Run apt-get and say whether it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return await children.run(["apt-get", "--yes", "--quiet", *arguments], env=environment, log=log) == 0


def _has_package_lists() -> bool:
    return any(LISTS.glob("*Packages*"))


@contextlib.contextmanager
def _no_service_starts() -> Iterator[None]:
    """Make the package manager leave services alone (policy-rc.d), and put things back as they were."""
    before = POLICY.read_bytes() if POLICY.exists() else None
    mode = POLICY.stat().st_mode if before is not None else 0o755
    POLICY.write_text(NO_SERVICE_STARTS, encoding="ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        if before is None:
            POLICY.unlink()
        else:
            POLICY.write_bytes(before)
            POLICY.chmod(mode)

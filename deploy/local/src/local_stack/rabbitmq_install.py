"""Where RabbitMQ comes from: the one that is installed, else Debian's package, with or without root."""

import asyncio
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from local_stack import apt, children
from local_stack.errors import StackError

SYSTEMD = Path("/run/systemd/system")
# Debian's package, and Homebrew's on both kinds of Mac.
PLACES = (Path("/usr/lib/rabbitmq/lib"), Path("/opt/homebrew/opt/rabbitmq"), Path("/usr/local/opt/rabbitmq"))

HELP = (
    "RabbitMQ was not found and could not be installed{why}. Install it (Debian or Ubuntu: "
    "apt-get install --no-install-recommends rabbitmq-server; macOS: brew install rabbitmq), "
    "or set AMQP_URL to a running broker."
)


@dataclass(frozen=True)
class Installation:
    """RabbitMQ's programs, and what their environment needs."""

    server: Path
    epmd: Path
    environment: dict[str, str] = field(default_factory=dict)


async def find_or_install(programs: Path, logs: Path) -> Installation:
    """Return an installation, making one when there is none.

    Args:
        programs: Where packages are unpacked when they cannot be installed.
        logs: Where the package manager's output goes.

    Raises:
        StackError: There is none and none can be made; the message says what to install.
    """
    if found := installed() or unpacked(programs):
        return found
    if shutil.which("apt-get") is None:
        raise StackError(HELP.format(why=""))
    log = logs / "apt.log"
    if apt.can_install():
        await install(log)
        found = installed()
    else:
        await unpack(programs, log)
        found = unpacked(programs)
    if found is None:
        raise StackError(HELP.format(why=f"; the end of {log}:\n{children.last_lines(log)}\n"))
    return found


def is_here(programs: Path) -> bool:
    """Say whether there is one, so that nothing will be fetched."""
    return (installed() or unpacked(programs)) is not None


def installed() -> Installation | None:
    """The machine's own RabbitMQ.

    Its inner script is wanted: Debian's `rabbitmq-server` on PATH insists on being root or the user `rabbitmq`.
    """
    epmd = shutil.which("epmd")
    if epmd is None or shutil.which("erl") is None:
        return None
    server = next(_scripts(*PLACES), None)
    return Installation(server, Path(epmd)) if server else None


def unpacked(programs: Path) -> Installation | None:
    """The RabbitMQ that `unpack` has put here."""
    erlang = programs / "usr" / "lib" / "erlang"
    for server in _scripts(programs / "usr" / "lib" / "rabbitmq" / "lib"):
        environment = {"PATH": f"{erlang / 'bin'}:{os.environ.get('PATH', os.defpath)}"}
        libraries = [str(path) for path in programs.glob("usr/lib/*-linux-*")]
        if libraries:
            inherited = os.environ.get("LD_LIBRARY_PATH", "").split(":")
            environment["LD_LIBRARY_PATH"] = ":".join(filter(None, [*libraries, *inherited]))
        return Installation(server, erlang / "bin" / "epmd", environment)
    return None


async def install(log: Path) -> None:
    """Install Debian's package as root, and keep the package from starting a broker of its own."""
    await apt.install("rabbitmq-server", log=log)
    if _runs_systemd() and installed():
        await children.run(["systemctl", "disable", "rabbitmq-server"], log=log)


async def unpack(programs: Path, log: Path) -> None:
    """Fetch Debian's packages and unpack them under `programs`, for which nobody needs to be root."""
    draft = programs.with_name(programs.name + ".new")
    await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)
    archives = draft / "archives"
    (draft / "lists" / "partial").mkdir(parents=True)
    (archives / "partial").mkdir(parents=True)
    # Lists of our own: the machine's may be missing, and only root may fetch them.
    ours = ("-o", f"Dir::State::Lists={draft / 'lists'}", "-o", f"Dir::Cache={draft}", "-o", "Debug::NoLocking=1")
    if not await apt.get(*ours, "update", log=log):
        return
    await apt.get(
        *ours,
        *("-o", f"Dir::Cache::Archives={archives}", "--download-only", "--no-install-recommends"),
        *("install", "rabbitmq-server"),
        log=log,
    )
    for package in sorted(archives.glob("*.deb")):
        await children.run(["dpkg-deb", "-x", package, draft], log=log)
    if unpacked(draft) is None:
        return
    shutil.rmtree(archives)
    shutil.rmtree(draft / "lists")
    for cache in draft.glob("*.bin"):
        cache.unlink()
    starter = draft / "usr" / "lib" / "erlang" / "bin" / "erl"
    text = starter.read_text(encoding="utf-8")
    # Debian's script has its place written into it.
    starter.write_text(
        re.sub(r"ROOTDIR=/usr/lib/erlang$", f'ROOTDIR="{programs}/usr/lib/erlang"', text, flags=re.MULTILINE),
        encoding="utf-8",
    )
    draft.rename(programs)


def _scripts(*roots: Path) -> Iterator[Path]:
    """Yield RabbitMQ's inner server scripts under these directories, the newest version first."""
    for root in roots:
        yield from sorted(root.glob("rabbitmq_server-*/sbin/rabbitmq-server"), key=_version, reverse=True)
        yield from root.glob("sbin/rabbitmq-server")


def _runs_systemd() -> bool:
    return SYSTEMD.exists()


def _version(script: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", script.parent.parent.name)]

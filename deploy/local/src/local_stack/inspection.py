"""What the kernel tells about processes (Linux): whether they run, what they are about, where they listen."""

import contextlib
import os
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"


def alive(pid: int) -> bool:
    """Say whether a process runs; one that has ended and waits to be collected does not."""
    with contextlib.suppress(OSError):
        stat = (PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False


def working_directory(pid: int) -> Path | None:
    """Where a process works, None when it has ended or is not ours to look at."""
    try:
        return (PROC / str(pid) / "cwd").readlink()
    except OSError:
        return None


def environment(pid: int) -> list[bytes]:
    """The variables a process was started with, as NAME=value."""
    try:
        return (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def processes_about(directory: Path) -> list[int]:
    """The other processes with this directory on their command line, in their environment, or to work in."""
    found = []
    for entry in PROC.iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        pid = int(entry.name)
        with contextlib.suppress(OSError):
            about = (entry / "cmdline").read_bytes() + b"\0".join(environment(pid))
            about += os.fsencode(working_directory(pid) or "")
            if os.fsencode(directory) in about and alive(pid):
                found.append(pid)
    return found


def listening(pid: int) -> set[tuple[IPv4Address | IPv6Address, int]]:
    """The addresses and ports on which a process listens."""
    process = PROC / str(pid)
    sockets = set()
    for descriptor in (process / "fd").iterdir():
        with contextlib.suppress(OSError):
            sockets.add(str(descriptor.readlink()))
    found = set()
    for table in ("tcp", "tcp6"):
        for line in (process / "net" / table).read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == LISTENING and f"socket:[{rest[5]}]" in sockets:
                address, _, port = local.partition(":")
                found.add((_address(address), int(port, 16)))
    return found


def _address(text: str) -> IPv4Address | IPv6Address:
    """Read an address as the kernel writes it: words of four bytes, the last byte first."""
    raw = bytes.fromhex(text)
    return ip_address(b"".join(raw[start : start + 4][::-1] for start in range(0, len(raw), 4)))

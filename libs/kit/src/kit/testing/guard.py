"""Closes the network: a test may talk to this machine and to nothing else."""

import ipaddress
import sys
from typing import Any

_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class NetworkClosedError(RuntimeError):
    """A test tried to reach another machine."""


class _Guard:
    """An audit hook; the interpreter offers no way to remove one, so it is switched off instead."""

    def __init__(self) -> None:
        self.closed = False
        self.installed = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.closed and event in _EVENTS and not _is_local(arguments[1]):
            raise NetworkClosedError(f"tests reach only this machine, not {arguments[1]!r}")


_guard = _Guard()


def close_network() -> None:
    """Let connections to loopback addresses and unix sockets through and refuse all others."""
    if not _guard.installed:
        sys.addaudithook(_guard)
        _guard.installed = True
    _guard.closed = True


def open_network() -> None:
    """Undo `close_network`."""
    _guard.closed = False


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix or netlink socket
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

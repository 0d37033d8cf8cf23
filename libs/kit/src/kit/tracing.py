"""The trace a unit of work belongs to, carried as a W3C traceparent in a context variable."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


@dataclass(frozen=True, slots=True)
class Trace:
    """One position in a trace."""

    trace_id: str
    span_id: str
    flags: str = "01"

    @property
    def traceparent(self) -> str:
        """Return the header value that names this position."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    def child(self) -> "Trace":
        """Return a new span in the same trace."""
        return Trace(self.trace_id, secrets.token_hex(8), self.flags)


_current: ContextVar[Trace | None] = ContextVar("kit_trace", default=None)


def new_trace() -> Trace:
    """Start a trace of its own."""
    return Trace(secrets.token_hex(16), secrets.token_hex(8))


def parse_traceparent(value: str | None) -> Trace | None:
    """Read a traceparent header (W3C Trace Context, section 3.2); None when it is not valid."""
    match = _TRACEPARENT.fullmatch(value) if value else None
    if match is None:
        return None
    version, trace_id, span_id, flags, rest = match.groups()
    if version == "ff" or (version == "00" and rest):
        return None
    if trace_id == "0" * 32 or span_id == "0" * 16:
        return None
    return Trace(trace_id, span_id, flags)


def current_trace() -> Trace | None:
    """Return the trace of the running work, if any."""
    return _current.get()


def current_traceparent() -> str | None:
    """Return the traceparent to hand on to the next hop, if there is a trace."""
    trace = _current.get()
    return trace.traceparent if trace else None


@contextmanager
def trace_scope(traceparent: str | None = None) -> Iterator[Trace]:
    """Continue the given trace, or start one, for the block."""
    parent = parse_traceparent(traceparent)
    trace = parent.child() if parent else new_trace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)

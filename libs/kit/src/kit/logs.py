"""Structured logs: one JSON line per event, with trace and request id, without secrets.

Fields that could hold a secret or a person's data are blanked by name. Exceptions are written
with their frames, but messages known to quote data (of the database driver and of validation)
are replaced by the error's name and code.
"""

import hashlib
import json
import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any
from uuid import UUID

import structlog

from kit.settings import ProcessSettings
from kit.tracing import current_trace

_SECRET_NAMES = (
    "authorization",
    "cookie",
    "csrf",
    "email",
    "api_key",
    "password",
    "secret",
    "token",
    "transcript",
    "answer_text",
)
_NOISY = {
    "uvicorn": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "aiormq": logging.ERROR,
    "aio_pika": logging.ERROR,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.INFO,
}
_QUOTING_MODULES = ("sqlalchemy", "asyncpg", "pydantic", "pydantic_core", "fastapi")
_MAX_MESSAGE = 500
_MAX_FRAMES = 30


def configure_logging(settings: ProcessSettings, service: str) -> None:
    """Send structlog and standard logging through the same processors to standard output."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _Context(service),
        _safe_exception,
        _redact,
    ]
    if settings.log_format == "json":
        rendering: list[Any] = [_as_json]
    else:
        colors = sys.stdout.isatty()
        rendering = [_exception_as_text, structlog.dev.ConsoleRenderer(colors=colors, pad_event_to=30)]
    structlog.configure(
        processors=[*shared, *rendering],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_Output,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, minimum in _NOISY.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(level, minimum))
        logger.handlers.clear()
        logger.propagate = True


def hashed(user_id: UUID) -> str:
    """Return a short stable pseudonym of a user for logs."""
    return hashlib.sha256(b"interview-kit log:" + user_id.bytes).hexdigest()[:16]


def bind_user(user_id: UUID) -> None:
    """Add the user's pseudonym to every further line of the running work."""
    structlog.contextvars.bind_contextvars(user=hashed(user_id))


class _Context:
    def __init__(self, service: str) -> None:
        self._service = service

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = self._service
        trace = current_trace()
        if trace is not None:
            event.setdefault("trace_id", trace.trace_id)
            event.setdefault("span_id", trace.span_id)
        return event


def _redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        # Numbers stay: input_tokens is a count, not a token.
        if _is_secret(name) and not isinstance(value, int | float | None):
            event[name] = "[redacted]"
    return event


def _safe_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    if not given:
        return event
    if isinstance(given, BaseException):
        error: BaseException | None = given
    elif isinstance(given, tuple):
        error = given[1]
    else:
        error = sys.exc_info()[1]
    if error is not None:
        event["exception"] = describe_exception(error)
    return event


def _exception_as_text(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if "exception" in event:
        parts = [
            "\n".join([f"{part['type']}: {part['message']}", *(f"  {frame}" for frame in part["frames"])])
            for part in event["exception"]
        ]
        event["exception"] = "\ncaused by ".join(parts)
    return event


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return any(part in name.lower() for part in _SECRET_NAMES)


def describe_exception(error: BaseException) -> list[dict[str, Any]]:
    """Return the chain of an exception, innermost cause last, without quoted data."""
    chain: list[dict[str, Any]] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)[-_MAX_FRAMES:]
        chain.append(
            {
                "type": f"{type(current).__module__}.{type(current).__qualname__}",
                "message": _safe_message(current),
                "frames": [f"{f.filename}:{f.lineno} {f.name}" for f in frames],
            }
        )
        if isinstance(current, BaseExceptionGroup):
            chain[-1]["inside"] = [describe_exception(inner) for inner in current.exceptions[:5]]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


def _safe_message(error: BaseException) -> str:
    if type(error).__module__.split(".")[0] in _QUOTING_MODULES:
        parts = [
            str(value)
            for name in ("sqlstate", "constraint_name", "table_name")
            if (value := getattr(getattr(error, "orig", None) or error, name, None))
        ]
        return " ".join(parts)
    return str(error)[:_MAX_MESSAGE]


class _Output:
    """Writes to whatever standard output is at the moment; loggers are cached, it may be replaced."""

    def __init__(self, *_names: str) -> None:
        """Take the logger's name, which is of no use here."""

    def msg(self, line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    debug = info = warning = error = critical = fatal = log = msg


def _represent(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


# json.dumps makes a new encoder per call when it is given arguments.
_encode = json.JSONEncoder(ensure_ascii=True, default=_represent).encode


def _as_json(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    return _encode(event)

"""Large bodies served in parts: byte ranges and ETags (RFC 9110), so that a player can seek and a download resume."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from kit.problems import Problem

_BYTES = re.compile(r"bytes=[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.ASCII)

Open = Callable[[int, int], AsyncIterator[bytes]]
"""Yields the bytes from the first number up to and without the second."""


class RangeNotSatisfiable(Problem):
    """The range lies outside of what there is."""

    status = 416
    type = "range-not-satisfiable"
    title = "The requested part does not exist"

    def __init__(self, size: int) -> None:
        """Take the size in bytes, which the response names."""
        super().__init__(headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body, from `start` up to and without `end`."""

    start: int
    end: int


def requested_part(headers: Headers, size: int, etag: str) -> Part | None:
    """Return the part a request asks for; None when it is to have all of it.

    Several ranges at once, other units and what cannot be read are answered with all of it, as the RFC allows; so is
    an `If-Range` that names another version.

    Raises:
        RangeNotSatisfiable: nothing of the range is there.
    """
    wanted = headers.get("range")
    if wanted is None or headers.get("if-range", etag) != etag:
        return None
    match = _BYTES.fullmatch(wanted.strip())
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        if int(suffix) == 0 or size == 0:
            raise RangeNotSatisfiable(size)
        return Part(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None  # not a range at all, so it is to be ignored
    if int(first) >= size:
        raise RangeNotSatisfiable(size)
    return Part(int(first), min(int(last) + 1, size) if last else size)


async def ranged_response(
    headers: Headers, open_part: Open, *, size: int, etag: str, media_type: str, extra: Mapping[str, str] | None = None
) -> Response:
    """Answer with all of a body or the part that was asked for, as a stream.

    Args:
        headers: of the request.
        open_part: gives the bytes; what it raises before its first piece is raised here, while a status can be chosen.
        size: of the whole body in bytes.
        etag: a strong one, with its quotes; another one for every other content.
        media_type: of the body.
        extra: further response headers.

    Raises:
        RangeNotSatisfiable: nothing of the requested range is there.
    """
    common = {"Accept-Ranges": "bytes", "ETag": etag, **(extra or {})}
    if _is_known(headers, etag):
        return Response(status_code=304, headers=common)
    part = requested_part(headers, size, etag)
    status = 200
    if part is not None:
        status = 206
        common["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size}"
    wanted = part or Part(0, size)
    common["Content-Length"] = str(wanted.end - wanted.start)
    pieces = open_part(wanted.start, wanted.end)
    first = await anext(pieces, b"")
    return StreamingResponse(_chained(first, pieces), status, common, media_type)


def _is_known(headers: Headers, etag: str) -> bool:
    known = headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/") in (etag, "*") for one in known.split(","))


async def _chained(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[Any]:
    yield first
    async for piece in rest:
        yield piece

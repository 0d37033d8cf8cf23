"""Serves the built frontend: hashed assets for ever, everything else checked each time, one page for all addresses.

Only files that were there when the folder was read are served, by exact name, so that no path can lead out of it. The
folder is read again when index.html changes.
"""

import asyncio
import gzip
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from kit.problems import MethodNotAllowed, ServiceUnavailable
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from gateway.errors import NoSuchAddress

_ASSETS = "/assets/"
_INDEX = "/index.html"
_FOR_EVER = "public, max-age=31536000, immutable"
_CHECKED = "no-cache"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_COMPRESSIBLE = frozenset({".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"})
_WORTH_IT = 1024
_PRECOMPRESSED = {"br": ".br", "gzip": ".gz"}


class FrontendMissing(ServiceUnavailable):
    """There is no built frontend."""

    type = "frontend-missing"
    title = "The pages have not been built; the API is served under /api"


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    kind: str
    etag: str
    cache: str
    compressible: bool
    precompressed: Mapping[str, Path]


class Frontend:
    """The ASGI app for everything that is not /api."""

    def __init__(self, folder: Path | None) -> None:
        """Take the folder with index.html; None serves no pages."""
        self._folder = folder.resolve() if folder else None
        self._files: dict[str, _File] = {}
        self._stamp: tuple[int, int] | None = None
        self._zipped: dict[str, bytes] = {}
        self._reading = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one file; problems are rendered by the ring around."""
        scope["route"] = SimpleNamespace(path="/*")
        if scope["method"] not in {"GET", "HEAD"}:
            raise MethodNotAllowed(headers={"Allow": "GET, HEAD"})
        await self._read_folder()
        headers = Headers(scope=scope)
        response = await self._response(self._find(scope["path"], headers), headers)
        await response(scope, receive, send)

    def _find(self, path: str, headers: Headers) -> _File:
        found = self._files.get(_INDEX if path == "/" else path)
        if found is not None:
            return found
        if not path.startswith(_ASSETS) and _is_navigation(headers):
            return self._files[_INDEX]
        raise NoSuchAddress

    async def _response(self, file: _File, headers: Headers) -> Response:
        encoding = self._encoding(file, headers.get("accept-encoding", ""))
        etag = f'"{file.etag}-{encoding}"' if encoding else f'"{file.etag}"'
        sent = {"ETag": etag, "Cache-Control": file.cache, "Content-Type": file.kind}
        if file.compressible:
            sent["Vary"] = "Accept-Encoding"
        if _knows(headers.get("if-none-match", ""), etag):
            del sent["Content-Type"]
            return Response(status_code=304, headers=sent)
        if encoding is None:
            return FileResponse(file.path, headers=sent)
        sent["Content-Encoding"] = encoding
        if encoding in file.precompressed:
            return FileResponse(file.precompressed[encoding], headers=sent)
        return Response(await self._gzipped(file), headers=sent)

    def _encoding(self, file: _File, accepted: str) -> str | None:
        names = _accepted(accepted)
        for encoding in _PRECOMPRESSED:
            if encoding in names and encoding in file.precompressed:
                return encoding
        return "gzip" if "gzip" in names and file.compressible else None

    async def _gzipped(self, file: _File) -> bytes:
        zipped = self._zipped.get(file.etag)
        if zipped is None:
            zipped = await asyncio.to_thread(lambda: gzip.compress(file.path.read_bytes(), compresslevel=6, mtime=0))
            self._zipped[file.etag] = zipped
        return zipped

    async def _read_folder(self) -> None:
        if self._folder is None:
            raise FrontendMissing(retry_after=None)
        try:
            status = os.stat(self._folder / "index.html")  # noqa: PTH116 - cheaper than Path on every request
        except OSError:
            raise FrontendMissing(retry_after=5) from None
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        async with self._reading:
            if stamp != self._stamp:
                self._files = await asyncio.to_thread(_read, self._folder)
                self._zipped.clear()
                self._stamp = stamp


def _read(folder: Path) -> dict[str, _File]:
    inside = [path for path in folder.rglob("*") if path.is_file() and folder in path.resolve().parents]
    visible = [path for path in inside if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    names = {f"/{path.relative_to(folder).as_posix()}": path for path in visible}
    return {name: _describe(name, path, names) for name, path in names.items() if not _is_companion(name, names)}


def _is_companion(name: str, names: Mapping[str, Path]) -> bool:
    return any(name.endswith(suffix) and name.removesuffix(suffix) in names for suffix in _PRECOMPRESSED.values())


def _describe(name: str, path: Path, names: Mapping[str, Path]) -> _File:
    content = path.read_bytes()
    precompressed = {
        encoding: names[name + suffix] for encoding, suffix in _PRECOMPRESSED.items() if name + suffix in names
    }
    worth_it = path.suffix in _COMPRESSIBLE and len(content) >= _WORTH_IT
    return _File(
        path=path,
        kind=_TYPES.get(path.suffix, "application/octet-stream"),
        etag=hashlib.sha256(content).hexdigest()[:20],
        cache=_FOR_EVER if name.startswith(_ASSETS) else _CHECKED,
        compressible=worth_it or bool(precompressed),
        precompressed=precompressed,
    )


def _is_navigation(headers: Headers) -> bool:
    mode = headers.get("sec-fetch-mode")
    return mode == "navigate" if mode else "text/html" in headers.get("accept", "")


def _accepted(header: str) -> frozenset[str]:
    """Return the encodings a client takes; a weight of zero means it does not."""
    names = set()
    for item in header.lower().split(","):
        name, _, parameters = item.strip().partition(";")
        if parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            names.add(name.strip())
    return frozenset(names)


def _knows(header: str, etag: str) -> bool:
    if header.strip() == "*":
        return True
    return etag in {tag.strip().removeprefix("W/") for tag in header.split(",")}

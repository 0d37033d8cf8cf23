"""A browser whose only server is this process: the built frontend from dist/ and answers from a table."""

from __future__ import annotations

import json
import mimetypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

FRONTEND = Path(__file__).parents[2]
DIST = Path(os.environ.get("IK_DIST", FRONTEND / "dist"))
ORIGIN = "http://localhost"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
]
# The one that the gateway sends, so that what it forbids is seen here first.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

Answers = dict[str, Any]


class Fault:
    """An answer that is a problem document, or no answer at all (`status` 0: refused; -1: never)."""

    def __init__(self, status: int, slug: str = "", headers: dict[str, str] | None = None, **more: Any) -> None:
        self.status, self.slug, self.headers, self.more = status, slug, headers or {}, more


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield browser
        browser.close()


def serve(page: Page, answers: Answers) -> list[Route]:
    """Answers `METHOD /path` patterns (regular expressions) from the table, first match; anything else is the app.

    Returns the requests left without an answer, to be ended before the page is closed.
    """
    waiting: list[Route] = []
    page.route("**/*", lambda route: _answer(route, answers, waiting))
    return waiting


def _answer(route: Route, answers: Answers, waiting: list[Route]) -> None:
    path = "/" + route.request.url.removeprefix(ORIGIN).lstrip("/").split("?")[0]
    if not path.startswith("/api"):
        _file(route, path)
        return
    for pattern, value in answers.items():
        if re.fullmatch(pattern, f"{route.request.method} {path}"):
            _reply(route, value, waiting)
            return
    _reply(route, Fault(404, "not-found"), waiting)


def _reply(route: Route, value: Any, waiting: list[Route]) -> None:
    if isinstance(value, bytes):
        _part(route, value)
    elif not isinstance(value, Fault):
        route.fulfill(status=200, content_type="application/json", body=json.dumps(value))
    elif value.status == 0:
        route.abort("internetdisconnected")
    elif value.status < 0:
        waiting.append(route)
    else:
        body = {
            "type": f"urn:interview-kit:problem:{value.slug}",
            "title": value.slug,
            "status": value.status,
            "detail": None,
        } | value.more
        route.fulfill(
            status=value.status,
            headers=value.headers | {"Content-Type": "application/problem+json"},
            body=json.dumps(body),
        )


def _part(route: Route, video: bytes) -> None:
    """The range a player asks for."""
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", "bytes=0-"))
    start, end = (int(found[1]), int(found[2] or len(video) - 1)) if found else (0, len(video) - 1)
    headers = {
        "Content-Type": "video/webm",
        "Accept-Ranges": "bytes",
        "Content-Range": f"bytes {start}-{end}/{len(video)}",
    }
    route.fulfill(status=206, headers=headers, body=video[start : end + 1])


def _file(route: Route, path: str) -> None:
    file = DIST / path.lstrip("/")
    if not file.is_file():
        file = DIST / "index.html"
    route.fulfill(
        body=file.read_bytes(),
        headers={
            "Content-Type": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            "Content-Security-Policy": WORKER_POLICY if file.name.startswith("face.worker-") else POLICY,
        },
    )

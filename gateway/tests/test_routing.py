from pathlib import Path

import pytest

from .conftest import Browser, Open, problem
from .test_proxy import raw
from .upstream import Upstream

ROUTED = [
    "/api/catalog",
    "/api/interviews",
    "/api/interviews/1/events",
    "/api/room",
    "/api/consents",
    "/api/bank/questions",
    "/api/recordings",
    "/api/reports/1",
    "/api/admin/overview",
]
UNROUTED = [
    "/api",
    "/api/",
    "/api/metrics",
    "/api/health/ready",
    "/api/health/live",
    "/api/openapi.json",
    "/api/docs",
    "/api/.well-known/jwks.json",
    "/api/interviewsx",
    "/api/Interviews",
    "/api/rooms",
    "/api/notices",
    "/api/presence",
    "/api/internal",
    "/metrics",
    "/health/ready",
    "/.well-known/jwks.json",
    "/.env",
    "/.git/config",
]
TRICKS = [
    "/api/interviews/../metrics",
    "/api/interviews/..",
    "/api/interviews/./1",
    "/api/interviews/%2e%2e/metrics",
    "/api/interviews/%2E%2E/metrics",
    "/api/interviews/..%2fmetrics",
    "/api/interviews%2f..%2fmetrics",
    "/api/interviews/%252e%252e/metrics",
    "/api//interviews",
    "/api/interviews//1",
    "/api/interviews/1;x=1",
    "/api/interviews/%3b",
    "/api/interviews\\..\\metrics",
    "/api/interviews/%5c..%5cmetrics",
    "/api/interviews/%00",
    "/api/interviews/%0d%0aX-Evil:%201",
    "/api/interviews/%7f",
    "/api/interviews/%zz",
    "/api/interviews/%",
    "/%61pi/../api/interviews",
]


@pytest.mark.parametrize("path", ROUTED)
async def test_listed_prefixes_reach_their_service(browser: Browser, upstream: Upstream, path: str) -> None:
    async with browser.http.stream("GET", path) as response:
        assert response.status_code == 200
    assert upstream.seen[-1]["path"] == path.removeprefix("/api")


async def test_everything_else_is_not_there(open_gateway: Open, upstream: Upstream, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        for path in UNROUTED:
            response = await browser.http.get(path)
            assert (response.status_code, problem(response)) == (404, "not-found"), path
    assert upstream.seen == []


@pytest.mark.parametrize("path", TRICKS)
async def test_clever_paths_are_refused(browser: Browser, upstream: Upstream, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    answer = await raw(browser, request)
    assert answer.split(b" ", 2)[1] in {b"400", b"404"}, answer
    assert upstream.seen == []


async def test_escapes_that_change_nothing_pass(browser: Browser, upstream: Upstream) -> None:
    await browser.http.get("/api/interviews/a%20b%C3%A9?q=a%2Fb%00")
    assert (upstream.seen[-1]["path"], upstream.seen[-1]["query"]) == ("/interviews/a%20b%C3%A9", "q=a%2Fb%00")


async def test_absolute_and_odd_targets_are_no_way_around(browser: Browser, upstream: Upstream) -> None:
    for target in ("http://evil.example/api/interviews/1/echo", "*", "//evil.example/api"):
        answer = await raw(browser, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 ")
    assert all(seen["headers"]["x-forwarded-host"] == "x" for seen in upstream.seen)


async def test_websockets_are_refused(browser: Browser, upstream: Upstream) -> None:
    request = (
        b"GET /api/interviews/echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    answer = await raw(browser, request, until=b"\r\n\r\n")
    assert not answer.startswith(b"HTTP/1.1 101")
    assert all("upgrade" not in seen["headers"] for seen in upstream.seen)

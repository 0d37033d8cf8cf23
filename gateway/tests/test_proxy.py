import asyncio
import gc
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from .conftest import Browser, Open, problem
from .upstream import CHUNK, Upstream

PATIENCE = 30  # seconds; what is waited for comes at once on a machine with nothing else to do
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def raw(browser: Browser, request: bytes, *, until: bytes = b"", patience: float = PATIENCE) -> bytes:
    """Send bytes and return what comes back."""
    host, port = browser.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request)
    received = b""
    try:
        async with asyncio.timeout(patience):
            while chunk := await reader.read(65_536):
                received += chunk
                if until and until in received:
                    break
    except TimeoutError:
        pass
    finally:
        writer.close()
    return received


async def test_request_reaches_the_service_whole(browser: Browser) -> None:
    response = await browser.http.put(
        "/api/interviews/a%20b/echo?x=1&y=%C3%A9",
        content=b'{"text": "hello"}',
        headers={"Content-Type": "application/json", "Idempotency-Key": "k1", "Last-Event-ID": "7"},
    )
    assert response.status_code == 200
    seen = response.json()
    assert (seen["method"], seen["path"], seen["query"]) == ("PUT", "/interviews/a%20b/echo", "x=1&y=%C3%A9")
    assert seen["body"] == '{"text": "hello"}'
    assert seen["headers"]["content-type"] == "application/json"
    assert seen["headers"]["content-length"] == "17"
    assert (seen["headers"]["idempotency-key"], seen["headers"]["last-event-id"]) == ("k1", "7")


async def test_identity_cannot_be_spoofed(browser: Browser) -> None:
    spoofed = {
        "X-User-Id": "1",
        "X-User-Role": "admin",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/x",
        "Forwarded": "for=10.0.0.1",
        "X-Real-IP": "10.0.0.1",
        "X-Original-URL": "/admin",
        "Cookie": "a=b",
        "X-CSRF-Token": "t",
        "Connection": "keep-alive, x-hop",
        "X-Hop": "1",
        "Keep-Alive": "timeout=1",
        "Te": "trailers",
        "Proxy-Authorization": "Basic x",
        "X-Kept": "yes",
    }
    seen = (await browser.http.get("/api/interviews/echo", headers=spoofed)).json()["headers"]
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "http"
    assert f"http://{seen['x-forwarded-host']}" == browser.address
    assert seen["x-kept"] == "yes"
    for name in ("x-user-id", "x-user-role", "x-forwarded-prefix", "forwarded", "x-real-ip", "x-original-url"):
        assert name not in seen
    for name in ("cookie", "x-csrf-token", "x-hop", "keep-alive", "te", "proxy-authorization", "authorization"):
        assert name not in seen


async def test_trusted_proxy_in_front_is_believed(open_gateway: Open) -> None:
    async with open_gateway(trusted_proxies="127.0.0.1") as browser:
        headers = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
        response = await browser.http.get("/api/interviews/echo", headers=headers)
        seen = response.json()["headers"]
        assert (seen["x-forwarded-for"], seen["x-forwarded-proto"]) == ("192.0.2.7", "https")
        assert response.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


async def test_trace_and_request_id_are_handed_on(browser: Browser) -> None:
    headers = {"traceparent": TRACEPARENT, "X-Request-Id": "quote-me-12345"}
    response = await browser.http.get("/api/interviews/echo", headers=headers)
    seen = response.json()["headers"]
    assert seen["traceparent"].split("-")[1] == TRACEPARENT.split("-")[1]
    assert seen["traceparent"].split("-")[2] != TRACEPARENT.split("-")[2]
    assert seen["x-request-id"] == response.headers["x-request-id"] == "quote-me-12345"
    fresh = await browser.http.get("/api/interviews/echo")
    assert len(fresh.json()["headers"]["x-request-id"]) == 32
    assert fresh.json()["headers"]["traceparent"].startswith("00-")


async def test_response_headers_are_cleaned(browser: Browser) -> None:
    response = await browser.http.get("/api/interviews/headers")
    assert response.headers["x-kept"] == "yes"
    assert response.headers["cache-control"] == "private, max-age=5"
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert response.headers["x-request-id"] != "not-this-one"
    assert len(response.headers.get_list("date")) == 1
    for name in ("x-private", "keep-alive", "server", "set-cookie"):
        assert name not in response.headers


async def test_locations_are_put_under_api(browser: Browser) -> None:
    created = await browser.http.post("/api/interviews/created", json={})
    assert (created.status_code, created.headers["location"]) == (202, "/api/reports/42?x=1")
    elsewhere = await browser.http.get("/api/interviews/elsewhere")
    assert (elsewhere.status_code, elsewhere.headers["location"]) == (302, "https://example.com/interviews")


async def test_problems_are_passed_on(browser: Browser) -> None:
    response = await browser.http.get("/api/interviews/problem")
    assert (response.status_code, problem(response)) == (404, "role-unknown")


@pytest.mark.parametrize(("method", "path"), [("HEAD", "echo"), ("GET", "nothing"), ("GET", "not-modified")])
async def test_bodiless_answers_leave_the_connection_usable(browser: Browser, method: str, path: str) -> None:
    for _ in range(3):
        response = await browser.http.request(method, f"/api/interviews/{path}")
        assert response.content == b""
        assert response.status_code == {"echo": 200, "nothing": 204, "not-modified": 304}[path]
    if method == "HEAD":
        assert int(response.headers["content-length"]) > 0
    assert (await browser.http.get("/api/interviews/echo")).status_code == 200


async def test_expectation_is_met_at_the_door(browser: Browser, upstream: Upstream) -> None:
    head = b"POST /api/interviews/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    answer = await raw(browser, head, until=b"100 Continue")
    assert answer.startswith(b"HTTP/1.1 100 Continue")
    response = await browser.http.post("/api/interviews/echo", content=b"{}", headers={"Expect": "100-continue"})
    assert response.status_code == 200
    assert "expect" not in upstream.seen[-1]["headers"]


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT"])
async def test_odd_methods_are_refused(browser: Browser, upstream: Upstream, method: str) -> None:
    answer = await raw(
        browser, f"{method} /api/interviews/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    )
    assert answer.split(b" ", 2)[1] in {b"405", b"400"}
    assert upstream.seen == []


async def test_body_beyond_the_limit_is_refused_unread(browser: Browser, upstream: Upstream) -> None:
    response = await browser.http.post("/api/interviews/echo", content=b"x" * 1_048_577)
    assert (response.status_code, problem(response)) == (413, "payload-too-large")
    assert upstream.seen == []
    assert (await browser.http.post("/api/interviews/echo", content=b"x" * 1_048_576)).status_code == 200


async def test_body_of_unknown_length_is_stopped_at_the_limit(browser: Browser, upstream: Upstream) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield CHUNK

    started = time.monotonic()
    try:
        response = await browser.http.post("/api/interviews/echo", content=endless())
    except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError):
        pass  # the door may close before the client has finished writing
    else:
        assert (response.status_code, problem(response)) == (413, "payload-too-large")
    assert time.monotonic() - started < PATIENCE
    await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)
    assert upstream.received <= 1_048_576
    assert (await browser.http.get("/api/interviews/echo")).status_code == 200


async def test_bodies_stream_up(open_gateway: Open, upstream: Upstream) -> None:
    release = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        yield CHUNK
        await release.wait()
        yield CHUNK

    async with open_gateway() as browser:
        sending = asyncio.create_task(browser.http.post("/api/interviews/echo", content=chunks()))
        while upstream.received < len(CHUNK):  # noqa: ASYNC110 - the upstream only counts
            await asyncio.sleep(0.01)
        release.set()
        response = await sending
        assert len(response.json()["body"]) == 2 * len(CHUNK)


async def test_stalled_body_is_given_up(open_gateway: Open, upstream: Upstream) -> None:
    async with open_gateway(body_timeout=0.3) as browser:
        head = b"POST /api/interviews/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"
        answer = await raw(browser, head + b"x" * 100_000)
        assert answer.startswith(b"HTTP/1.1 408")
        await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)


async def test_large_answers_stream_down_without_being_collected(browser: Browser, upstream: Upstream) -> None:
    async with browser.http.stream("GET", "/api/interviews/large") as response:
        received = 0
        chunks = response.aiter_raw()
        async for chunk in chunks:
            received += len(chunk)
            if received > 1_000_000:
                break
        await asyncio.sleep(0.3)
        # Nobody reads: the service is held back, nothing piles up at the door.
        assert upstream.produced < 24_000_000
        async for chunk in chunks:
            received += len(chunk)
    assert received == 1024 * len(CHUNK)


async def test_part_of_a_video_stays_a_part(browser: Browser, upstream: Upstream) -> None:
    response = await browser.http.get(
        "/api/interviews/1/recordings/2/part", headers={"Range": "bytes=100-299", "If-Range": '"1"'}
    )
    assert (response.status_code, response.content) == (206, CHUNK[100:300])
    assert upstream.seen[-1]["headers"]["if-range"] == '"1"'
    kept = {name: response.headers[name] for name in ("content-range", "accept-ranges", "etag", "content-type")}
    assert kept == {
        "content-range": f"bytes 100-299/{len(CHUNK)}",
        "accept-ranges": "bytes",
        "etag": '"1"',
        "content-type": "video/webm",
    }
    assert response.headers["content-length"] == "200"


async def test_events_pass_at_once(browser: Browser, upstream: Upstream) -> None:
    async with browser.http.stream("GET", "/api/interviews/events") as response:
        assert response.headers["content-type"] == "text/event-stream"
        assert response.headers["x-accel-buffering"] == "no"
        chunks = response.aiter_raw()
        assert await asyncio.wait_for(anext(chunks), PATIENCE) == b"id: 1\ndata: first\n\n"
        upstream.proceed.set()
        assert await asyncio.wait_for(anext(chunks), PATIENCE) == b"id: 2\ndata: second\n\n"
        assert not upstream.disconnected.is_set()
    await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)


async def test_reader_who_leaves_the_events_is_no_error(browser: Browser, upstream: Upstream) -> None:
    faults: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: faults.append(context))
    try:
        async with browser.http.stream("GET", "/api/interviews/events") as response:
            await asyncio.wait_for(anext(response.aiter_raw()), PATIENCE)
        await asyncio.sleep(0.2)
        upstream.proceed.set()
        await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)
        gc.collect()
    finally:
        loop.set_exception_handler(None)
    assert faults == []


async def test_events_end_when_the_gateway_stops(open_gateway: Open, upstream: Upstream) -> None:
    async with open_gateway() as browser, browser.http.stream("GET", "/api/interviews/events") as response:
        chunks = response.aiter_raw()
        await anext(chunks)
        browser.app.state.stopping.set()
        assert [chunk async for chunk in chunks] == []
    upstream.proceed.set()
    await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)


async def test_client_that_leaves_takes_its_request_along(browser: Browser, upstream: Upstream) -> None:
    leaving = asyncio.create_task(browser.http.get("/api/interviews/slow"))
    async with asyncio.timeout(PATIENCE):
        while not upstream.seen:  # noqa: ASYNC110 - the upstream only remembers
            await asyncio.sleep(0.01)
    leaving.cancel()
    await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)
    assert (await browser.http.get("/api/interviews/echo")).status_code == 200


async def test_silent_service_is_a_timeout(open_gateway: Open, upstream: Upstream) -> None:
    async with open_gateway(read_timeout=0.3) as browser:
        response = await browser.http.get("/api/interviews/slow")
        assert (response.status_code, problem(response)) == (504, "upstream-timeout")
    await asyncio.wait_for(upstream.disconnected.wait(), PATIENCE)


async def test_service_that_is_down_is_named_politely(open_gateway: Open) -> None:
    async with open_gateway(interview_url="http://127.0.0.1:9") as browser:
        response = await browser.http.post("/api/interviews/echo", json={})
        assert (response.status_code, problem(response)) == (503, "upstream-unavailable")
        assert response.headers["retry-after"] == "2"
        assert "127.0.0.1:9" not in response.text
        assert (await browser.http.get("/api/reports/echo")).status_code == 200


async def test_half_an_answer_is_not_taken_for_a_whole_one(browser: Browser) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        await browser.http.get("/api/interviews/broken")
    assert (await browser.http.get("/api/interviews/echo")).status_code == 200


async def closing_service(requests: list[str]) -> asyncio.Server:
    """Answer the first request of a connection, then close it when the second arrives: a stale pooled connection."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for turn in range(2):
            head = await reader.readuntil(b"\r\n\r\n")
            requests.append(head.split(b" ", 1)[0].decode())
            if turn == 0:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                await writer.drain()
        writer.close()

    return await asyncio.start_server(handle, "127.0.0.1", 0)


@pytest.mark.parametrize(("method", "status", "tries"), [("GET", 200, 2), ("DELETE", 200, 2), ("POST", 503, 1)])
async def test_stale_connection_is_tried_again_where_it_is_safe(
    open_gateway: Open, method: str, status: int, tries: int
) -> None:
    requests: list[str] = []
    server = await closing_service(requests)
    port = server.sockets[0].getsockname()[1]
    async with server, open_gateway(interview_url=f"http://127.0.0.1:{port}") as browser:
        assert (await browser.http.get("/api/interviews/1")).status_code == 200
        response = await browser.http.request(method, "/api/interviews/2", content=b"{}" if method == "POST" else None)
        assert response.status_code == status
        assert requests[1:] == [method] * tries


async def test_service_that_speaks_nonsense_is_told_apart(open_gateway: Open) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"nonsense\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, open_gateway(interview_url=f"http://127.0.0.1:{port}") as browser:
        response = await browser.http.get("/api/interviews/1")
        assert (response.status_code, problem(response)) == (502, "upstream-invalid")


async def test_headers_beyond_the_limit_are_refused(browser: Browser, upstream: Upstream) -> None:
    response = await browser.http.get("/api/interviews/echo", headers={"X-Large": "x" * 65_536})
    assert response.status_code == 431
    assert upstream.seen == []


async def test_every_request_is_counted_by_prefix(browser: Browser, capfd: pytest.CaptureFixture[str]) -> None:
    await browser.http.get("/api/interviews/0192f0c1-secret-path")
    lines = [line for line in capfd.readouterr().out.splitlines() if "access" in line or '"route"' in line]
    assert any("/api/interviews/*" in line for line in lines)
    assert not any("secret-path" in line for line in lines)
    assert json.loads(lines[-1])["status"] == 200

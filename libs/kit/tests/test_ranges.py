import os
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI, Request
from kit.problems import ServiceUnavailable
from kit.ranges import ranged_response
from kit.rendering import install_handlers
from starlette.responses import Response

CONTENT = os.urandom(100_000)
SIZE = len(CONTENT)


class Lost(ServiceUnavailable):
    type = "lost"


async def pieces(start: int, end: int) -> AsyncIterator[bytes]:
    for position in range(start, end, 7_000):
        yield CONTENT[position : min(position + 7_000, end)]


async def lost(start: int, end: int) -> AsyncIterator[bytes]:
    raise Lost
    yield b""


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    install_handlers(app)

    @app.get("/film")
    async def film(request: Request) -> Response:
        return await ranged_response(
            request.headers,
            pieces,
            size=SIZE,
            etag='"one"',
            media_type="video/webm",
            extra={"Cache-Control": "private, no-store"},
        )

    @app.get("/lost")
    async def gone(request: Request) -> Response:
        return await ranged_response(request.headers, lost, size=SIZE, etag='"one"', media_type="video/webm")

    @app.get("/empty")
    async def empty(request: Request) -> Response:
        return await ranged_response(request.headers, pieces, size=0, etag='"none"', media_type="video/webm")

    return app


@pytest.fixture
def client(app: FastAPI) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test")


async def test_whole_body_says_that_parts_can_be_had(client: httpx2.AsyncClient) -> None:
    response = await client.get("/film")
    assert (response.status_code, response.content) == (200, CONTENT)
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["content-length"] == str(SIZE)
    assert response.headers["content-type"] == "video/webm"
    assert response.headers["cache-control"] == "private, no-store"
    assert "content-range" not in response.headers


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-", 0, SIZE),
        ("bytes=0-0", 0, 1),
        ("bytes=500-9999", 500, 10_000),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-500", SIZE - 500, SIZE),
        ("bytes=-999999999", 0, SIZE),
        ("bytes=99000-999999999", 99_000, SIZE),
        ("bytes= 10-19 ", 10, 20),
    ],
)
async def test_part_is_exactly_that_part(client: httpx2.AsyncClient, wanted: str, start: int, end: int) -> None:
    response = await client.get("/film", headers={"Range": wanted})
    assert response.status_code == 206
    assert response.content == CONTENT[start:end]
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert response.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=999999999-", "bytes=-0"])
async def test_part_that_does_not_exist_is_refused_with_the_size(client: httpx2.AsyncClient, wanted: str) -> None:
    response = await client.get("/film", headers={"Range": wanted})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{SIZE}"
    assert response.json()["type"].endswith(":range-not-satisfiable")


@pytest.mark.parametrize(
    "wanted",
    ["bytes=9-1", "bytes=a-b", "bytes=-", "bytes=1-2,4-5", "seconds=1-2", "bytes=1", "", "bytes=" + "9" * 40 + "-"],
)
async def test_range_that_cannot_be_read_is_ignored(client: httpx2.AsyncClient, wanted: str) -> None:
    response = await client.get("/film", headers={"Range": wanted})
    assert (response.status_code, response.content) == (200, CONTENT)


async def test_part_of_another_version_is_the_whole_of_this_one(client: httpx2.AsyncClient) -> None:
    same = await client.get("/film", headers={"Range": "bytes=5-9", "If-Range": '"one"'})
    other = await client.get("/film", headers={"Range": "bytes=5-9", "If-Range": '"two"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert (same.content, other.content) == (CONTENT[5:10], CONTENT)


async def test_known_version_is_not_sent_again(client: httpx2.AsyncClient) -> None:
    response = await client.get("/film", headers={"If-None-Match": '"zero", W/"one"'})
    assert (response.status_code, response.content) == (304, b"")
    assert (await client.get("/film", headers={"If-None-Match": '"two"'})).status_code == 200


async def test_fault_before_the_first_byte_is_a_problem_and_no_broken_body(client: httpx2.AsyncClient) -> None:
    response = await client.get("/lost")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"


async def test_empty_body_is_no_special_case(client: httpx2.AsyncClient) -> None:
    response = await client.get("/empty")
    assert (response.status_code, response.content) == (200, b"")
    assert (await client.get("/empty", headers={"Range": "bytes=0-"})).status_code == 416

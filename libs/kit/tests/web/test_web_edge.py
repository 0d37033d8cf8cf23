"""What surrounds every request: ids, traces, headers, counts."""

from collections.abc import AsyncIterator, Callable

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from kit.app import create_app
from kit.ids import new_id
from kit.metrics import registry
from kit.settings import ServiceSettings
from kit.tracing import current_trace, parse_traceparent
from starlette.responses import StreamingResponse

GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def app(make_settings: Callable[..., ServiceSettings]) -> FastAPI:
    inner = APIRouter()

    @inner.get("/items/{item_id}/parts/{part}")
    async def read_part(item_id: str, part: str) -> str:
        trace = current_trace()
        return trace.traceparent if trace else ""

    @inner.get("/cached")
    async def cached(response: Response) -> str:
        response.headers["Cache-Control"] = "max-age=60"
        return "x"

    @inner.get("/half")
    async def half(request: Request) -> Response:
        async def lines() -> AsyncIterator[bytes]:
            yield b"one"
            raise RuntimeError("in the middle")

        return StreamingResponse(lines())

    outer = APIRouter(prefix="/outer")
    outer.include_router(inner, prefix="/inner")
    return create_app(service="toy", settings=make_settings(), routers=[outer, inner], version="1")


def counted(route: str, status: str, method: str = "GET") -> float:
    labels = {"method": method, "route": route, "status": status}
    return registry.get_sample_value("http_requests_total", labels) or 0.0


async def test_request_id_is_given_and_taken(client: httpx2.AsyncClient) -> None:
    given = (await client.get("/cached", headers={"X-Request-Id": "client-chosen_1.2"})).headers["x-request-id"]
    assert given == "client-chosen_1.2"
    for odd in ("short", "x" * 65, "with space", "<script>"):
        made = (await client.get("/cached", headers={"X-Request-Id": odd})).headers["x-request-id"]
        assert made != odd
        assert len(made) == 32


async def test_trace_is_continued(client: httpx2.AsyncClient) -> None:
    inside = parse_traceparent((await client.get("/items/1/parts/2", headers={"traceparent": GOOD})).json())
    assert inside is not None
    assert inside.trace_id == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert inside.span_id != "00f067aa0ba902b7"
    assert current_trace() is None


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "junk",
        GOOD + "-extra",
        GOOD.upper(),
        "ff" + GOOD[2:],
        "00-" + "0" * 32 + "-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-" + "0" * 16 + "-01",
        GOOD + "\n",
    ],
)
def test_odd_traceparent_is_ignored(odd: str) -> None:
    assert parse_traceparent(odd) is None


def test_later_version_of_traceparent_is_read() -> None:
    assert parse_traceparent("01" + GOOD[2:] + "-what-will-be") is not None


async def test_answers_are_not_stored_unless_said(client: httpx2.AsyncClient) -> None:
    response = await client.get("/items/1/parts/2")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert (await client.get("/cached")).headers["cache-control"] == "max-age=60"
    assert (await client.get("/nowhere")).headers["cache-control"] == "no-store"


async def test_requests_are_counted_by_template(client: httpx2.AsyncClient) -> None:
    for route, path in {
        "/items/{item_id}/parts/{part}": "/items/{}/parts/{}",
        "/outer/inner/items/{item_id}/parts/{part}": "/outer/inner/items/{}/parts/{}",
        "unmatched": "/{}/{}",
    }.items():
        status = "404" if route == "unmatched" else "200"
        before = counted(route, status)
        for _ in range(3):
            await client.get(path.format(new_id(), new_id()))
        assert counted(route, status) == before + 3


async def test_odd_methods_do_not_make_series(client: httpx2.AsyncClient) -> None:
    before = counted("unmatched", "404", "OTHER")
    for i in range(5):
        await client.request(f"ODD{i}", "/nowhere")
    assert counted("unmatched", "404", "OTHER") == before + 5


async def test_half_an_answer_is_cut_not_glued(client: httpx2.AsyncClient) -> None:
    with pytest.raises(RuntimeError, match="in the middle"):
        await client.get("/half")

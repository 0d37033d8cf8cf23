"""Every error leaves as a problem, and none of them tells what it should not."""

import json
from typing import Any

import httpx2
import pytest

JSON = {"Content-Type": "application/json"}


def assert_problem(response: httpx2.Response, status: int, kind: str | None = None) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:interview-kit:problem:")
    assert body["request_id"] == response.headers["x-request-id"]
    if kind is not None:
        assert body["type"] == f"urn:interview-kit:problem:{kind}"
    return body


async def test_unknown_address_is_a_problem(client: httpx2.AsyncClient) -> None:
    body = assert_problem(await client.get("/nowhere"), 404, "not-found")
    assert body["instance"] == "/nowhere"


async def test_wrong_method_names_the_right_ones(client: httpx2.AsyncClient) -> None:
    response = await client.delete("/login")
    assert_problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


async def test_own_problem_keeps_its_type(client: httpx2.AsyncClient) -> None:
    response = await client.get("/notes/019a0000-0000-7000-8000-000000000000")
    assert_problem(response, 404, "note-not-found")


async def test_unhandled_error_tells_only_its_request_id(
    client: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    response = await client.get("/boom", headers={"X-Request-Id": "abcdefgh-12345678"})
    body = assert_problem(response, 500, "internal-error")
    assert body["request_id"] == "abcdefgh-12345678"
    assert "hunter2" not in response.text
    assert "RuntimeError" not in response.text
    assert "abcdefgh-12345678" in capsys.readouterr().out


@pytest.mark.parametrize(
    "payload",
    [
        {"name": "a", "password": {"value": "hunter2"}},
        {"name": {"hunter2": 1}, "password": "hunter2"},
        {"password": "hunter2"},
        {"name": "a", "password": "hunter2", "age": "hunter2"},
        ["hunter2"],
        "hunter2",
    ],
)
async def test_validation_never_echoes_input(client: httpx2.AsyncClient, payload: object) -> None:
    response = await client.post("/login", json=payload)
    body = assert_problem(response, 422, "validation")
    assert body["errors"]
    assert "hunter2" not in response.text


async def test_unparsable_body_is_not_echoed(client: httpx2.AsyncClient) -> None:
    response = await client.post("/login", content=b'{"password": "hunter2"', headers=JSON)
    assert_problem(response, 422, "validation")
    assert "hunter2" not in response.text


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "a", "password": "b", "weight": NaN}',
        b'{"name": "a", "password": "b", "weight": Infinity}',
        b'{"name": "a", "password": "b", "weight": -Infinity}',
        b'{"name": "a", "password": "b", "weight": 1e400}',
        b'{"name": "a", "password": "b", "weight": -1E+400}',
        b'{"name": "a", "password": "b", "weight": ' + b"9" * 400 + b".0}",
        b'{"name": "a", "password": "b", "weight": ' + b"9" * 400 + b"}",
        b'{"name": "a", "password": "b", "age": ' + b"9" * 5000 + b"}",
        b'{"name": "a", "password": "b", "age": NaN}',
        b'{"name": "a\\u0000b", "password": "b"}',
        b'{"name": "\\ud800", "password": "b"}',
        b'{"name": "\\uDFFF", "password": "b"}',
        b'{"name": "a", "password": "b", "\\ud800": 1}',
        b'{"name": "a", "password": "b", "more": [{"x": ["\\u0000"]}]}',
        b'{"name": "\xff\xfe", "password": "b"}',
        b'{"name": "\xed\xa0\x80", "password": "b"}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"",
        b"null",
        b"\x00",
    ],
)
@pytest.mark.parametrize("path", ["/login", "/plain"])
async def test_hostile_body_is_a_client_error(client: httpx2.AsyncClient, path: str, body: bytes) -> None:
    response = await client.post(path, content=body, headers=JSON)
    assert 400 <= response.status_code < 500, response.text
    assert_problem(response, response.status_code)


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "NaN and \\ud83d\\ude00 to Infinity", "password": "1e999"}',
        b'{"name": "a", "password": "\\\\u0000", "weight": 1e30}',
        '{"name": "\N{GRINNING FACE} é", "password": "b"}'.encode(),
    ],
)
async def test_innocent_body_passes(client: httpx2.AsyncClient, body: bytes) -> None:
    response = await client.post("/plain", content=body, headers=JSON)
    assert response.status_code == 200
    assert response.json()["name"] == json.loads(body)["name"]


@pytest.mark.parametrize("path", ["/plain/a%00b", "/plain/a?q=%00", "/plain/a?q=x%00", "/notes?cursor=%00"])
async def test_nul_in_address_is_a_client_error(client: httpx2.AsyncClient, path: str) -> None:
    assert_problem(await client.get(path), 400, "bad-request")


async def test_many_errors_are_cut_off(client: httpx2.AsyncClient) -> None:
    names = {f"x{i}": i for i in range(5)}
    response = await client.post("/login", json={"name": 1, "password": [names] * 1000})
    body = assert_problem(response, 422)
    assert len(body["errors"]) <= 20


async def test_long_field_names_are_cut_off(client: httpx2.AsyncClient) -> None:
    response = await client.get("/notes/" + "x" * 5000)
    assert_problem(response, 422)
    assert "xxx" not in json.dumps(response.json()["errors"])


async def test_openapi_declares_problems(client: httpx2.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    operation = document["paths"]["/notes/{note_id}"]["get"]
    assert operation["operationId"] == "get_note"
    assert operation["responses"]["404"]["description"] == "There is no such note"
    for status in ("404", "default"):
        assert list(operation["responses"][status]["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


async def test_docs_pages_are_absent(client: httpx2.AsyncClient) -> None:
    for path in ("/docs", "/redoc"):
        assert (await client.get(path)).status_code == 404

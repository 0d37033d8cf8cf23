"""Pages neither repeat nor skip, and a cursor is only what we made."""

import base64
from hashlib import sha256

import httpx2
import pytest
from kit.clock import now
from kit.ids import new_id
from kit.pagination import Cursor, InvalidCursor


async def test_walk_sees_every_row_once(client: httpx2.AsyncClient) -> None:
    made = [(await client.post("/open-notes", json={"text": str(i)})).json()["id"] for i in range(25)]
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = (await client.get("/notes", params={"limit": 10} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        await client.post("/open-notes", json={"text": "in between"})
    assert seen == made[::-1]


async def test_default_page_is_twenty(client: httpx2.AsyncClient) -> None:
    for i in range(21):
        await client.post("/open-notes", json={"text": str(i)})
    page = (await client.get("/notes")).json()
    assert len(page["items"]) == 20
    assert page["next_cursor"]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e3", "99999999999999999999"])
async def test_limit_has_bounds(client: httpx2.AsyncClient, limit: str) -> None:
    assert (await client.get("/notes", params={"limit": limit})).status_code == 422


def text_cursor(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!!",
        "é",
        "=",
        "a" * 513,
        text_cursor(b"{}"),
        text_cursor(b"[]"),
        text_cursor(b"null"),
        text_cursor(b"[" * 300),
        text_cursor(b'{"id": "1"}'),
        text_cursor(b'{"id": "019a0000-0000-7000-8000-000000000000", "more": 1}'),
        text_cursor(b'{"id": "019a0000-0000-7000-8000-000000000000", "value": NaN}'),
        text_cursor(b'{"id": "019a0000-0000-7000-8000-000000000000", "value": "\\u0000"}'),
        text_cursor(b"\xff\xfe"),
        text_cursor(sha256(b"x").digest()),
    ],
)
async def test_odd_cursor_is_422(client: httpx2.AsyncClient, cursor: str) -> None:
    response = await client.get("/notes", params={"cursor": cursor})
    assert response.status_code == 422, response.text


def test_cursor_survives_the_journey() -> None:
    for cursor in (
        Cursor(id=new_id()),
        Cursor(id=new_id(), at=now()),
        Cursor(id=new_id(), value="Müller"),
        Cursor(id=new_id(), value=0.25),
        Cursor(id=new_id(), value=7),
    ):
        assert Cursor.decode(cursor.encode()) == cursor
        assert cursor.encode().isascii()
        assert "=" not in cursor.encode()


def test_nothing_decodes_to_nothing() -> None:
    with pytest.raises(InvalidCursor):
        Cursor.decode("")

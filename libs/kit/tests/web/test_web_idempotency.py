"""A write that is sent twice happens once."""

import asyncio
import hashlib
import json

import httpx2
import pytest
import sqlalchemy as sa
from kit.database import Database
from kit.ids import new_id
from kit.testing.tokens import TokenFactory


async def count(database: Database) -> int:
    async with database.transaction() as session:
        return await session.scalar(sa.text("SELECT count(*) FROM toy.notes")) or 0


async def test_same_request_is_replayed(client: httpx2.AsyncClient, auth: dict[str, str], database: Database) -> None:
    headers = auth | {"Idempotency-Key": "one"}
    first = await client.post("/notes", json={"text": "hello"}, headers=headers)
    second = await client.post("/notes", json={"text": "hello"}, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["content-type"] == first.headers["content-type"]
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert await count(database) == 1


async def test_other_body_is_refused(client: httpx2.AsyncClient, auth: dict[str, str], database: Database) -> None:
    headers = auth | {"Idempotency-Key": "two"}
    await client.post("/notes", json={"text": "hello"}, headers=headers)
    response = await client.post("/notes", json={"text": "other"}, headers=headers)
    assert response.status_code == 422
    assert response.json()["type"].endswith("idempotency-key-reused")
    assert await count(database) == 1


async def test_fifty_at_once_happen_once(client: httpx2.AsyncClient, auth: dict[str, str], database: Database) -> None:
    headers = auth | {"Idempotency-Key": "three"}
    responses = await asyncio.gather(
        *(client.post("/notes", json={"text": "hello"}, headers=headers) for _ in range(50))
    )
    statuses = [r.status_code for r in responses]
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert len({r.json()["id"] for r in responses if r.status_code == 201}) == 1
    assert await count(database) == 1


async def test_without_key_each_is_new(client: httpx2.AsyncClient, auth: dict[str, str], database: Database) -> None:
    for _ in range(2):
        await client.post("/notes", json={"text": "hello"}, headers=auth)
    assert await count(database) == 2


async def test_keys_belong_to_one_user(client: httpx2.AsyncClient, tokens: TokenFactory, database: Database) -> None:
    for _ in range(2):
        headers = tokens.headers(new_id()) | {"Idempotency-Key": "four"}
        response = await client.post("/notes", json={"text": "hello"}, headers=headers)
        assert "idempotent-replayed" not in response.headers
    assert await count(database) == 2


async def test_refused_request_leaves_the_key_free(
    client: httpx2.AsyncClient, auth: dict[str, str], database: Database
) -> None:
    headers = auth | {"Idempotency-Key": "five"}
    assert (await client.post("/notes/fail", json={"text": "x"}, headers=headers)).status_code == 404
    assert (await client.post("/notes/fail", json={"text": "x"}, headers=headers)).status_code == 404
    assert (await client.post("/notes", json={"text": ""}, headers=headers)).status_code == 422
    assert (await client.post("/notes", json={"text": "x"}, headers=headers)).status_code == 201
    assert await count(database) == 1
    async with database.transaction() as session:
        assert await session.scalar(sa.text("SELECT count(*) FROM toy.idempotency_keys")) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é", "a\tb"])
async def test_odd_key_is_refused(client: httpx2.AsyncClient, auth: dict[str, str], key: str) -> None:
    headers = [*((name.encode(), value.encode()) for name, value in auth.items()), (b"idempotency-key", key.encode())]
    response = await client.post("/notes", json={"text": "x"}, headers=headers)
    assert response.status_code == 422


async def test_stranger_cannot_use_a_key(client: httpx2.AsyncClient, database: Database) -> None:
    response = await client.post("/notes", json={"text": "x"}, headers={"Idempotency-Key": "six"})
    assert response.status_code == 401
    bad = {"Idempotency-Key": "six", "Authorization": "Bearer x.y.z"}
    assert (await client.post("/notes", json={"text": "x"}, headers=bad)).status_code == 401
    async with database.transaction() as session:
        assert await session.scalar(sa.text("SELECT count(*) FROM toy.idempotency_keys")) == 0


async def test_key_of_a_dead_process_is_freed(
    client: httpx2.AsyncClient, tokens: TokenFactory, database: Database
) -> None:
    user = new_id()
    headers = tokens.headers(user) | {"Idempotency-Key": "seven"}
    insert = sa.text(
        "INSERT INTO toy.idempotency_keys (user_id, address, key, fingerprint, claim, expires_at) "
        "VALUES (:user, 'POST /notes', 'seven', :print, 'dead', now() + make_interval(secs => :seconds))"
    )
    body = json.dumps({"text": "x"}).encode()
    fingerprint = hashlib.sha256(b"\0" + body).digest()
    async with database.transaction() as session:
        await session.execute(insert, {"user": user, "print": fingerprint, "seconds": 30})
    kind = {"Content-Type": "application/json"}
    response = await client.post("/notes", content=body, headers=headers | kind)
    assert response.status_code == 409
    assert response.headers["retry-after"]
    async with database.transaction() as session:
        await session.execute(sa.text("UPDATE toy.idempotency_keys SET expires_at = now() - interval '1 second'"))
    response = await client.post("/notes", content=body, headers=headers | kind)
    assert response.status_code == 201
    assert await count(database) == 1

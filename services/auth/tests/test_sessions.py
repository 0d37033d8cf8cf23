import asyncio
from datetime import timedelta

import httpx2
from auth.models import RefreshToken, Session
from kit.clock import now
from kit.database import Database
from sqlalchemy import select, update

from .conftest import Door, bearer, earlier, log_in, refresh, sign_up


async def opened(client: httpx2.AsyncClient) -> dict[str, str]:
    await sign_up(client)
    tokens: dict[str, str] = (await log_in(client)).json()
    return tokens


async def age(database: Database, **columns: timedelta) -> None:
    """Move times of every session into the past."""
    values = {name: earlier(getattr(Session, name), by) for name, by in columns.items()}
    async with database.transaction() as session:
        await session.execute(update(Session).values(values))


async def end_of(database: Database) -> str | None:
    async with database.transaction() as session:
        found: Session = (await session.scalars(select(Session))).one()
    return found.end_reason


async def test_refresh_rotates_the_token(client: httpx2.AsyncClient) -> None:
    first = await opened(client)
    response = await refresh(client, first["refresh_token"])
    assert response.status_code == 200
    second = response.json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    assert (await refresh(client, second["refresh_token"])).status_code == 200


async def test_only_hashes_of_tokens_are_stored(client: httpx2.AsyncClient, database: Database) -> None:
    token = (await opened(client))["refresh_token"]
    async with database.transaction() as session:
        stored = (await session.scalars(select(RefreshToken))).one()
    assert len(stored.token_hash) == 32
    assert token.encode() not in stored.token_hash
    assert len(token) == 43


async def test_predecessor_works_within_the_grace(client: httpx2.AsyncClient) -> None:
    first = await opened(client)
    second = (await refresh(client, first["refresh_token"])).json()
    again = await refresh(client, first["refresh_token"])
    assert again.status_code == 200
    # Both answers hold working tokens.
    assert (await refresh(client, again.json()["refresh_token"])).status_code == 200
    assert (await refresh(client, second["refresh_token"])).status_code == 200


async def test_reuse_after_the_grace_ends_the_session(client: httpx2.AsyncClient, database: Database) -> None:
    first = await opened(client)
    second = (await refresh(client, first["refresh_token"])).json()
    await age(database, rotated_at=timedelta(seconds=11))
    refused = await refresh(client, first["refresh_token"])
    assert refused.status_code == 401
    assert refused.json()["type"].endswith(":refresh-token-invalid")
    assert await end_of(database) == "token_reused"
    assert (await refresh(client, second["refresh_token"])).status_code == 401
    assert (await client.get("/auth/me", headers=bearer(second["access_token"]))).status_code == 401


async def test_grace_is_for_the_immediate_predecessor_only(client: httpx2.AsyncClient, database: Database) -> None:
    first = await opened(client)
    second = (await refresh(client, first["refresh_token"])).json()
    third = (await refresh(client, second["refresh_token"])).json()
    assert (await refresh(client, first["refresh_token"])).status_code == 401
    assert await end_of(database) == "token_reused"
    assert (await refresh(client, third["refresh_token"])).status_code == 401


async def test_grace_is_not_extended_by_its_use(client: httpx2.AsyncClient, database: Database) -> None:
    first = await opened(client)
    await refresh(client, first["refresh_token"])
    await age(database, rotated_at=timedelta(seconds=6))
    assert (await refresh(client, first["refresh_token"])).status_code == 200
    await age(database, rotated_at=timedelta(seconds=6))
    assert (await refresh(client, first["refresh_token"])).status_code == 401


async def test_twenty_parallel_refreshes_log_nobody_out(client: httpx2.AsyncClient, database: Database) -> None:
    first = await opened(client)
    responses = await asyncio.gather(*(refresh(client, first["refresh_token"]) for _ in range(20)))
    assert {r.status_code for r in responses} == {200}
    assert len({r.json()["refresh_token"] for r in responses}) == 20
    assert await end_of(database) is None
    # Whichever of the answers the client kept, it goes on.
    last = responses[7].json()
    assert (await refresh(client, last["refresh_token"])).status_code == 200
    assert (await client.get("/auth/me", headers=bearer(last["access_token"]))).status_code == 200


async def test_session_ends_when_idle(client: httpx2.AsyncClient, database: Database) -> None:
    token = (await opened(client))["refresh_token"]
    await age(database, rotated_at=timedelta(days=7, seconds=1))
    assert (await refresh(client, token)).status_code == 401


async def test_session_ends_however_busy(client: httpx2.AsyncClient, database: Database) -> None:
    token = (await opened(client))["refresh_token"]
    for _ in range(3):
        token = (await refresh(client, token)).json()["refresh_token"]
    await age(database, expires_at=timedelta(days=30, seconds=1))
    assert (await refresh(client, token)).status_code == 401


async def test_log_out_ends_the_session(client: httpx2.AsyncClient, database: Database) -> None:
    tokens = await opened(client)
    response = await client.post("/auth/logout", json={"refresh_token": tokens["refresh_token"]})
    assert (response.status_code, response.content) == (204, b"")
    assert await end_of(database) == "logout"
    assert (await refresh(client, tokens["refresh_token"])).status_code == 401
    ended = await client.get("/auth/me", headers=bearer(tokens["access_token"]))
    assert ended.status_code == 401
    assert ended.json()["type"].endswith(":session-ended")


async def test_log_out_leaves_other_devices_alone(client: httpx2.AsyncClient) -> None:
    here = await opened(client)
    there = (await log_in(client)).json()
    await client.post("/auth/logout", json={"refresh_token": here["refresh_token"]})
    assert (await refresh(client, there["refresh_token"])).status_code == 200


async def test_log_out_with_an_unknown_token_is_no_error(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/auth/logout", json={"refresh_token": "unknown"})).status_code == 204


async def test_unknown_refresh_token_is_refused(client: httpx2.AsyncClient) -> None:
    for token in ("x", "A" * 43, "'; drop table accounts; --", "\u00e9"):
        assert (await refresh(client, token)).status_code == 401


async def test_old_sessions_are_deleted(door: Door, database: Database) -> None:
    async with door() as client:
        await opened(client)
        await log_in(client)
    async with database.transaction() as session:
        old = (await session.scalars(select(Session).limit(1))).one()
        old.ended_at = now() - timedelta(days=8)
    async with door(), database.transaction() as session:
        kept = list(await session.scalars(select(Session)))
    assert [row.ended_at for row in kept] == [None]

import asyncio
from datetime import timedelta

import pytest
from auth import use_cases
from auth.models import SigningKeyRow
from auth.rotate import rotate
from auth.settings import AuthSettings
from kit.clock import now
from kit.database import Database
from pydantic import SecretStr
from sqlalchemy import select, update

from .conftest import Door, bearer, earlier, log_in, sign_up

SECRET = SecretStr("a secret of more than thirty-two characters")


async def rows(database: Database) -> list[SigningKeyRow]:
    async with database.transaction() as session:
        return list(await session.scalars(select(SigningKeyRow).order_by(SigningKeyRow.signs_from)))


async def age(database: Database, by: timedelta) -> None:
    async with database.transaction() as session:
        await session.execute(update(SigningKeyRow).values(signs_from=earlier(SigningKeyRow.signs_from, by)))


async def test_first_start_makes_one_key_however_many_start(door: Door, database: Database) -> None:
    async def start() -> str:
        async with door() as client:
            return str((await client.get("/.well-known/jwks.json")).json()["keys"][0]["kid"])

    kids = await asyncio.gather(*(start() for _ in range(5)))
    assert len(set(kids)) == 1
    assert [row.kid for row in await rows(database)] == [kids[0]]


async def test_tokens_survive_a_restart(door: Door) -> None:
    async with door() as client:
        await sign_up(client)
        token = (await log_in(client)).json()["access_token"]
    async with door() as client:
        assert (await client.get("/auth/me", headers=bearer(token))).status_code == 200


async def test_private_key_is_encrypted_with_the_secret(door: Door, database: Database) -> None:
    async with door(signing_key_secret=SECRET) as client:
        await sign_up(client)
        token = (await log_in(client)).json()["access_token"]
    (row,) = await rows(database)
    assert row.private_pem.startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    async with door(signing_key_secret=SECRET) as client:
        assert (await client.get("/auth/me", headers=bearer(token))).status_code == 200
    assert len(await rows(database)) == 1


async def test_key_that_does_not_open_is_published_and_replaced(door: Door, database: Database) -> None:
    async with door(signing_key_secret=SECRET) as client:
        await sign_up(client)
        token = (await log_in(client)).json()["access_token"]
    async with door(signing_key_secret=SecretStr("another secret of thirty-two characters")) as client:
        assert len((await client.get("/.well-known/jwks.json")).json()["keys"]) == 2
        assert (await client.get("/auth/me", headers=bearer(token))).status_code == 200
        assert (await log_in(client)).status_code == 200


async def test_successor_is_published_before_it_signs(door: Door, database: Database) -> None:
    async with door() as client:
        await sign_up(client)
        desk = client.app.state.desk  # type: ignore[attr-defined]
        old = desk.keys.signing().kid
        old_token = (await log_in(client)).json()["access_token"]
        await age(database, timedelta(days=90) - timedelta(minutes=14))
    async with door() as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        published = [key["kid"] for key in (await client.get("/.well-known/jwks.json")).json()["keys"]]
        assert len(published) == 2
        assert published[1] == old
        assert desk.keys.signing().kid == old
        assert (await rows(database))[-1].signs_from > now() + timedelta(minutes=14)
    await age(database, timedelta(minutes=16))
    async with door() as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        assert desk.keys.signing().kid == published[0]
        # The old key stays published until its last token has expired.
        assert len((await client.get("/.well-known/jwks.json")).json()["keys"]) == 2
        assert (await client.get("/auth/me", headers=bearer(old_token))).status_code == 200
    await age(database, timedelta(minutes=13))
    async with door():
        assert [row.kid for row in await rows(database)] == [published[0]]


async def test_rotation_by_hand_gives_notice(door: Door, settings: AuthSettings, database: Database) -> None:
    async with door() as client:
        old = client.app.state.desk.keys.signing().kid  # type: ignore[attr-defined]
        kid = await rotate(settings, compromised=False)
        await use_cases.keep_house(client.app.state.desk)  # type: ignore[attr-defined]
        assert client.app.state.desk.keys.signing().kid == old  # type: ignore[attr-defined]
        assert [row.kid for row in await rows(database)] == [old, kid]


async def test_compromised_key_is_forgotten_at_once(door: Door, settings: AuthSettings) -> None:
    async with door() as client:
        await sign_up(client)
        tokens = (await log_in(client)).json()
        kid = await rotate(settings, compromised=True)
        await use_cases.keep_house(client.app.state.desk)  # type: ignore[attr-defined]
        assert [key["kid"] for key in (await client.get("/.well-known/jwks.json")).json()["keys"]] == [kid]
        assert (await client.get("/auth/me", headers=bearer(tokens["access_token"]))).status_code == 401
        # The session goes on with its next refresh.
        refreshed = await client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert refreshed.status_code == 200


def test_production_refuses_to_start_without_a_key_secret(settings: AuthSettings) -> None:
    values = settings.model_dump() | {
        "environment": "production",
        "database_url": "postgresql://auth:Zt7k2mQw@127.0.0.1/ik",
        "amqp_url": "amqp://ik:Zt7k2mQw@127.0.0.1/",
    }
    with pytest.raises(ValueError, match="signing_key_secret is required"):
        AuthSettings(**values)
    assert AuthSettings(**values | {"signing_key_secret": SECRET}).signing_key_secret
    with pytest.raises(ValueError, match="at least 32"):
        AuthSettings(**values | {"signing_key_secret": "short"})

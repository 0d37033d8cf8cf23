import asyncio
from datetime import timedelta

import httpx2
import pytest
from auth.models import Throttle
from kit.database import Database
from sqlalchemy import select, update

from .conftest import Door, earlier, log_in, sign_up


async def forget_windows(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            update(Throttle).values(window_ends_at=earlier(Throttle.window_ends_at, timedelta(hours=2)))
        )


def is_throttled(response: httpx2.Response) -> bool:
    if response.status_code != 429:
        return False
    assert response.json()["type"].endswith(":too-many-attempts")
    assert 1 <= int(response.headers["retry-after"]) <= 3600
    return True


async def test_guessing_at_one_account_is_stopped(door: Door, database: Database) -> None:
    async with door() as client:
        await sign_up(client)
        for _ in range(10):
            assert (await log_in(client, password="wrong")).status_code == 401
        assert is_throttled(await log_in(client, password="wrong"))
        # Not even the right password, or the guesser would learn it.
        assert is_throttled(await log_in(client))
        await forget_windows(database)
        assert (await log_in(client)).status_code == 200


async def test_parallel_guesses_do_not_slip_through(door: Door) -> None:
    async with door() as client:
        await sign_up(client)
        responses = await asyncio.gather(*(log_in(client, password="wrong") for _ in range(40)))
    assert [r.status_code for r in responses].count(401) == 10
    assert [r.status_code for r in responses].count(429) == 30


async def test_one_address_cannot_lock_another_out(door: Door) -> None:
    async with door("198.51.100.7") as attacker, door("192.0.2.1") as owner:
        await sign_up(owner)
        for _ in range(12):
            await log_in(attacker, password="wrong")
        assert is_throttled(await log_in(attacker, password="wrong"))
        assert (await log_in(owner)).status_code == 200


async def test_one_password_on_many_accounts_is_stopped(door: Door) -> None:
    async with door(login_attempts_per_address=5) as client:
        for number in range(5):
            assert (await log_in(client, f"user{number}@example.com")).status_code == 401
        assert is_throttled(await log_in(client, "user6@example.com"))


async def test_a_crowd_guessing_at_one_account_is_stopped(door: Door) -> None:
    for number in range(4):
        async with door(f"192.0.2.{number}", login_attempts_per_account=4) as client:
            assert (await log_in(client, password="wrong")).status_code == 401
    async with door("192.0.2.9", login_attempts_per_account=4) as client:
        assert is_throttled(await log_in(client, password="wrong"))


async def test_one_ipv6_customer_counts_as_one_address(door: Door) -> None:
    for number in range(3):
        async with door(f"2001:db8:0:1::{number}", login_attempts_per_address=3) as client:
            assert (await log_in(client, f"user{number}@example.com")).status_code == 401
    async with door("2001:db8:0:1:ffff::1", login_attempts_per_address=3) as client:
        assert is_throttled(await log_in(client, "user4@example.com"))
    async with door("2001:db8:0:2::1", login_attempts_per_address=3) as client:
        assert (await log_in(client, "user5@example.com")).status_code == 401


async def test_successful_logins_count_for_nothing(door: Door) -> None:
    async with door(login_attempts=2) as client:
        await sign_up(client)
        for _ in range(6):
            assert (await log_in(client)).status_code == 200


async def test_signing_up_is_limited_per_address(door: Door) -> None:
    async with door(signups_per_address=3) as client:
        codes = [(await sign_up(client, f"user{n}@example.com")).status_code for n in range(3)]
        assert codes == [201] * 3
        assert is_throttled(await sign_up(client, "user9@example.com"))
    async with door("192.0.2.77", signups_per_address=3) as client:
        assert (await sign_up(client, "user9@example.com")).status_code == 201


async def test_asking_which_addresses_have_accounts_is_limited(door: Door) -> None:
    async with door(signups_per_address=2) as client:
        await sign_up(client)
        assert (await sign_up(client)).status_code == 409
        assert is_throttled(await sign_up(client))


async def test_no_address_is_kept(door: Door, database: Database) -> None:
    async with door() as client:
        await sign_up(client)
        await log_in(client, password="wrong")
    async with database.transaction() as session:
        keys = list(await session.scalars(select(Throttle.key)))
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
async def test_headers_do_not_change_the_address(door: Door, header: str) -> None:
    async with door(login_attempts_per_address=3) as client:
        for number in range(3):
            body = {"email": f"user{number}@example.com", "password": "wrong"}
            await client.post("/auth/login", json=body, headers={header: f"10.0.0.{number}"})
        assert is_throttled(await log_in(client, "user9@example.com"))

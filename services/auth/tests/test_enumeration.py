import httpx2
import pytest

from .conftest import Door, log_in, sign_up


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
async def test_every_login_verifies_one_password(door: Door, monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    async with door() as client:
        await sign_up(client)
        verified: list[str] = []
        hasher = client.app.state.desk.passwords._hasher  # type: ignore[attr-defined]
        original = type(hasher).verify

        def counted(self: object, stored: str, password: str) -> bool:
            verified.append(stored)
            return bool(original(self, stored, password))

        monkeypatch.setattr(type(hasher), "verify", counted)
        await log_in(client, email, "a wrong password")
    assert len(verified) == 1
    # Both are hashed with the strength of today.
    assert verified[0].split("$")[:4] == ["", "argon2id", "v=19", "m=8,t=1,p=1"]


async def test_hashing_strength_is_raised_at_the_next_login(door: Door) -> None:
    from auth.models import Account  # noqa: PLC0415 - only here
    from sqlalchemy import select  # noqa: PLC0415 - only here

    async def stored(client: httpx2.AsyncClient) -> str:
        async with client.app.state.desk.database.transaction() as session:  # type: ignore[attr-defined]
            account: Account = (await session.scalars(select(Account))).one()
        return account.password_hash

    async with door() as client:
        await sign_up(client)
        assert "m=8,t=1,p=1" in await stored(client)
    async with door(password_memory_kib=16, password_iterations=3) as client:
        await log_in(client, password="wrong")
        assert "m=8,t=1,p=1" in await stored(client)
        assert (await log_in(client)).status_code == 200
        assert "m=16,t=3,p=1" in await stored(client)
        assert (await log_in(client)).status_code == 200


async def test_too_many_at_once_are_told_to_come_back(door: Door) -> None:
    import asyncio  # noqa: PLC0415 - only here

    async with door(password_workers=1, password_queue=1, password_memory_kib=65_536, login_attempts=100) as client:
        responses = await asyncio.gather(*(log_in(client, password="wrong") for _ in range(20)))
    codes = {response.status_code for response in responses}
    assert codes == {401, 503}
    busy = next(r for r in responses if r.status_code == 503)
    assert busy.json()["type"].endswith(":passwords-busy")
    assert busy.headers["retry-after"]

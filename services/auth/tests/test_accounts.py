import asyncio
from typing import Any

import httpx2
import pytest
from auth.models import Account, outbox
from kit.database import Database
from sqlalchemy import select

from .conftest import GOOD_PASSWORD, bearer, log_in, sign_up


async def test_sign_up_creates_a_candidate(client: httpx2.AsyncClient) -> None:
    response = await sign_up(client, " Ada@Example.com ", display_name=" Ada Lovelace ")
    assert response.status_code == 201
    user = response.json()
    assert set(user) == {"id", "email", "display_name", "role", "created_at"}
    assert (user["email"], user["display_name"], user["role"]) == ("Ada@Example.com", "Ada Lovelace", "candidate")


async def test_sign_up_saves_the_event_with_the_account(client: httpx2.AsyncClient, database: Database) -> None:
    user = (await sign_up(client)).json()
    async with database.transaction() as session:
        row = (await session.execute(select(outbox))).one()
    assert row.event_type == "auth.user_registered.v1"
    assert row.subject == user["id"]
    assert GOOD_PASSWORD not in row.body


async def test_password_is_stored_as_argon2id(client: httpx2.AsyncClient, database: Database) -> None:
    await sign_up(client)
    async with database.transaction() as session:
        account = (await session.scalars(select(Account))).one()
    assert account.password_hash.startswith("$argon2id$")
    assert GOOD_PASSWORD not in account.password_hash


async def test_email_is_taken_whatever_its_case(client: httpx2.AsyncClient, database: Database) -> None:
    await sign_up(client, "ada@example.com")
    response = await sign_up(client, "ADA@example.COM")
    assert response.status_code == 409
    assert response.json()["type"].endswith(":email-taken")
    async with database.transaction() as session:
        assert len((await session.execute(select(outbox))).all()) == 1


async def test_email_is_taken_once_when_two_sign_up_at_once(client: httpx2.AsyncClient) -> None:
    responses = await asyncio.gather(*(sign_up(client) for _ in range(8)))
    assert sorted(r.status_code for r in responses) == [201] + [409] * 7


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", "ada@localhost"),
        ("email", "a@b@example.com"),
        ("email", "ada@-example.com"),
        ("email", "ada\u0000@example.com"),
        ("email", f"ada@{'a' * 260}.com"),
        ("email", "ada@ex\u00e4mple.com"),
        ("password", "seven77"),
        ("password", "x" * 129),
        ("password", "Password1"),
        ("password", "iloveyou"),
        ("password", "qwertyuiop"),
        ("password", "ADA@example.com"),
        ("password", "\ud800 lone surrogate"),
        ("display_name", "   "),
        ("display_name", "x" * 81),
    ],
)
async def test_sign_up_names_the_wrong_field_and_not_its_value(
    client: httpx2.AsyncClient, field: str, value: str
) -> None:
    response = await sign_up(client, **{field: value})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    if "errors" in response.json():
        assert response.json()["errors"][0]["loc"] == ["body", field]
    assert value not in response.text or not value.strip()


@pytest.mark.parametrize(
    "password", ["eight888 or so", "x" * 128, "pass phrase with spaces", "пароль-длинный", "🔑" * 8]
)
async def test_any_other_password_is_welcome(client: httpx2.AsyncClient, password: str) -> None:
    assert (await sign_up(client, password=password)).status_code == 201
    assert (await log_in(client, password=password)).status_code == 200


async def test_password_is_the_same_however_it_was_composed(client: httpx2.AsyncClient) -> None:
    await sign_up(client, password="caf\u00e9 au lait")
    assert (await log_in(client, password="cafe\u0301 au lait")).status_code == 200


async def test_log_in_returns_tokens_and_the_user(client: httpx2.AsyncClient) -> None:
    user = (await sign_up(client)).json()
    response = await log_in(client, "ADA@example.com")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert set(body) == {"access_token", "refresh_token", "token_type", "expires_in", "user"}
    assert (body["token_type"], body["expires_in"], body["user"]) == ("Bearer", 600, user)


async def test_me_is_the_account_behind_the_token(client: httpx2.AsyncClient) -> None:
    user = (await sign_up(client)).json()
    token = (await log_in(client)).json()["access_token"]
    response = await client.get("/auth/me", headers=bearer(token))
    assert (response.status_code, response.json()) == (200, user)


async def test_me_needs_a_token(client: httpx2.AsyncClient) -> None:
    response = await client.get("/auth/me")
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.com", "wrong password"),
        ("nobody@example.com", GOOD_PASSWORD),
        ("ada@example.com", ""),
        ("", ""),
        ("not an address", GOOD_PASSWORD),
    ],
)
async def test_log_in_refuses_alike(client: httpx2.AsyncClient, email: str, password: str) -> None:
    await sign_up(client)
    response = await log_in(client, email, password)
    problem = response.json()
    assert response.status_code == 401
    assert problem["type"].endswith(":invalid-credentials")
    assert problem["title"] == "The e-mail address or the password is wrong"
    assert "detail" not in problem


@pytest.mark.parametrize("body", [{}, {"email": "a@example.com"}, {"email": 1, "password": 2}, [], "x", None])
async def test_log_in_needs_both_fields(client: httpx2.AsyncClient, body: Any) -> None:
    assert (await client.post("/auth/login", json=body)).status_code == 422


async def test_secrets_are_never_logged(client: httpx2.AsyncClient, capfd: pytest.CaptureFixture[str]) -> None:
    await sign_up(client)
    tokens = (await log_in(client)).json()
    await log_in(client, password="a wrong password")
    await client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    written = "".join(capfd.readouterr())
    assert "logged in" in written
    assert "login refused" in written
    for secret in (GOOD_PASSWORD, "a wrong password", tokens["access_token"], tokens["refresh_token"], "ada@example"):
        assert secret not in written

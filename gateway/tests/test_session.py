import asyncio
import base64
import json
import time
from datetime import timedelta

import pytest
from auth.models import RefreshToken, Session
from gateway.settings import GatewaySettings
from kit.database import Database
from pydantic import ValidationError
from sqlalchemy import func, select

from .conftest import PASSWORD, Browser, Open, problem
from .upstream import Upstream

ACCESS, REFRESH, CSRF = "__Host-ik_access", "__Host-ik_refresh", "__Host-ik_csrf"


def expired(token: str) -> str:
    """Return the token as the gateway sees it after ten minutes; its signature no longer matters."""
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["exp"] = int(time.time()) - 1
    return f"{header}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{signature}"


async def rotations(database: Database) -> int:
    async with database.transaction() as session:
        return int((await session.scalar(select(func.count()).select_from(RefreshToken))) or 0) - 1


async def open_sessions(database: Database) -> int:
    async with database.transaction() as session:
        statement = select(func.count()).select_from(Session).where(Session.ended_at.is_(None))
        return int((await session.scalar(statement)) or 0)


async def test_stranger_gets_a_csrf_token_and_no_user(browser: Browser) -> None:
    response = await browser.get("/api/session")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    session = response.json()
    assert session["user"] is None
    assert browser.cookies == {CSRF: session["csrf_token"]}
    again = await browser.get("/api/session")
    assert again.json() == session
    assert "set-cookie" not in again.headers


async def test_sign_up_logs_in(browser: Browser) -> None:
    response = await browser.sign_up()
    assert response.status_code == 201
    body = response.json()
    assert set(body) == {"user", "csrf_token"}
    assert set(body["user"]) == {"id", "email", "display_name", "role"}
    assert (await browser.get("/api/session")).json() == body


async def test_no_token_reaches_the_page(browser: Browser) -> None:
    response = await browser.sign_up()
    for name in (ACCESS, REFRESH):
        assert browser.cookies[name] not in response.text
        assert browser.cookies[name] not in (await browser.get("/api/session")).text


async def test_cookies_have_every_flag(browser: Browser) -> None:
    response = await browser.sign_up()
    cookies = {header.split("=", 1)[0]: header for header in response.headers.get_list("set-cookie")}
    assert set(cookies) == {ACCESS, REFRESH}
    for header in cookies.values():
        attributes = {part.strip() for part in header.split(";")[1:]}
        assert {"Path=/", "HttpOnly", "Secure", "SameSite=Lax"} <= attributes
        assert not any(part.startswith("Domain") for part in attributes)
    assert "Max-Age=600" in cookies[ACCESS]
    assert "Max-Age=2592000" in cookies[REFRESH]


async def test_plain_http_deployments_use_plain_names(open_gateway: Open) -> None:
    async with open_gateway(cookie_secure=False) as browser:
        response = await browser.sign_up()
        assert set(browser.cookies) == {"ik_access", "ik_refresh", "ik_csrf"}
        assert not any("Secure" in header for header in response.headers.get_list("set-cookie"))
        assert (await browser.arrive())["user"]["email"] == "ada@example.com"


def test_plain_cookies_are_refused_in_production() -> None:
    with pytest.raises(ValidationError, match="cookie_secure"):
        GatewaySettings(environment="production", cookie_secure=False)


async def test_log_in_and_out(browser: Browser, database: Database) -> None:
    await browser.sign_up()
    kept = dict(browser.cookies)
    response = await browser.request("DELETE", "/api/session")
    assert (response.status_code, response.content) == (204, b"")
    assert set(browser.cookies) == {CSRF}
    assert await open_sessions(database) == 0
    # What somebody copied before is of no use.
    browser.cookies = kept
    assert (await browser.get("/api/session")).json()["user"] is None
    assert (await browser.log_in()).status_code == 200
    assert (await browser.arrive())["user"]["email"] == "ada@example.com"


async def test_wrong_password_is_told_as_auth_tells_it(browser: Browser) -> None:
    response = await browser.log_in()
    assert response.status_code == 401
    assert problem(response) == "invalid-credentials"
    assert response.json()["instance"] == "/api/session"
    assert "set-cookie" not in response.headers


async def test_problems_of_signing_up_are_passed_on(browser: Browser) -> None:
    await browser.sign_up()
    assert problem(await browser.sign_up()) == "email-taken"
    weak = await browser.sign_up("other@example.com", password="password1")
    assert weak.status_code == 422
    assert weak.json()["errors"][0]["loc"] == ["body", "password"]
    assert "password1" not in weak.text
    missing = await browser.post("/api/session", json={"email": "x"})
    assert missing.json()["errors"][0]["loc"] == ["body", "password"]


async def test_throttling_is_passed_on_and_counts_browsers_apart(open_gateway: Open) -> None:
    async with open_gateway(trusted_proxies="127.0.0.1") as browser:
        await browser.arrive()
        body = {"email": "ada@example.com", "password": "wrong"}
        for _ in range(10):
            response = await browser.post("/api/session", json=body, headers={"X-Forwarded-For": "192.0.2.1"})
            assert response.status_code == 401
        response = await browser.post("/api/session", json=body, headers={"X-Forwarded-For": "192.0.2.1"})
        assert response.status_code == 429
        assert problem(response) == "too-many-attempts"
        assert int(response.headers["retry-after"]) > 0
        response = await browser.post("/api/session", json=body, headers={"X-Forwarded-For": "192.0.2.2"})
        assert response.status_code == 401


async def test_another_login_ends_the_session_before(browser: Browser, database: Database) -> None:
    await browser.sign_up()
    await browser.log_in()
    assert await open_sessions(database) == 1


async def test_expired_access_is_renewed_unseen(browser: Browser, upstream: Upstream, database: Database) -> None:
    await browser.sign_up()
    before = dict(browser.cookies)
    browser.cookies[ACCESS] = expired(before[ACCESS])
    response = await browser.get("/api/interviews/echo")
    assert response.status_code == 200
    assert await rotations(database) == 1
    assert browser.cookies[ACCESS] != before[ACCESS]
    assert browser.cookies[REFRESH] != before[REFRESH]
    assert upstream.seen[-1]["headers"]["authorization"] == f"Bearer {browser.cookies[ACCESS]}"
    await browser.get("/api/interviews/echo")
    assert await rotations(database) == 1


async def test_access_cookie_that_is_gone_is_renewed(browser: Browser, upstream: Upstream) -> None:
    await browser.sign_up()
    del browser.cookies[ACCESS]
    assert (await browser.get("/api/interviews/echo")).status_code == 200
    assert upstream.seen[-1]["headers"]["authorization"].startswith("Bearer ey")


async def test_access_that_expires_soon_is_renewed(open_gateway: Open, database: Database) -> None:
    async with open_gateway(renew_before=timedelta(minutes=11)) as browser:
        await browser.sign_up()
        await browser.get("/api/interviews/echo")
        assert await rotations(database) == 1


async def test_twenty_requests_renew_once(browser: Browser, upstream: Upstream, database: Database) -> None:
    await browser.sign_up()
    browser.cookies[ACCESS] = expired(browser.cookies[ACCESS])
    stale = browser.headers()
    responses = await asyncio.gather(
        *(browser.http.get(f"/api/interviews/{n}", headers=stale) for n in range(20)),
    )
    assert {response.status_code for response in responses} == {200}
    assert await rotations(database) == 1
    assert len({tuple(response.headers.get_list("set-cookie")) for response in responses}) == 1
    # One that was under way meanwhile gets the same pair, without asking auth.
    late = await browser.http.get("/api/interviews/late", headers=stale)
    assert late.status_code == 200
    assert await rotations(database) == 1


async def test_two_gateways_log_nobody_out(open_gateway: Open, database: Database) -> None:
    async with open_gateway() as one, open_gateway() as other:
        await one.sign_up()
        one.cookies[ACCESS] = expired(one.cookies[ACCESS])
        stale = one.headers()
        responses = await asyncio.gather(
            *(gateway.http.get("/api/interviews/echo", headers=stale) for gateway in (one, other) for _ in range(10))
        )
        assert {response.status_code for response in responses} == {200}
        assert await open_sessions(database) == 1
        one.keep(responses[-1])
        assert (await one.arrive())["user"] is not None


async def test_dead_session_is_told_and_cleared(browser: Browser, upstream: Upstream) -> None:
    await browser.sign_up()
    browser.cookies[ACCESS] = expired(browser.cookies[ACCESS])
    browser.cookies[REFRESH] = "x" * 43
    response = await browser.get("/api/interviews/echo")
    assert response.status_code == 401
    assert problem(response) == "session-expired"
    assert set(browser.cookies) == {CSRF}
    assert upstream.seen == []
    assert (await browser.get("/api/session")).json()["user"] is None


@pytest.mark.parametrize("garbage", ["x", "a.b.c", "a.e30.c", "..", "é", "a" * 5000])
async def test_garbage_in_cookies_is_a_dead_session(browser: Browser, garbage: str) -> None:
    cookies = f"{ACCESS}={garbage}; {REFRESH}={garbage}; {CSRF}={garbage}".encode()
    response = await browser.http.get("/api/interviews/echo", headers={"Cookie": cookies})
    assert response.status_code in {200, 401}
    session = await browser.http.get("/api/session", headers={"Cookie": cookies})
    assert (session.status_code, session.json()["user"]) == (200, None)


async def test_auth_away_is_not_a_logout(open_gateway: Open) -> None:
    async with open_gateway() as browser:
        await browser.sign_up()
        kept = dict(browser.cookies)
    async with open_gateway(auth_url="http://127.0.0.1:9") as browser:
        browser.cookies = dict(kept)
        assert (await browser.get("/api/interviews/echo")).status_code == 200
        response = await browser.get("/api/session")
        assert (response.status_code, problem(response)) == (503, "upstream-unavailable")
        browser.cookies[ACCESS] = expired(kept[ACCESS])
        response = await browser.get("/api/interviews/echo")
        assert (response.status_code, problem(response)) == (503, "upstream-unavailable")
        assert browser.cookies[REFRESH] == kept[REFRESH]


async def test_programs_use_tokens_and_no_cookies(browser: Browser, upstream: Upstream) -> None:
    await browser.sign_up()
    browser.cookies = {}
    credentials = {"email": "ada@example.com", "password": PASSWORD}
    tokens = (await browser.http.post("/api/auth/login", json=credentials)).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    created = await browser.http.post("/api/interviews/created", headers=headers, json={})
    assert created.status_code == 202
    assert upstream.seen[-1]["headers"]["authorization"] == headers["Authorization"]
    me = await browser.http.get("/api/auth/me", headers=headers)
    assert me.json()["email"] == "ada@example.com"
    assert "set-cookie" not in me.headers


CSRF_MATRIX: list[tuple[str, dict[str, str | None], bool]] = [
    ("our page", {}, True),
    ("no token", {"X-CSRF-Token": None}, False),
    ("wrong token", {"X-CSRF-Token": "x" * 43}, False),
    ("empty token", {"X-CSRF-Token": ""}, False),
    ("no origin", {"Origin": None}, False),
    ("null origin", {"Origin": "null"}, False),
    ("other origin", {"Origin": "https://evil.example"}, False),
    ("other port", {"Origin": "http://127.0.0.1:1"}, False),
    ("our name as a part", {"Origin": "http://127.0.0.1.evil.example"}, False),
    ("listed origin", {"Origin": "http://localhost:5173"}, True),
    ("listed origin, same site", {"Origin": "http://localhost:5173", "Sec-Fetch-Site": "same-site"}, True),
    ("ours, said to be cross-site", {"Sec-Fetch-Site": "cross-site"}, False),
    ("ours, same origin", {"Sec-Fetch-Site": "same-origin"}, True),
]


@pytest.mark.parametrize(("changes", "allowed"), [row[1:] for row in CSRF_MATRIX], ids=[row[0] for row in CSRF_MATRIX])
async def test_changes_need_proof_of_our_page(
    open_gateway: Open, upstream: Upstream, changes: dict[str, str | None], allowed: bool
) -> None:
    async with open_gateway(public_origins="http://localhost:5173") as browser:
        await browser.sign_up()
        for method, path in [
            ("POST", "/api/interviews/echo"),
            ("PUT", "/api/interviews/echo"),
            ("DELETE", "/api/interviews/echo"),
            ("DELETE", "/api/session"),
        ]:
            response = await browser.request(method, path, headers=changes)
            assert response.status_code == ({"/api/session": 204}.get(path, 200) if allowed else 403), path
            if not allowed:
                assert problem(response) == "csrf-failed"
        assert len(upstream.seen) == (3 if allowed else 0)
        # Reading needs none of it.
        assert (await browser.get("/api/interviews/echo", headers=changes)).status_code == 200


async def test_login_needs_proof_of_our_page(browser: Browser) -> None:
    await browser.sign_up()
    for headers in ({"Origin": "https://evil.example"}, {"X-CSRF-Token": "other"}, {"Origin": None}):
        body = {"email": "ada@example.com", "password": PASSWORD}
        response = await browser.post("/api/session", json=body, headers=headers)
        assert (response.status_code, problem(response)) == (403, "csrf-failed")

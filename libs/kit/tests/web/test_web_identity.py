"""Only what auth signed for us, now, as an access token, is believed (RFC 8725)."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives import serialization
from fastapi import FastAPI
from jose import jws
from kit.clock import now
from kit.ids import new_id
from kit.keys import KeySet, KeysUnavailable
from kit.testing.tokens import Role, TokenFactory


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def odd(role: str | None) -> Any:
    """Pass a role that the type forbids."""
    return role


def with_header(token: str, **changes: Any) -> str:
    """Change the header and keep the signature of the original."""
    head, payload, signature = token.split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    header = {k: v for k, v in (header | changes).items() if v is not None}
    return f"{b64(json.dumps(header).encode())}.{payload}.{signature}"


def with_claims(token: str, **changes: Any) -> str:
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | changes
    return f"{head}.{b64(json.dumps(claims).encode())}.{signature}"


def public_pem(tokens: TokenFactory) -> str:
    return (
        tokens._key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def hmac_with_public_key(tokens: TokenFactory) -> str:
    good = tokens.issue()
    header = b64(json.dumps({"alg": "HS256", "typ": "at+jwt", "kid": tokens.kid}).encode())
    signing_input = f"{header}.{good.split('.')[1]}"
    mac = hmac.new(public_pem(tokens).encode(), signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{b64(mac)}"


def flipped_tail(token: str) -> str:
    """Give the same signature bytes another spelling: the last character has four unused bits."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + alphabet[alphabet.index(token[-1]) | 1]


FORGED: dict[str, Callable[[TokenFactory], str]] = {
    "empty": lambda _: "",
    "garbage": lambda _: "garbage",
    "two parts": lambda t: t.issue().rpartition(".")[0],
    "four parts": lambda t: t.issue() + ".x",
    "no signature": lambda t: t.issue().rpartition(".")[0] + ".",
    "alg none": lambda t: with_header(t.issue(), alg="none").rpartition(".")[0] + ".",
    "alg None with signature": lambda t: with_header(t.issue(), alg="None"),
    "alg HS256 by public key": hmac_with_public_key,
    "alg ES384": lambda t: with_header(t.issue(), alg="ES384"),
    "alg RS256": lambda t: with_header(t.issue(), alg="RS256"),
    "alg a list": lambda t: with_header(t.issue(), alg=["ES256"]),
    "changed role": lambda t: with_claims(t.issue(), role="admin"),
    "changed subject": lambda t: with_claims(t.issue(), sub=str(new_id())),
    "other key, our kid": lambda t: _signed_by_stranger(t, t.kid),
    "other key, own kid": lambda t: _signed_by_stranger(t, "stranger"),
    "kid missing": lambda t: t.issue(headers={"kid": None}),
    "kid traversal": lambda t: t.issue(headers={"kid": "../../../../dev/null"}),
    "kid sql": lambda t: t.issue(headers={"kid": "x' UNION SELECT 'k"}),
    "kid a number": lambda t: t.issue(headers={"kid": 1}),
    "crit": lambda t: t.issue(headers={"crit": ["exp"]}),
    "crit unknown": lambda t: t.issue(headers={"crit": ["b64"], "b64": False}),
    "jku": lambda t: t.issue(headers={"jku": "http://127.0.0.1:1/keys"}),
    "jwk": lambda t: t.issue(headers={"jwk": t.jwks["keys"][0]}),
    "x5u": lambda t: t.issue(headers={"x5u": "http://127.0.0.1:1/cert"}),
    "typ JWT": lambda t: t.issue(headers={"typ": "JWT"}),
    "typ missing": lambda t: t.issue(headers={"typ": None}),
    "typ id token": lambda t: t.issue(headers={"typ": "id+jwt"}),
    "iss of another": lambda t: t.issue(iss="https://evil.example"),
    "iss missing": lambda t: t.issue(iss=None),
    "aud of another": lambda t: t.issue(aud="another"),
    "aud missing": lambda t: t.issue(aud=None),
    "aud a list with ours": lambda t: t.issue(aud=["another", "interview-kit"]),
    "expired": lambda t: t.issue(exp=int(now().timestamp()) - 61),
    "exp missing": lambda t: t.issue(exp=None),
    "exp text": lambda t: t.issue(exp="99999999999"),
    "exp huge": lambda t: with_claims(t.issue(), exp=1e400),
    "not yet": lambda t: t.issue(nbf=int(now().timestamp()) + 120),
    "from the future": lambda t: t.issue(iat=int(now().timestamp()) + 120),
    "sub missing": lambda t: t.issue(sub=None),
    "sub no uuid": lambda t: t.issue(sub="1"),
    "sid missing": lambda t: t.issue(sid=None),
    "role missing": lambda t: t.issue(role=odd(None)),
    "role unknown": lambda t: t.issue(role=odd("root")),
    "tail bits": lambda t: flipped_tail(t.issue()),
    "padding": lambda t: t.issue() + "==",
    "standard alphabet": lambda t: t.issue().replace("-", "+").replace("_", "/") + "+",
    "zero signature": lambda t: t.issue().rpartition(".")[0] + "." + b64(b"\0" * 64),
    "der signature": lambda t: t.issue().rpartition(".")[0] + "." + b64(b"\x30\x06\x02\x01\x00\x02\x01\x00"),
    "huge": lambda t: t.issue(email="x" * 5000),
    "not ascii": lambda t: t.issue() + "é",
    "inner space": lambda t: t.issue().replace(".", ". ", 1),
    "payload a list": lambda t: _signed_raw(t, b"[]"),
    "payload no json": lambda t: _signed_raw(t, b"hello"),
    "alg twice": lambda t: f"{_alg_twice(t.kid)}.{t.issue().partition('.')[2]}",
}


def _alg_twice(kid: str) -> str:
    return b64(f'{{"alg":"none","typ":"at+jwt","kid":"{kid}","alg":"ES256"}}'.encode())


def _signed_by_stranger(_: TokenFactory, kid: str) -> str:
    stranger = TokenFactory()
    return stranger.issue(headers={"kid": kid})


def _signed_raw(tokens: TokenFactory, payload: bytes) -> str:
    token: str = jws.sign(payload, tokens._pem, headers={"kid": tokens.kid, "typ": "at+jwt"}, algorithm="ES256")
    return token


@pytest.mark.parametrize("forgery", FORGED)
async def test_forged_token_is_refused(client: httpx2.AsyncClient, tokens: TokenFactory, forgery: str) -> None:
    token = FORGED[forgery](tokens)
    response = await client.get("/me", headers={b"authorization": f"Bearer {token}".encode()})
    assert response.status_code == 401, response.text
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.json()["type"].endswith(("invalid-token", "unauthorized"))


async def test_good_token_is_believed(client: httpx2.AsyncClient, tokens: TokenFactory) -> None:
    user_id = new_id()
    for _ in range(3):
        response = await client.get("/me", headers=tokens.headers(user_id))
        assert response.json() == {"id": str(user_id), "role": "candidate"}


async def test_clock_skew_of_a_minute_is_forgiven(client: httpx2.AsyncClient, tokens: TokenFactory) -> None:
    seconds = int(now().timestamp())
    skews: list[dict[str, Any]] = [
        {"exp": seconds - 50, "nbf": seconds - 600},
        {"nbf": seconds + 50},
        {"iat": seconds + 50},
    ]
    for skewed in skews:
        response = await client.get("/me", headers=tokens.headers(**skewed))
        assert response.status_code == 200, skewed


async def test_remembered_token_still_expires(app: FastAPI, client: httpx2.AsyncClient, tokens: TokenFactory) -> None:
    ends = int(now().timestamp()) + 3
    headers = tokens.headers(exp=ends - 60, nbf=1)
    assert (await client.get("/me", headers=headers)).status_code == 200
    await asyncio.sleep(ends + 0.1 - now().timestamp())
    assert (await client.get("/me", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("/candidate", "candidate", 200),
        ("/candidate", "admin", 403),
        ("/admin", "candidate", 403),
        ("/admin", "admin", 200),
    ],
)
async def test_role_opens_its_doors_only(
    client: httpx2.AsyncClient, tokens: TokenFactory, path: str, role: Role, status: int
) -> None:
    assert (await client.get(path, headers=tokens.headers(role=role))).status_code == status
    assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize("header", ["Basic dTpw", "Bearer", "bearer ", "Token x"])
async def test_other_schemes_are_refused(client: httpx2.AsyncClient, header: str) -> None:
    assert (await client.get("/me", headers={"Authorization": header})).status_code == 401


class Publisher:
    """An auth that can be slow, broken, or turn its keys over."""

    def __init__(self) -> None:
        self.factory = TokenFactory()
        self.answer: Callable[[], httpx2.Response] = lambda: httpx2.Response(200, json=self.factory.jwks)
        self.asked = 0
        self.delay = 0.0

    async def __call__(self, _: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        await asyncio.sleep(self.delay)
        return self.answer()


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [1000.0]
    monkeypatch.setattr("kit.keys.time.monotonic", lambda: moment[0])
    return moment


@pytest_asyncio.fixture
async def keys(publisher: Publisher) -> AsyncIterator[KeySet]:
    keys = KeySet("http://auth.test/keys", httpx2.AsyncClient(transport=httpx2.MockTransport(publisher)))
    yield keys
    await keys.close()


async def test_many_at_once_fetch_once(keys: KeySet, publisher: Publisher) -> None:
    publisher.delay = 0.05
    found = await asyncio.gather(*(keys.get(publisher.factory.kid) for _ in range(50)))
    assert all(key is not None for key in found)
    assert publisher.asked == 1


async def test_unknown_kids_do_not_become_requests(keys: KeySet, publisher: Publisher, clock: list[float]) -> None:
    await keys.get(publisher.factory.kid)
    for i in range(100):
        assert await keys.get(f"unknown-{i}") is None
    assert publisher.asked == 1
    clock[0] += 10.1
    for i in range(100):
        assert await keys.get(f"unknown-{i}") is None
    assert publisher.asked == 2


async def test_new_key_is_found_and_old_one_forgotten(keys: KeySet, publisher: Publisher, clock: list[float]) -> None:
    old = publisher.factory
    await keys.get(old.kid)
    before = keys.generation
    publisher.factory = TokenFactory()
    clock[0] += 11
    assert await keys.get(publisher.factory.kid) is not None
    assert await keys.get(old.kid) is None
    assert keys.generation > before


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx2.Response(500),
        lambda: httpx2.Response(302, headers={"Location": "http://evil.test/"}),
        lambda: httpx2.Response(200, content=b"<html>"),
        lambda: httpx2.Response(200, json=[]),
        lambda: httpx2.Response(200, json={"keys": []}),
        lambda: httpx2.Response(200, json={"keys": [{"kty": "oct", "kid": "a", "k": "c2VjcmV0"}]}),
        lambda: httpx2.Response(200, json={"keys": [{"kty": "EC", "crv": "P-256", "kid": "a"}]}),
        lambda: httpx2.Response(200, json={"keys": [{"kty": "EC", "crv": "P-256", "kid": "a", "x": "AA", "y": "AA"}]}),
        lambda: httpx2.Response(200, content=b"[" * 60_000),
        lambda: httpx2.Response(200, content=b" " * 100_000),
    ],
)
async def test_bad_answer_keeps_the_known_keys(
    keys: KeySet, publisher: Publisher, clock: list[float], answer: Callable[[], httpx2.Response]
) -> None:
    kid = publisher.factory.kid
    await keys.get(kid)
    publisher.answer = answer
    clock[0] += 3600
    await keys.refresh_if_stale()
    assert await keys.get("unknown") is None
    assert await keys.get(kid) is not None


async def test_without_any_key_nothing_can_be_said(keys: KeySet, publisher: Publisher) -> None:
    publisher.answer = lambda: httpx2.Response(503)
    for _ in range(20):
        with pytest.raises(KeysUnavailable):
            await keys.get(publisher.factory.kid)
    assert publisher.asked == 1


async def test_hung_up_caller_does_not_end_the_fetch(keys: KeySet, publisher: Publisher) -> None:
    publisher.delay = 0.1
    first = asyncio.create_task(keys.get(publisher.factory.kid))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(keys.get(publisher.factory.kid))
    await asyncio.sleep(0.02)
    first.cancel()
    assert await second is not None
    assert publisher.asked == 1


async def test_auth_away_from_the_start_is_503(make_app: Callable[..., FastAPI], tokens: TokenFactory) -> None:
    app = make_app(jwks_url="http://127.0.0.1:1/keys")
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
    ):
        response = await client.get("/me", headers=tokens.headers())
    assert response.status_code == 503
    assert response.json()["type"].endswith("keys-unavailable")
    assert response.headers["retry-after"]

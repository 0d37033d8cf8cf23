import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jose import jwk, jwt
from kit.clock import now
from kit.testing.tokens import TokenFactory

from .conftest import bearer, log_in, sign_up


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


async def issued(client: httpx2.AsyncClient) -> str:
    await sign_up(client)
    token: str = (await log_in(client)).json()["access_token"]
    return token


async def test_access_token_carries_what_the_services_check(client: httpx2.AsyncClient) -> None:
    token = await issued(client)
    header, claims = (decode(part) for part in token.split(".")[:2])
    published = (await client.get("/.well-known/jwks.json")).json()["keys"]
    assert header == {"alg": "ES256", "typ": "at+jwt", "kid": published[0]["kid"]}
    assert set(claims) == {"iss", "aud", "sub", "sid", "role", "email", "iat", "nbf", "exp", "jti"}
    assert (claims["iss"], claims["aud"]) == ("interview-kit", "interview-kit")
    assert (claims["role"], claims["email"]) == ("candidate", "ada@example.com")
    assert claims["exp"] - claims["iat"] == 600
    assert abs(claims["iat"] - now().timestamp()) < 5


async def test_published_keys_hold_no_private_half(client: httpx2.AsyncClient) -> None:
    response = await client.get("/.well-known/jwks.json")
    assert response.headers["cache-control"] == "public, max-age=60"
    (key,) = response.json()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert (key["kty"], key["crv"], key["use"], key["alg"]) == ("EC", "P-256", "sig", "ES256")


def _resigned(token: str, key: ec.EllipticCurvePrivateKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    old_header, old_claims = (decode(part) for part in token.split(".")[:2])
    return str(jwt.encode(old_claims | claims, pem, algorithm="ES256", headers=old_header | header))


def _with_header(token: str, **header: Any) -> str:
    old, payload, signature = token.split(".")
    return f"{encode(decode(old) | header)}.{payload}.{signature}"


def _hs256(token: str, secret: bytes) -> str:
    header, payload, _ = token.split(".")
    signed = f"{encode(decode(header) | {'alg': 'HS256'})}.{payload}"
    return f"{signed}.{encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


FORGERIES: dict[str, Callable[[str], str]] = {
    "alg none": lambda t: _with_header(t, alg="none").rsplit(".", 1)[0] + ".",
    "alg None with the signature": lambda t: _with_header(t, alg="None"),
    "signature removed": lambda t: t.rsplit(".", 1)[0] + ".",
    "signature missing": lambda t: t.rsplit(".", 1)[0],
    "signature of zeros": lambda t: t.rsplit(".", 1)[0] + "." + encode(bytes(64)),
    "claims changed": lambda t: ".".join(
        [t.split(".")[0], encode(decode(t.split(".")[1]) | {"role": "admin"}), t.split(".")[2]]
    ),
    "crit": lambda t: _with_header(t, crit=["b64"], b64=False),
    "other kid": lambda t: _with_header(t, kid="another"),
    "kid as a path": lambda t: _with_header(t, kid="../../dev/null"),
    "kid as sql": lambda t: _with_header(t, kid="x' union select 'y"),
    "kid missing": lambda t: f"{encode({'alg': 'ES256', 'typ': 'at+jwt'})}.{t.split('.', 1)[1]}",
    "typ JWT": lambda t: _with_header(t, typ="JWT"),
    "jku": lambda t: _with_header(t, jku="http://127.0.0.1/keys"),
    "not a token": lambda _: "x.y.z",
    "empty": lambda _: "",
    "very long": lambda t: t + "A" * 10_000,
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_tampered_tokens_are_refused(client: httpx2.AsyncClient, forgery: str) -> None:
    token = FORGERIES[forgery](await issued(client))
    assert (await client.get("/auth/me", headers=bearer(token))).status_code == 401


async def test_public_key_is_no_hmac_secret(client: httpx2.AsyncClient) -> None:
    token = await issued(client)
    (key,) = (await client.get("/.well-known/jwks.json")).json()["keys"]
    public = jwk.construct(key, "ES256").prepared_key
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for secret in (pem, pem.strip(), json.dumps(key).encode(), key["x"].encode()):
        response = await client.get("/auth/me", headers=bearer(_hs256(token, secret)))
        assert response.status_code == 401


async def test_another_key_under_our_kid_is_refused(client: httpx2.AsyncClient) -> None:
    forged = _resigned(await issued(client), ec.generate_private_key(ec.SECP256R1()), {}, {})
    assert (await client.get("/auth/me", headers=bearer(forged))).status_code == 401


async def test_key_in_the_header_is_ignored(client: httpx2.AsyncClient) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    numbers = own.public_key().public_numbers()
    embedded = {
        "kty": "EC",
        "crv": "P-256",
        "x": encode(numbers.x.to_bytes(32, "big")),
        "y": encode(numbers.y.to_bytes(32, "big")),
    }
    forged = _resigned(await issued(client), own, {"jwk": embedded}, {})
    assert (await client.get("/auth/me", headers=bearer(forged))).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(now().timestamp()) - 120},
        {"nbf": int(now().timestamp()) + 86_400},
        {"iss": "somebody-else"},
        {"aud": "another-product"},
        {"exp": None},
        {"sid": None},
        {"sub": "not a uuid"},
        {"role": "root"},
    ],
    ids="-".join,
)
async def test_bad_claims_are_refused_under_our_own_key(client: httpx2.AsyncClient, claims: dict[str, Any]) -> None:
    token = await issued(client)
    key = client._transport.app.state.desk.keys.signing()  # type: ignore[attr-defined]
    payload = decode(token.split(".")[1]) | claims
    payload = {name: value for name, value in payload.items() if value is not None}
    signed = jwt.encode(payload, key.private, algorithm="ES256", headers={"kid": key.kid, "typ": "at+jwt"})
    assert (await client.get("/auth/me", headers=bearer(signed))).status_code == 401


async def test_token_of_another_issuer_of_the_same_name_is_refused(client: httpx2.AsyncClient) -> None:
    await sign_up(client)
    stranger = TokenFactory()
    token = stranger.issue(lifetime=timedelta(minutes=5))
    assert (await client.get("/auth/me", headers=bearer(token))).status_code == 401

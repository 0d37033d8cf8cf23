"""The two tokens: a signed access token that services check alone, a random refresh token that only we know."""

import hashlib
import secrets

from jose import jwt
from kit.identity import ALGORITHM, TOKEN_TYPE, Principal, access_token_claims

from auth.keys import SigningKey
from auth.settings import AuthSettings


def access_token(principal: Principal, key: SigningKey, settings: AuthSettings) -> str:
    """Return a signed access token (RFC 9068)."""
    claims = access_token_claims(
        principal,
        issuer=settings.token_issuer,
        audience=settings.token_audience,
        lifetime=settings.access_token_lifetime,
    )
    token: str = jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"kid": key.kid, "typ": TOKEN_TYPE})
    return token


def new_refresh_token() -> str:
    """Return 256 random bits."""
    return secrets.token_urlsafe(32)


def refresh_token_hash(token: str) -> bytes:
    """Return what is stored and looked up."""
    return hashlib.sha256(token.encode()).digest()

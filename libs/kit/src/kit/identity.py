"""Who is asking: ES256 access tokens checked against auth's published keys (RFC 8725, RFC 9068).

Only auth holds the private key. Claims of an access token::

    iss aud exp nbf iat jti   as registered
    sub    the user's id          sid   the session's id
    role   candidate | admin      email the address, or absent

The header carries ``alg: ES256``, ``typ: at+jwt`` and the ``kid`` of a published key.
"""

import base64
import hashlib
import json
import re
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jose import jwt
from jose.exceptions import JOSEError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kit.clock import now
from kit.ids import new_id
from kit.keys import KeySource
from kit.logs import bind_user
from kit.problems import Forbidden, Unauthorized

ALGORITHM = "ES256"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - the media type of RFC 9068, not a secret
LEEWAY = timedelta(seconds=60)

_MAX_TOKEN_LENGTH = 4096
_MAX_REMEMBERED = 10_000
_HEADER_FIELDS = frozenset({"alg", "typ", "kid"})
_KID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")


class Principal(BaseModel):
    """The account and session behind a request."""

    model_config = ConfigDict(frozen=True)

    user_id: UUID
    role: Literal["candidate", "admin"]
    session_id: UUID
    email: str | None = None


class InvalidToken(Unauthorized):
    """The access token is expired, forged or not meant for us; we never say which."""

    type = "invalid-token"
    title = "The access token is not valid"

    def __init__(self) -> None:
        """Add the challenge of RFC 6750."""
        super().__init__(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class AdminOnly(Forbidden):
    """The address is for administrators."""

    type = "admin-only"
    title = "This is for administrators"


class CandidateOnly(Forbidden):
    """The address is for candidates."""

    type = "candidate-only"
    title = "This is for candidates"


def access_token_claims(
    principal: Principal,
    *,
    issuer: str,
    audience: str,
    lifetime: timedelta,
    issued_at: datetime | None = None,
) -> dict[str, Any]:
    """Return the claims of an access token for auth (and for tests) to sign."""
    start = int((issued_at or now()).timestamp())
    claims: dict[str, Any] = {
        "iss": issuer,
        "aud": audience,
        "sub": str(principal.user_id),
        "sid": str(principal.session_id),
        "role": principal.role,
        "iat": start,
        "nbf": start,
        "exp": start + int(lifetime.total_seconds()),
        "jti": str(new_id()),
    }
    if principal.email is not None:
        claims["email"] = principal.email
    return claims


class _Claims(BaseModel):
    model_config = ConfigDict(strict=True)

    iss: str
    aud: str
    sub: str
    sid: str
    role: Literal["candidate", "admin"]
    iat: int = Field(ge=0)
    nbf: int = Field(ge=0)
    exp: int = Field(ge=0)
    jti: str = Field(min_length=1, max_length=128)
    email: str | None = Field(None, max_length=320)


class TokenVerifier:
    """Checks access tokens and remembers the good ones until they expire."""

    def __init__(self, keys: KeySource, *, issuer: str, audience: str) -> None:
        """Take the published keys and the iss and aud every token must carry."""
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._remembered: OrderedDict[bytes, tuple[Principal, float]] = OrderedDict()
        self._generation = keys.generation

    async def verify(self, token: str) -> Principal:
        """Return who the token speaks for.

        Raises:
            InvalidToken: the token is not acceptable, for whatever reason.
            ServiceUnavailable: no key was ever fetched, so nothing can be said.

        """
        if not token.isascii() or len(token) > _MAX_TOKEN_LENGTH:
            raise InvalidToken
        await self._keys.refresh_if_stale()
        if self._generation != self._keys.generation:
            self._remembered.clear()
            self._generation = self._keys.generation
        digest = hashlib.sha256(token.encode()).digest()
        known = self._remembered.get(digest)
        if known is not None:
            principal, expires = known
            if now().timestamp() < expires:
                self._remembered.move_to_end(digest)
                return principal
            del self._remembered[digest]
        principal, expires = await self._check(token)
        self._remembered[digest] = (principal, expires)
        if len(self._remembered) > _MAX_REMEMBERED:
            self._remembered.popitem(last=False)
        return principal

    async def _check(self, token: str) -> tuple[Principal, float]:
        kid = _read_kid(token)
        key = await self._keys.get(kid)
        if key is None:
            raise InvalidToken
        try:
            payload = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                options={"leeway": LEEWAY, "verify_at_hash": False},
            )
            claims = _Claims.model_validate(payload)
            principal = Principal(
                user_id=UUID(claims.sub),
                session_id=UUID(claims.sid),
                role=claims.role,
                email=claims.email,
            )
        except (JOSEError, ValidationError, ValueError, TypeError, OverflowError):
            raise InvalidToken from None
        moment = now().timestamp()
        expires = claims.exp + LEEWAY.total_seconds()
        if expires <= moment or claims.iat > moment + LEEWAY.total_seconds() or claims.exp <= claims.nbf:
            raise InvalidToken
        return principal, expires


def _read_kid(token: str) -> str:
    # Everything here is decided before any cryptography, on a header that nobody vouched for:
    # one algorithm, one type, a kid that can only be looked up, and nothing else. python-jose
    # itself accepts unknown `crit` headers and sloppy base64.
    segments = token.split(".")
    if len(segments) != 3 or not all(_is_canonical(segment) for segment in segments):  # noqa: PLR2004
        raise InvalidToken
    try:
        header = json.loads(_decode(segments[0]), object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise InvalidToken from None
    if not isinstance(header, dict) or set(header) != _HEADER_FIELDS:
        raise InvalidToken
    kid = header["kid"]
    if header["alg"] != ALGORITHM or header["typ"] != TOKEN_TYPE:
        raise InvalidToken
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise InvalidToken
    return kid


def _decode(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def _is_canonical(segment: str) -> bool:
    if not _SEGMENT.fullmatch(segment):
        return False
    try:
        return base64.urlsafe_b64encode(_decode(segment)).rstrip(b"=").decode() == segment
    except ValueError:
        return False


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        message = "a member appears twice"
        raise ValueError(message)
    return members


_bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", scheme_name="bearer", description="Access token from auth")


async def current_user(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Principal:
    """Return who is asking.

    Raises:
        Unauthorized: no acceptable token came with the request.

    """
    if credentials is None:
        raise Unauthorized
    verifier: TokenVerifier = request.app.state.tokens
    principal = await verifier.verify(credentials.credentials)
    bind_user(principal.user_id)
    return principal


CurrentUser = Annotated[Principal, Depends(current_user)]


async def current_candidate(user: CurrentUser) -> Principal:
    """Return who is asking if that is a candidate."""
    if user.role != "candidate":
        raise CandidateOnly
    return user


async def current_admin(user: CurrentUser) -> Principal:
    """Return who is asking if that is an administrator."""
    if user.role != "admin":
        raise AdminOnly
    return user


CurrentCandidate = Annotated[Principal, Depends(current_candidate)]
CurrentAdmin = Annotated[Principal, Depends(current_admin)]

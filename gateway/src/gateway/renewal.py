"""Renews expiring sessions inside the gateway, once per session however many requests arrive together.

A browser that comes back after ten minutes sends twenty requests with the same dead access cookie. One of them asks
auth, the others wait for its answer; those that were already on their way when it came get it too, for as long as auth
would have accepted the old token as well.
"""

import asyncio
import base64
import hashlib
import json
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

import structlog

from gateway.auth_client import AuthClient, Tokens
from gateway.cookies import Cookies, Jar
from gateway.errors import SessionExpired, UpstreamDown

_REMEMBERED = timedelta(seconds=10)

log = structlog.get_logger(kind="audit")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request may use: the access token, and the cookies its response has to set."""

    access: str
    set_cookies: list[str] = field(default_factory=list)


class Renewal:
    """Turns a request's cookies into an access token that lives long enough."""

    def __init__(self, auth: AuthClient, cookies: Cookies, renew_before: timedelta) -> None:
        """Take whom to ask, how to write cookies, and what rest of life is too short."""
        self._auth = auth
        self._cookies = cookies
        self._renew_before = renew_before.total_seconds()
        self._flights: dict[bytes, asyncio.Task[Tokens | None]] = {}

    async def credentials(self, jar: Jar) -> Credentials:
        """Return an access token for these cookies.

        Raises:
            SessionExpired: neither cookie opens a session any more; the problem clears them.
            UpstreamDown: a renewal is needed and auth does not answer.
        """
        rest = _expiry(jar.access) - time.time() if jar.access else 0.0
        if jar.access and rest > self._renew_before:
            return Credentials(jar.access)
        try:
            tokens = await self.renewed(jar.refresh) if jar.refresh else None
        except UpstreamDown:
            if jar.access and rest > 0:
                return Credentials(jar.access)
            raise
        if tokens is None:
            if jar.access and rest > 0:
                return Credentials(jar.access)
            raise SessionExpired
        return Credentials(tokens.access, self._cookies.opened(tokens.access, tokens.access_lifetime, tokens.refresh))

    async def renewed(self, refresh_token: str) -> Tokens | None:
        """Exchange a refresh token, or return None when it opens no session.

        Raises:
            UpstreamDown: auth does not answer.
        """
        key = hashlib.sha256(refresh_token.encode()).digest()
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._fetch(refresh_token), name="renewal")
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        # Shielded: a browser that hangs up must not take the answer away from the others.
        return await asyncio.shield(flight)

    async def _fetch(self, refresh_token: str) -> Tokens | None:
        answer = await self._auth.refresh(refresh_token)
        if answer.ok:
            return Tokens.of(answer.body)
        if answer.status in {401, 422}:
            return None
        raise UpstreamDown

    def _landed(self, key: bytes, flight: asyncio.Task[Tokens | None]) -> None:
        if flight.cancelled() or flight.exception() is not None:
            del self._flights[key]
        else:
            flight.get_loop().call_later(_REMEMBERED.total_seconds(), self._flights.pop, key, None)


@lru_cache(maxsize=4096)
def _expiry(access_token: str) -> float:
    """Read when a token expires, believing it: the services check the signature, we only decide when to renew."""
    try:
        payload = access_token.split(".")[1]
        expires = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"]
    except (ValueError, IndexError, KeyError, TypeError):
        return 0.0
    return float(expires) if isinstance(expires, int | float) else 0.0

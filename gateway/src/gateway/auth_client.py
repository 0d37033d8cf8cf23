"""What the gateway asks auth: to open, renew and end sessions."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from kit.rendering import REQUEST_ID_KEY
from kit.tracing import current_traceparent
from starlette.types import Scope

from gateway.errors import UpstreamDown

_TIMEOUT = timedelta(seconds=10)
_MAX_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What auth said; a problem is passed on as it is."""

    status: int
    body: dict[str, Any]
    retry_after: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it worked."""
        return self.status < 400  # noqa: PLR2004 - the first of the errors


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair of tokens, and whose they are."""

    access: str
    access_lifetime: int
    refresh: str
    user: dict[str, Any]

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Tokens":
        """Read auth's answer to a login or refresh."""
        return cls(body["access_token"], body["expires_in"], body["refresh_token"], body["user"])


class AuthClient:
    """Speaks to auth on behalf of one browser at a time."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        """Take the pooled client and auth's address."""
        self._session = session
        self._base_url = base_url
        self._timeout = aiohttp.ClientTimeout(total=_TIMEOUT.total_seconds(), sock_connect=2)

    async def sign_up(self, scope: Scope, body: dict[str, Any]) -> Answer:
        """Create an account."""
        return await self._send("POST", "/auth/signup", scope, body)

    async def log_in(self, scope: Scope, body: dict[str, Any]) -> Answer:
        """Open a session."""
        return await self._send("POST", "/auth/login", scope, body)

    async def refresh(self, refresh_token: str) -> Answer:
        """Exchange a refresh token; on nobody's behalf in particular, several requests may wait for it."""
        return await self._send("POST", "/auth/refresh", None, {"refresh_token": refresh_token})

    async def log_out(self, scope: Scope, refresh_token: str) -> Answer:
        """End the session."""
        return await self._send("POST", "/auth/logout", scope, {"refresh_token": refresh_token})

    async def me(self, scope: Scope, access_token: str) -> Answer:
        """Ask whose session it is."""
        return await self._send("GET", "/auth/me", scope, None, {"Authorization": f"Bearer {access_token}"})

    async def _send(
        self,
        method: str,
        path: str,
        scope: Scope | None,
        body: dict[str, Any] | None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = {**(headers or {}), **_about(scope)}
        data = None
        if body is not None:
            sent["Content-Type"] = "application/json"
            # ASCII: a lone surrogate in a password must reach auth's check, not break ours.
            data = json.dumps(body).encode()
        try:
            async with self._session.request(
                method, self._base_url + path, data=data, headers=sent, timeout=self._timeout, allow_redirects=False
            ) as response:
                content = await response.content.read(_MAX_BYTES)
                answered = json.loads(content) if content else {}
                return Answer(response.status, answered, response.headers.get("Retry-After"))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise UpstreamDown from error


def _about(scope: Scope | None) -> dict[str, str]:
    headers: dict[str, str] = {}
    if traceparent := current_traceparent():
        headers["traceparent"] = traceparent
    if scope is not None:
        headers["X-Request-Id"] = scope[REQUEST_ID_KEY]
        if client := scope.get("client"):
            headers["X-Forwarded-For"] = client[0]
    return headers

"""The public keys that auth publishes, fetched over HTTP and kept while auth is away."""

import asyncio
import contextlib
import json
import time
from datetime import timedelta
from typing import Any, Protocol

import httpx2
import structlog
from jose import jwk
from jose.backends.base import Key
from jose.exceptions import JOSEError

from kit.problems import ServiceUnavailable

MAX_AGE = timedelta(minutes=5)
RETRY_AFTER = timedelta(seconds=10)

_TIMEOUT = httpx2.Timeout(2.0)
_FETCH_LIMIT = 3.0
_MAX_BYTES = 65_536
_MAX_KEYS = 16
_ALGORITHM = "ES256"

log = structlog.get_logger(__name__)


class KeysUnavailable(ServiceUnavailable):
    """No key has ever been fetched, so no token can be checked."""

    type = "keys-unavailable"
    title = "Sign-in cannot be checked right now"


class KeySource(Protocol):
    """Where the public keys come from: over HTTP, or, inside auth itself, from its own table."""

    @property
    def generation(self) -> int:
        """A number that changes when a key came or went; tokens checked before are checked anew."""

    async def get(self, kid: str) -> Key | None:
        """Return the key of that id, or None."""

    async def refresh_if_stale(self) -> None:
        """Look for new keys when the known ones are old."""


class KeySet:
    """The key set behind one URL.

    An unknown kid triggers a fetch, at most every ten seconds: a flood of forged tokens must
    not become a flood of requests to auth. A failed fetch keeps what was known.
    """

    def __init__(self, url: str, client: httpx2.AsyncClient | None = None) -> None:
        """Take the address of the key set and, in tests, the client to ask with."""
        self._url = url
        self._client = client or httpx2.AsyncClient(timeout=_TIMEOUT, follow_redirects=False)
        self._keys: dict[str, Key] = {}
        self._published: dict[str, dict[str, Any]] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self.generation = 0

    async def get(self, kid: str) -> Key | None:
        """Return the key of that id, or None when auth does not publish it.

        Raises:
            KeysUnavailable: there are no keys at all.

        """
        key = self._keys.get(kid)
        if key is None:
            await self._refresh()
            key = self._keys.get(kid)
        if not self._keys:
            raise KeysUnavailable
        return key

    async def refresh_if_stale(self) -> None:
        """Start a fetch when the keys are old, so that a withdrawn key stops counting.

        Nobody waits for it while there are keys: auth being slow must not slow everyone else.
        """
        if time.monotonic() - self._fetched_at > MAX_AGE.total_seconds():
            fetching = self._start_fetch()
            if fetching is not None and not self._keys:
                await asyncio.shield(fetching)

    async def check(self) -> None:
        """Raise when there are no keys to check tokens with (for readiness)."""
        if not self._keys:
            await self._refresh()
        if not self._keys:
            raise KeysUnavailable

    async def close(self) -> None:
        """Close the client."""
        if self._fetching is not None:
            self._fetching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._fetching
        await self._client.aclose()

    async def _refresh(self) -> None:
        fetching = self._start_fetch()
        if fetching is not None:
            await asyncio.shield(fetching)

    def _start_fetch(self) -> asyncio.Task[None] | None:
        # Single flight: whoever comes while a fetch runs waits for that one. The fetch is a task
        # of its own, so that a caller who hangs up does not cancel it for the others.
        if self._fetching is None or self._fetching.done():
            # With no keys at all nothing can be verified: retry sooner, still not per request.
            pause = RETRY_AFTER.total_seconds() if self._keys else 1.0
            if time.monotonic() - self._tried_at < pause:
                return None
            self._tried_at = time.monotonic()
            self._fetching = asyncio.create_task(self._fetch(), name="jwks")
        return self._fetching

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(_FETCH_LIMIT):
                keys = _read_keys(await self._download())
            constructed = {kid: jwk.construct(key, _ALGORITHM) for kid, key in keys.items()}
        except (httpx2.HTTPError, TimeoutError, ValueError, RecursionError, JOSEError) as error:
            log.warning("keys not fetched", error=type(error).__name__, known=len(self._keys))
            return
        self._fetched_at = time.monotonic()
        if keys != self._published:
            self._keys = constructed
            self._published = keys
            self.generation += 1

    async def _download(self) -> bytes:
        body = b""
        async with self._client.stream("GET", self._url) as response:
            response.raise_for_status()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _MAX_BYTES:
                    message = "the key set is too large"
                    raise ValueError(message)
        return body


def _read_keys(body: bytes) -> dict[str, dict[str, Any]]:
    document = json.loads(body)
    published = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(published, list):
        raise ValueError("not a key set")  # noqa: TRY004 - bad content, not a bad argument
    keys = {entry["kid"]: _public_part(entry) for entry in published[:_MAX_KEYS] if _is_ours(entry)}
    if not keys:
        raise ValueError("the key set holds no usable key")
    return keys


def _is_ours(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(name), str) for name in ("kid", "x", "y"))
        and entry.get("kty") == "EC"
        and entry.get("crv") == "P-256"
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", _ALGORITHM) == _ALGORITHM
    )


def _public_part(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("kty", "crv", "x", "y")}

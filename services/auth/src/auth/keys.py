"""The keys that sign access tokens: made at the first start, replaced in time, published with an overlap.

Private keys live in the `auth` schema, which only auth's role can read, and are encrypted there when
`AUTH_SIGNING_KEY_SECRET` is set (required in production): a stolen dump alone forges nothing.

A successor is published `signing_key_notice` before it signs, so that services that cache the key set know it by
then; a retired key stays published until the last token it signed has expired.
"""

import asyncio
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jose import jwk
from jose.backends.base import Key
from kit.clock import now
from kit.identity import ALGORITHM, LEEWAY
from sqlalchemy.ext.asyncio import AsyncSession

from auth import queries
from auth.errors import SigningKeyMissing
from auth.models import SigningKeyRow
from auth.settings import AuthSettings

# Between reading the clock to issue a token and the last service that still checks it.
_MARGIN = timedelta(minutes=1)

log = structlog.get_logger(kind="audit")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A loaded key. `private` is None when the configured secret does not open it: it is published, and cannot sign."""

    kid: str
    public_jwk: dict[str, Any]
    public: Key
    private: Key | None
    signs_from: datetime


class KeyRing:
    """The signing keys as this process knows them, and the source of keys for its own token checks."""

    def __init__(self, settings: AuthSettings) -> None:
        """Start empty; `load` fills it."""
        self._settings = settings
        secret = settings.signing_key_secret
        self._secret = secret.get_secret_value().encode() if secret else None
        self._keys: dict[str, SigningKey] = {}
        self.generation = 0

    def signing(self) -> SigningKey:
        """Return the key that signs now.

        Raises:
            SigningKeyMissing: none has been loaded yet.
        """
        moment = now()
        ready = [key for key in self._keys.values() if key.private is not None and key.signs_from <= moment]
        if not ready:
            raise SigningKeyMissing
        return max(ready, key=lambda key: key.signs_from)

    def published(self) -> list[dict[str, Any]]:
        """Return the public keys whose signatures are, or soon will be, in use; the newest first."""
        newest_first = sorted(self._keys.values(), key=lambda key: key.signs_from, reverse=True)
        return [key.public_jwk for key in newest_first]

    @property
    def loaded(self) -> bool:
        """Whether there is any key yet."""
        return bool(self._keys)

    async def check(self) -> None:
        """Raise while there is no key to sign with (for readiness)."""
        self.signing()

    async def get(self, kid: str) -> Key | None:
        """Return the public key of that id, or None."""
        key = self._keys.get(kid)
        return key.public if key else None

    async def refresh_if_stale(self) -> None:
        """Do nothing: housekeeping loads the keys every minute."""

    async def load(self, rows: Iterable[SigningKeyRow]) -> None:
        """Use these keys from now on; those known already are not opened again."""
        keys = await self._opened(rows)
        if keys.keys() != self._keys.keys():
            self.generation += 1
        self._keys = keys

    async def settle(self, session: AsyncSession) -> list[SigningKeyRow]:
        """Make the first key, or a successor when it is due, and drop those nobody needs; return what is there then.

        Several processes may do this at once: whoever wants to write takes a lock and looks again. The result is to be
        loaded after the commit: a key that only this process knows must not sign.
        """
        rows = await queries.signing_keys(session)
        if self._work_left(await self._opened(rows)):
            await queries.lock_signing_keys(session)
            rows = await queries.signing_keys(session)
            keys = await self._opened(rows)
            if signs_from := self._successor_due(keys):
                await self._add(session, signs_from)
            await queries.delete_signing_keys(session, self._retired(keys))
            rows = await queries.signing_keys(session)
        return rows

    async def rotate(self, session: AsyncSession, *, compromised: bool) -> str:
        """Make a successor and return its kid.

        With `compromised` it signs at once and all older keys are forgotten: every access token issued so far is
        refused as soon as the services fetch the key set again (5 minutes at most).
        """
        await queries.lock_signing_keys(session)
        if not compromised:
            return await self._add(session, now() + self._settings.signing_key_notice)
        await queries.delete_signing_keys(session, [row.kid for row in await queries.signing_keys(session)])
        return await self._add(session, now())

    def _work_left(self, keys: Mapping[str, SigningKey]) -> bool:
        return self._successor_due(keys) is not None or bool(self._retired(keys))

    def _successor_due(self, keys: Mapping[str, SigningKey]) -> datetime | None:
        """Return when the key that has to be made now shall begin to sign, or None."""
        moment = now()
        starts = [key.signs_from for key in keys.values() if key.private is not None]
        if not any(start <= moment for start in starts):
            return moment
        notice = self._settings.signing_key_notice
        if max(starts) + self._settings.signing_key_lifetime - notice <= moment:
            return moment + notice
        return None

    def _retired(self, keys: Mapping[str, SigningKey]) -> list[str]:
        """Return the keys whose successor has signed for longer than a token lives."""
        last_use = now() - self._settings.access_token_lifetime - LEEWAY - _MARGIN
        starts = [key.signs_from for key in keys.values() if key.private is not None]
        return [key.kid for key in keys.values() if any(key.signs_from < start <= last_use for start in starts)]

    async def _add(self, session: AsyncSession, signs_from: datetime) -> str:
        row = await asyncio.to_thread(_make, self._secret, signs_from)
        session.add(row)
        await session.flush()
        log.info("signing key created", kid=row.kid, signs_from=signs_from.isoformat(), encrypted=bool(self._secret))
        return row.kid

    async def _opened(self, rows: Iterable[SigningKeyRow]) -> dict[str, SigningKey]:
        keys: dict[str, SigningKey] = {}
        for row in rows:
            if row.kid in self._keys:
                keys[row.kid] = self._keys[row.kid]
            else:
                keys[row.kid] = await asyncio.to_thread(_open, row, self._secret)
        return keys


def _make(secret: bytes | None, signs_from: datetime) -> SigningKeyRow:
    private = ec.generate_private_key(ec.SECP256R1())
    protection: KeySerializationEncryption = BestAvailableEncryption(secret) if secret else NoEncryption()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection).decode()
    kid = secrets.token_urlsafe(16)
    public = {
        name: value.decode() if isinstance(value, bytes) else value
        for name, value in jwk.construct(private.public_key(), ALGORITHM).to_dict().items()
    }
    return SigningKeyRow(
        kid=kid,
        private_pem=pem,
        public_jwk={**public, "kid": kid, "use": "sig", "alg": ALGORITHM},
        created_at=now(),
        signs_from=signs_from,
    )


def _open(row: SigningKeyRow, secret: bytes | None) -> SigningKey:
    encrypted = "ENCRYPTED" in row.private_pem
    private: Key | None = None
    try:
        loaded = load_pem_private_key(row.private_pem.encode(), password=secret if encrypted else None)
        private = jwk.construct(loaded, ALGORITHM)
    except (ValueError, TypeError) as error:
        log.warning("signing key does not open with the configured secret", kid=row.kid, error=type(error).__name__)
    public = jwk.construct(row.public_jwk, ALGORITHM)
    return SigningKey(row.kid, row.public_jwk, public, private, row.signs_from)

"""How often one may try. Counted in PostgreSQL, so that every process and every restart counts together.

Logging in is limited three times: per account from one address, which stops guessing at one account; per address,
which stops trying one password on many accounts; and per account from anywhere, which stops a crowd. The last limit
is ten times the first: one address alone cannot lock somebody else's account.

An attempt is counted before the password is looked at, so that a parallel burst cannot pass, and taken back when the
login succeeds. A refused attempt is not counted, so that waiting always helps.
"""

import hashlib
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kit.clock import now
from sqlalchemy.ext.asyncio import AsyncSession

from auth import queries
from auth.errors import TooManyAttempts
from auth.settings import AuthSettings

_IPV6_SITE = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts in a window, for the thing the key stands for."""

    key: bytes
    attempts: int
    window: timedelta


def login_limits(settings: AuthSettings, address: str, email_key: str) -> list[Limit]:
    """Return the limits one login counts against."""
    site = _site(address)
    window = settings.login_window
    return [
        Limit(_key("login", site, email_key), settings.login_attempts, window),
        Limit(_key("login-address", site), settings.login_attempts_per_address, window),
        Limit(_key("login-account", email_key), settings.login_attempts_per_account, window),
    ]


def signup_limits(settings: AuthSettings, address: str) -> list[Limit]:
    """Return the limit one sign-up counts against."""
    return [Limit(_key("signup-address", _site(address)), settings.signups_per_address, settings.signup_window)]


async def count(session: AsyncSession, limits: Sequence[Limit]) -> None:
    """Count one attempt.

    Raises:
        TooManyAttempts: a limit is reached; the longest wait is in Retry-After.
    """
    moment = now()
    windows = {limit.key: limit.window for limit in limits}
    counted = await queries.count_attempts(session, windows, moment)
    waits = [counted[limit.key][1] - moment for limit in limits if counted[limit.key][0] > limit.attempts]
    if waits:
        raise TooManyAttempts(retry_after=max(1, math.ceil(max(waits).total_seconds())))


async def forgive(session: AsyncSession, limits: Sequence[Limit]) -> None:
    """Take the attempt back."""
    await queries.forgive_attempts(session, [limit.key for limit in limits])


def _site(address: str) -> str:
    # One IPv6 customer has at least 2**64 addresses; counting each by itself would count nothing.
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, _IPV6_SITE), strict=False))
    return str(ip)


def _key(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode()).digest()

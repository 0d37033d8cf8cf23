"""The cookies: their names, how they are read and how they are written.

`__Host-` binds a cookie to this host, to HTTPS and to the whole path: no sibling domain can plant one. Browsers treat
localhost as secure; other plain-HTTP hosts need GATEWAY_COOKIE_SECURE=false, which drops prefix and attribute.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

_MAX_VALUE = 4096


@dataclass(frozen=True, slots=True)
class Jar:
    """What a request brought."""

    access: str | None = None
    refresh: str | None = None
    csrf: str | None = None

    @property
    def has_session(self) -> bool:
        """Whether there is something that could open a session."""
        return self.access is not None or self.refresh is not None


class Cookies:
    """Reads and writes the three cookies under the names of this deployment."""

    def __init__(self, *, secure: bool, lifetime: timedelta) -> None:
        """Take whether cookies are bound to HTTPS, and how long a session's cookies are kept."""
        prefix = "__Host-" if secure else ""
        self.access, self.refresh, self.csrf = (f"{prefix}ik_{name}" for name in ("access", "refresh", "csrf"))
        self._attributes = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
        self._lifetime = int(lifetime.total_seconds())

    def read(self, headers: Iterable[tuple[bytes, bytes]]) -> Jar:
        """Return the cookies of a request; the first of a name counts."""
        found: dict[str, str] = {}
        for name, value in headers:
            if name == b"cookie":
                for pair in value.decode("latin-1").split(";"):
                    key, separator, content = pair.strip().partition("=")
                    if separator and 0 < len(content) <= _MAX_VALUE and key not in found:
                        found[key] = content
        return Jar(found.get(self.access), found.get(self.refresh), found.get(self.csrf))

    def opened(self, access: str, access_lifetime: int, refresh: str) -> list[str]:
        """Return the Set-Cookie values that keep a pair of tokens."""
        return [
            self._set(self.access, access, access_lifetime),
            self._set(self.refresh, refresh, self._lifetime),
        ]

    def cleared(self) -> list[str]:
        """Return the Set-Cookie values that end a session in the browser."""
        return [self._set(self.access, "", 0), self._set(self.refresh, "", 0)]

    def with_csrf(self, token: str) -> str:
        """Return the Set-Cookie value that keeps the CSRF token."""
        return self._set(self.csrf, token, self._lifetime)

    def _set(self, name: str, value: str, seconds: int) -> str:
        return f"{name}={value}; Max-Age={seconds}{self._attributes}"

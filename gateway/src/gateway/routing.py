"""Which service answers which address, and which addresses are written too cleverly to be answered at all."""

import re
from dataclasses import dataclass

from gateway.errors import NoSuchAddress, PathRefused
from gateway.settings import GatewaySettings

PREFIX = b"/api"

# Plain characters and well-formed escapes only. Then no escape may stand for something that changes the path's shape:
# a dot, a slash, a backslash, a percent sign, a semicolon or a control character.
_PLAIN = re.compile(rb"(?:[A-Za-z0-9._~!$&'()*+,=:@/-]|%[0-9A-Fa-f]{2})*")
_CLEVER = re.compile(rb"%(?:[01][0-9A-Fa-f]|2[5EeFf]|3[Bb]|5[Cc]|7[Ff])|//|/\.{1,2}(?:/|$)")
_QUERY = re.compile(rb"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the service, its address, and the label it is counted under."""

    service: str
    url: str
    route: str


class Routes:
    """The allow-list. What is not on it does not exist, whatever the services may serve."""

    def __init__(self, settings: GatewaySettings) -> None:
        """Take the services' addresses."""
        owners = {
            b"auth": ("auth", settings.auth_url),
            b"catalog": ("interview", settings.interview_url),
            b"interviews": ("interview", settings.interview_url),
            b"room": ("interview", settings.interview_url),
            b"consents": ("interview", settings.interview_url),
            b"recordings": ("interview", settings.interview_url),
            b"bank": ("interview", settings.interview_url),
            b"documents": ("interview", settings.interview_url),
            b"weak-points": ("interview", settings.interview_url),
            b"reports": ("analysis", settings.analysis_url),
            b"admin": ("admin", settings.admin_url),
        }
        self._owners = {
            segment: (service, str(url).rstrip("/"), f"/api/{segment.decode()}/*")
            for segment, (service, url) in owners.items()
        }
        self.services = {service: base for service, base, _ in self._owners.values()}

    def target(self, raw_path: bytes, query: bytes) -> Target:
        """Return where to send a request for `/api…`.

        Raises:
            PathRefused: the path could be read in two ways.
            NoSuchAddress: it is not on the list.
        """
        if not _PLAIN.fullmatch(raw_path) or _CLEVER.search(raw_path) or not _QUERY.fullmatch(query):
            raise PathRefused
        if not raw_path.startswith(PREFIX + b"/"):
            raise NoSuchAddress
        path = raw_path[len(PREFIX) :]
        owner = self._owners.get(path[1:].split(b"/", 1)[0])
        if owner is None:
            raise NoSuchAddress
        service, base, route = owner
        suffix = path.decode("ascii") + (f"?{query.decode('ascii')}" if query else "")
        return Target(service, base + suffix, route)

    def is_served(self, path: str) -> bool:
        """Tell whether a service's path is reachable through the gateway, under /api."""
        return path.removeprefix("/").split("/", 1)[0].encode() in self._owners

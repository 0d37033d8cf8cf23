"""Which headers cross the gateway, and which it writes itself."""

from collections.abc import Iterable

from kit.rendering import REQUEST_ID_KEY
from kit.tracing import current_traceparent
from multidict import CIMultiDict
from starlette.types import Scope

from gateway.routing import PREFIX, Routes

RawHeaders = Iterable[tuple[bytes, bytes]]

# They belong to one connection and never cross (RFC 9110, section 7.6.1).
_HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
# What only the gateway may say, or only it needs to know.
_OURS = _HOP_BY_HOP | {
    b"authorization",
    b"content-length",
    b"cookie",
    b"expect",
    b"forwarded",
    b"host",
    b"traceparent",
    b"tracestate",
    b"x-csrf-token",
    b"x-real-ip",
    b"x-request-id",
}
_OUR_PREFIXES = (b"x-forwarded-", b"x-user-", b"x-original-", b"x-envoy-")
# Services set no cookies; the server in front writes its own date and request id.
_NOT_RETURNED = _HOP_BY_HOP | {b"date", b"server", b"set-cookie", b"x-request-id"}


def sent(scope: Scope, authorization: str | None) -> CIMultiDict[str]:
    """Return the headers of the request to the service."""
    received: RawHeaders = scope["headers"]
    named = _named_in_connection(received)
    headers = CIMultiDict(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in received
        if name not in _OURS and name not in named and not name.startswith(_OUR_PREFIXES)
    )
    if authorization is not None:
        headers["Authorization"] = authorization
    if client := scope.get("client"):
        headers["X-Forwarded-For"] = client[0]
    headers["X-Forwarded-Proto"] = scope["scheme"]
    if host := _first(received, b"host"):
        headers["X-Forwarded-Host"] = host
    headers["X-Request-Id"] = scope[REQUEST_ID_KEY]
    if traceparent := current_traceparent():
        headers["traceparent"] = traceparent
    return headers


def returned(received: RawHeaders, routes: Routes, cookies: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """Return the headers of the response to the browser."""
    named = _named_in_connection((name.lower(), value) for name, value in received)
    headers = []
    for given, value in received:
        name = given.lower()
        if name in _NOT_RETURNED or name in named:
            continue
        if name == b"location" and value.startswith(b"/") and routes.is_served(value.decode("latin-1")):
            # Services do not know that they are behind /api.
            headers.append((name, PREFIX + value))
        else:
            headers.append((name, value))
    headers.extend((b"set-cookie", cookie.encode("latin-1")) for cookie in cookies)
    return headers


def _named_in_connection(headers: RawHeaders) -> frozenset[bytes]:
    named: set[bytes] = set()
    for name, value in headers:
        if name == b"connection":
            named.update(token.strip().lower() for token in value.split(b","))
    return frozenset(named)


def _first(headers: RawHeaders, wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in headers if name == wanted), None)

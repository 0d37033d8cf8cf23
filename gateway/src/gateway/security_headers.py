"""Headers that every response carries, whoever made it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing inline, nothing from elsewhere. React and Bootstrap set styles through the DOM, which a policy does not touch;
# Bootstrap's icons are data: images.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_HEADERS = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()",
    ),
]
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_OURS = frozenset({name for name, _ in _HEADERS} | {_HSTS[0]})


class SecurityHeaders:
    """Puts them on; what a service says about them does not count."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app to surround."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = [*_HEADERS, _HSTS] if scope["scheme"] == "https" else _HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in _OURS]
                message["headers"] = [*kept, *ours]
            await send(message)

        await self._app(scope, receive, send_with_headers)

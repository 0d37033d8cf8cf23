"""Headers that every response carries, whoever made it."""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing inline, nothing from elsewhere. React and Bootstrap set styles through the DOM, which a policy does not touch;
# Bootstrap's icons are data: images; a recording that is still in the browser is a blob:.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# A worker has the policy of its own script's response, not the page's. The one that looks at the camera compiles
# WebAssembly; so it may, and the pages still may not. Beyond its models it can reach nothing.
FACE_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
_FACE_WORKER = re.compile(r"/assets/face\.worker-[\w-]+\.js")

PERMISSIONS_POLICY = (
    "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), fullscreen=(self), "
    "on-device-speech-recognition=(self)"
)

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        PERMISSIONS_POLICY.encode(),
    ),
]
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_POLICY = b"content-security-policy"
_OURS = frozenset({name for name, _ in _HEADERS} | {_HSTS[0], _POLICY})


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
        policy = FACE_WORKER_POLICY if _FACE_WORKER.fullmatch(scope["path"]) else CONTENT_SECURITY_POLICY
        ours = [(_POLICY, policy.encode()), *_HEADERS]
        if scope["scheme"] == "https":
            ours.append(_HSTS)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in _OURS]
                message["headers"] = [*kept, *ours]
            await send(message)

        await self._app(scope, receive, send_with_headers)

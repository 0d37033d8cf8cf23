"""The one public door: what is asked for decides who answers, before any framework looks at it."""

from kit.edge import EdgeMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_OWN = ("/api/session", "/docs")
_OWN_FILES = frozenset({"/openapi.json"})


class Door:
    """Sends /api/session and the documentation to the app, /api to the proxy, the rest to the frontend."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app with our own routes, which brings its own edge."""
        self._own = app
        self._proxy = EdgeMiddleware(_late("proxy"))
        self._frontend = EdgeMiddleware(_late("frontend"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._own(scope, receive, send)
            return
        path: str = scope["path"]
        if path in _OWN_FILES or _is_under(path, _OWN):
            await self._own(scope, receive, send)
        elif _is_under(path, ("/api",)):
            await self._proxy(scope, receive, send)
        else:
            await self._frontend(scope, receive, send)


def _is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in prefixes)


def _late(name: str) -> ASGIApp:
    """Return an app that looks its target up when asked: proxy and frontend are made when the process starts."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await getattr(scope["app"].state, name)(scope, receive, send)

    return app

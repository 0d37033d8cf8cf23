"""Wires the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from kit.app import create_app
from kit.process import serve

from gateway import docs, session
from gateway.auth_client import AuthClient
from gateway.cookies import Cookies
from gateway.door import Door
from gateway.frontend import Frontend
from gateway.openapi.live import LiveDocument
from gateway.proxy import Proxy, new_client
from gateway.renewal import Renewal
from gateway.routing import Routes
from gateway.security_headers import SecurityHeaders
from gateway.settings import GatewaySettings

VERSION = version("interview-kit-gateway")


def create(settings: GatewaySettings) -> FastAPI:
    """Return the app; nothing is opened before it starts."""
    app = create_app(
        service="gateway",
        settings=settings,
        routers=[session.router, *([docs.router] if settings.docs else [])],
        version=VERSION,
        lifespan=_lifespan,
    )
    # The kit's address for a service's own document is ours for the merged one.
    app.router.routes[:] = [route for route in app.router.routes if getattr(route, "name", "") != "openapi"]
    app.add_exception_handler(session.AuthProblem, session.on_auth_problem)
    app.add_middleware(Door)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: GatewaySettings = app.state.settings
    routes = Routes(settings)
    cookies = Cookies(secure=settings.cookie_secure, lifetime=settings.cookie_lifetime)
    async with new_client(settings) as client:
        auth = AuthClient(client, routes.services["auth"])
        renewal = Renewal(auth, cookies, settings.renew_before)
        app.state.cookies = cookies
        app.state.auth = auth
        app.state.renewal = renewal
        app.state.openapi = LiveDocument(client, routes, VERSION)
        app.state.proxy = Proxy(
            settings=settings,
            routes=routes,
            client=client,
            cookies=cookies,
            renewal=renewal,
            stopping=app.state.stopping,
        )
        app.state.frontend = Frontend(settings.frontend_dir)
        yield


def main() -> None:
    """Run the process."""
    settings = GatewaySettings()
    serve(create(settings), settings)


if __name__ == "__main__":
    main()

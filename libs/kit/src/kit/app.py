"""The application factory: what every service's HTTP side has in common, in one call."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from sqlalchemy import MetaData

from kit import metrics
from kit.bodies import BodyMiddleware
from kit.database import Database
from kit.edge import EdgeMiddleware
from kit.health import Health
from kit.identity import TokenVerifier
from kit.keys import KeySet
from kit.problems import MEDIA_TYPE, ProblemBody
from kit.rendering import install_handlers
from kit.settings import ProcessSettings, ServiceSettings, TokenSettings

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    *,
    service: str,
    settings: ProcessSettings,
    routers: Iterable[APIRouter],
    version: str,
    lifespan: Lifespan | None = None,
    metadata: MetaData | None = None,
    subscriptions: Any = None,
) -> FastAPI:
    """Return the HTTP app of a service.

    Args:
        service: the room's name, for example ``auth``; also its schema and its role.
        settings: with a database_url, ``app.state.database`` is set up; with a jwks_url,
            ``app.state.tokens``; ``app.state.settings`` and ``app.state.health`` always are.
        routers: the doors of the service.
        version: of the service.
        lifespan: further set-up, run inside the kit's own, so that the database is there.
        metadata: the service's tables; when an outbox is among them and settings has an
            amqp_url, the relay that publishes it runs with the app.
        subscriptions: consumers to run inside this process too; usually a worker does that.

    """
    app = FastAPI(
        title=f"Interview Kit: {service}",
        version=version,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        responses={"default": {"model": ProblemBody, "description": "Any other problem"}},
        lifespan=_kit_lifespan(service, settings, lifespan, metadata, subscriptions),
    )
    app.state.service = service
    app.state.settings = settings
    app.state.health = Health()
    install_handlers(app)
    app.add_middleware(
        BodyMiddleware,
        max_bytes=settings.max_body_bytes,
        timeout=settings.body_timeout.total_seconds(),
    )
    app.add_middleware(EdgeMiddleware)
    for router in routers:
        app.include_router(router)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign] # FastAPI's documented way
    metrics.build_info.labels(service, version).set(1)
    return app


def _kit_lifespan(
    service: str,
    settings: ProcessSettings,
    lifespan: Lifespan | None,
    metadata: MetaData | None,
    subscriptions: Any,
) -> Lifespan:
    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            health: Health = app.state.health
            stack.push_async_callback(health.close)
            if isinstance(settings, TokenSettings):
                keys = KeySet(settings.jwks_url)
                stack.push_async_callback(keys.close)
                app.state.tokens = TokenVerifier(
                    keys, issuer=settings.token_issuer, audience=settings.token_audience
                )
            if isinstance(settings, ServiceSettings):
                database = Database(settings, application_name=service)
                stack.push_async_callback(database.dispose)
                app.state.database = database
                health.add("database", database.ping)
            if lifespan is not None:
                await stack.enter_async_context(lifespan(app))
            yield

    return run


def _operation_id(route: APIRoute) -> str:
    return route.name


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        for path in document.get("paths", {}).values():
            for operation in path.values():
                for status, response in operation.get("responses", {}).items():
                    if status == "default" or status.startswith(("4", "5")):
                        _as_problem(response)
        app.openapi_schema = document
    return app.openapi_schema


def _as_problem(response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if "application/json" in content:
        content[MEDIA_TYPE] = content.pop("application/json")

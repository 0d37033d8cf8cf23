"""The application factory: what every service's HTTP side has in common, in one call."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from kit import metrics
from kit.background import every, running
from kit.bodies import BodyMiddleware
from kit.database import Database
from kit.edge import EdgeMiddleware
from kit.health import Health
from kit.idempotency import forget_expired, table_of
from kit.identity import TokenVerifier
from kit.keys import KeySet
from kit.logs import configure_logging
from kit.messaging import Subscriptions, run_messaging
from kit.messaging.outbox import outbox_of
from kit.problems import MEDIA_TYPE, ProblemBody
from kit.rendering import install_handlers
from kit.settings import ProcessSettings, ServiceSettings, TokenSettings

Job = Callable[[FastAPI], Awaitable[None]]
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

_FORGET_INTERVAL = timedelta(minutes=10)


def create_app(
    *,
    service: str,
    settings: ProcessSettings,
    routers: Iterable[APIRouter],
    version: str,
    lifespan: Lifespan | None = None,
    subscriptions: Subscriptions | None = None,
    jobs: Iterable[tuple[str, Job]] = (),
) -> FastAPI:
    """Return the HTTP app of a service.

    Args:
        service: the room's name, for example ``auth``; also its schema and its role.
        settings: with a database_url, ``app.state.database`` is set up; with a jwks_url,
            ``app.state.tokens``; ``app.state.settings`` and ``app.state.health`` always are.
        routers: the doors of the service.
        version: of the service.
        lifespan: further set-up, run inside the kit's own, so that the database is there.
        subscriptions: consumers to run inside this process too; usually a worker does that.
        jobs: named background jobs, kept alive while the app runs; each gets the app.

    When the service has an outbox (``kit.messaging.outbox_table``), its relay runs with the app.
    Neither database nor broker need to be there at the start: the app is alive and not ready,
    and readiness does not depend on the broker at all.
    """
    if not structlog.is_configured():
        # structlog's own default prints the values of local variables beside a traceback.
        configure_logging(settings, service)
    app = FastAPI(
        title=f"Interview Kit: {service}",
        version=version,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        responses={"default": {"model": ProblemBody, "description": "Any other problem"}},
        lifespan=_kit_lifespan(service, settings, lifespan, subscriptions, list(jobs)),
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
    subscriptions: Subscriptions | None,
    jobs: list[tuple[str, Job]],
) -> Lifespan:
    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.stopping = asyncio.Event()
            health: Health = app.state.health
            stack.push_async_callback(health.close)
            if isinstance(settings, TokenSettings):
                keys = KeySet(settings.jwks_url)
                stack.push_async_callback(keys.close)
                app.state.tokens = TokenVerifier(keys, issuer=settings.token_issuer, audience=settings.token_audience)
            if isinstance(settings, ServiceSettings):
                database = Database(settings, application_name=service)
                stack.push_async_callback(database.dispose)
                app.state.database = database
                health.add("database", database.ping)
            if lifespan is not None:
                await stack.enter_async_context(lifespan(app))
            if isinstance(settings, ServiceSettings):
                await _start_messaging(stack, app, settings, subscriptions)
            await stack.enter_async_context(
                running([*_own_jobs(app), *((name, partial(job, app)) for name, job in jobs)])
            )
            yield

    return run


async def _start_messaging(
    stack: AsyncExitStack,
    app: FastAPI,
    settings: ServiceSettings,
    subscriptions: Subscriptions | None,
) -> None:
    service: str = app.state.service
    if outbox_of(service) is None and not subscriptions:
        return
    messaging = await stack.enter_async_context(
        run_messaging(
            service=service,
            database=app.state.database,
            amqp_url=settings.amqp_url,
            subscriptions=subscriptions,
            settings=settings,
        )
    )
    app.state.messaging = messaging
    app.state.health.add("broker", messaging.ping, required=False)


def _own_jobs(app: FastAPI) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
    keys = table_of(app.state.service)
    if keys is None or not hasattr(app.state, "database"):
        return []
    forget = partial(forget_expired, app.state.database, keys)
    return [("forget idempotency keys", partial(every, _FORGET_INTERVAL, forget))]


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

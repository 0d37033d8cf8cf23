"""How a process lives: two servers in one loop, and a quiet end on SIGTERM."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI
from starlette.types import ASGIApp

from kit import metrics
from kit.background import running
from kit.database import Database
from kit.health import Health
from kit.logs import configure_logging
from kit.messaging import Subscriptions, WorkerContext, run_messaging
from kit.ops import ops_app
from kit.settings import ProcessSettings, ServiceSettings
from kit.wire import GuardedProtocol

log = structlog.get_logger(__name__)

Job = Callable[[WorkerContext], Awaitable[None]]
Resources = Callable[[Any, Database], AbstractAsyncContextManager[Any]]

_KEEP_ALIVE = 75
_BACKLOG = 2048


def serve(app: FastAPI, settings: ProcessSettings) -> None:
    """Run an app and its internal server until SIGTERM or SIGINT.

    On the signal readiness turns 503 first, then, after ``shutdown_delay``, the door closes and
    requests in flight get ``shutdown_timeout`` to finish. Streams that have no end of their own
    watch ``app.state.stopping``, an event that is set when the door closes.
    """
    configure_logging(settings, app.state.service)
    _run(_serve(app, settings))


def work(
    service: str,
    settings: ServiceSettings,
    subscriptions: Subscriptions | None = None,
    *,
    resources: Resources | None = None,
    jobs: Iterable[tuple[str, Job]] = (),
) -> None:
    """Run a worker and its internal server until SIGTERM or SIGINT.

    Args:
        service: the room's name; the relay of its outbox runs here too.
        settings: of the service.
        subscriptions: what it consumes.
        resources: opens what handlers share, for example an AI client; its value is
            ``context.resources``.
        jobs: named background jobs, for example a reconciler, kept alive while the worker runs.

    """
    configure_logging(settings, service)
    _run(_work(service, settings, subscriptions, resources, list(jobs)))


def _run(main: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main)


async def _serve(app: FastAPI, settings: ProcessSettings) -> None:
    health: Health = app.state.health
    stopping = stop_event()
    server = _Server(_config(app, settings, settings.host, settings.port, lifespan=True))
    async with _internal_server(health, settings):
        serving = asyncio.create_task(server.serve(), name="server")
        waiting = asyncio.create_task(stopping.wait(), name="stop")
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        health.stopping = True
        if not serving.done():
            log.info("stopping")
            await asyncio.sleep(settings.shutdown_delay.total_seconds())
            app.state.stopping.set()
            server.should_exit = True
        waiting.cancel()
        await serving
        log.info("stopped")


async def _work(
    service: str,
    settings: ServiceSettings,
    subscriptions: Subscriptions | None,
    resources: Resources | None,
    jobs: list[tuple[str, Job]],
) -> None:
    health = Health()
    stopping = stop_event()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(_internal_server(health, settings))
        stack.push_async_callback(health.close)
        database = Database(settings, application_name=f"{service}-worker")
        stack.push_async_callback(database.dispose)
        health.add("database", database.ping)
        shared = None
        if resources is not None:
            shared = await stack.enter_async_context(resources(settings, database))
        messaging = await stack.enter_async_context(
            run_messaging(
                service=service,
                database=database,
                amqp_url=settings.amqp_url,
                subscriptions=subscriptions,
                settings=settings,
                resources=shared,
            )
        )
        health.add("broker", messaging.ping)
        context = WorkerContext(database, settings, shared)
        await stack.enter_async_context(running((name, partial(job, context)) for name, job in jobs))
        await stopping.wait()
        health.stopping = True
        log.info("stopping")
    log.info("stopped")


def stop_event() -> asyncio.Event:
    """Return an event that the first SIGTERM or SIGINT sets; a second one ends the process."""
    event = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        if event.is_set():
            log.warning("stopping at once")
            sys.exit(1)
        event.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal)
    return event


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Signals are ours: uvicorn would close the door before readiness says so.
        yield


def _config(app: ASGIApp, settings: ProcessSettings, host: str, port: int, *, lifespan: bool) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=GuardedProtocol,
        ws="none",
        lifespan="on" if lifespan else "off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=int(settings.shutdown_timeout.total_seconds()),
    )


@asynccontextmanager
async def _internal_server(health: Health, settings: ProcessSettings) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        config = _config(ops_app(health), settings, settings.ops_host, settings.ops_port, lifespan=False)
        config.timeout_graceful_shutdown = 1
        server = _Server(config)
        serving = asyncio.create_task(server.serve(), name="ops")
        lag = asyncio.create_task(_measure_lag(), name="lag")

        async def end() -> None:
            lag.cancel()
            server.should_exit = True
            await serving

        stack.push_async_callback(end)
        yield


async def _measure_lag() -> None:
    interval = 1.0
    while True:
        before = time.perf_counter()
        await asyncio.sleep(interval)
        metrics.event_loop_lag_seconds.set(max(0.0, time.perf_counter() - before - interval))

"""Wires the auth service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from fastapi import FastAPI
from kit.app import create_app
from kit.background import every
from kit.identity import TokenVerifier
from kit.problems import ServiceUnavailable
from kit.process import serve

from auth import use_cases
from auth.keys import KeyRing
from auth.passwords import Passwords
from auth.routes import router
from auth.settings import AuthSettings
from auth.use_cases import Desk

VERSION = "0.1.0"
_HOUSEKEEPING = timedelta(minutes=1)

log = structlog.get_logger(__name__)


def create(settings: AuthSettings) -> FastAPI:
    """Return the app."""
    return create_app(
        service="auth",
        settings=settings,
        routers=[router],
        lifespan=_lifespan,
        version=VERSION,
        jobs=[("housekeeping", _keep_house)],
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: AuthSettings = app.state.settings
    passwords = await asyncio.to_thread(Passwords, settings)
    keys = KeyRing(settings)
    app.state.desk = Desk(settings=settings, database=app.state.database, passwords=passwords, keys=keys)
    app.state.health.add("signing key", keys.check)
    # Auth checks tokens like every other service, against its own published keys, without leaving the process.
    app.state.tokens = TokenVerifier(keys, issuer=settings.token_issuer, audience=settings.token_audience)
    try:
        await use_cases.keep_house(app.state.desk)
    except ServiceUnavailable as error:
        log.warning("not ready yet", problem=error.type)
    try:
        yield
    finally:
        passwords.close()


async def _keep_house(app: FastAPI) -> None:
    desk: Desk = app.state.desk
    if not desk.keys.loaded:
        await use_cases.keep_house(desk)
    await every(_HOUSEKEEPING, lambda: use_cases.keep_house(desk))


if __name__ == "__main__":
    loaded = AuthSettings()
    serve(create(loaded), loaded)

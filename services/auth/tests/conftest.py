import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from auth.main import create
from auth.settings import AuthSettings
from fastapi import FastAPI
from kit.testing.databases import PATIENT
from sqlalchemy import Interval, literal

GOOD_PASSWORD = "correct horse battery"

Door = Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]]


@pytest.fixture(scope="session")
def service() -> str:
    return "auth"


@pytest.fixture(scope="session")
def settings(database_url: Callable[[str], str], service: str, rabbitmq: str) -> AuthSettings:
    # The least work argon2 takes: what its strength costs is tested by itself.
    return AuthSettings(
        environment="test",
        database_url=database_url(service),
        **PATIENT,
        amqp_url=rabbitmq,
        password_memory_kib=8,
        password_iterations=1,
        signups_per_address=1000,
    )


@pytest.fixture
def app(settings: AuthSettings) -> FastAPI:
    return create(settings)


@pytest.fixture
def door(settings: AuthSettings, clean_tables: None) -> Door:
    """Open an app with settings of the test's own, called from an address of the test's choice."""

    @asynccontextmanager
    async def open_door(address: str = "192.0.2.1", **changes: object) -> AsyncIterator[httpx2.AsyncClient]:
        app = create(settings.model_copy(update=changes))
        transport = httpx2.ASGITransport(app=app, client=(address, 50000))
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            client.app = app  # type: ignore[attr-defined]
            yield client

    return open_door


async def sign_up(client: httpx2.AsyncClient, email: str = "ada@example.com", **fields: str) -> httpx2.Response:
    body = {"email": email, "password": GOOD_PASSWORD, "display_name": "Ada"} | fields
    # ASCII JSON: it can carry what a client should not be able to send.
    return await client.post("/auth/signup", content=json.dumps(body), headers={"Content-Type": "application/json"})


async def log_in(
    client: httpx2.AsyncClient, email: str = "ada@example.com", password: str = GOOD_PASSWORD
) -> httpx2.Response:
    return await client.post("/auth/login", json={"email": email, "password": password})


async def refresh(client: httpx2.AsyncClient, token: str) -> httpx2.Response:
    return await client.post("/auth/refresh", json={"refresh_token": token})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def earlier(column: Any, by: timedelta) -> Any:
    """Return the column's time, moved into the past."""
    return column - literal(by, Interval)

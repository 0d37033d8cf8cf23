from collections.abc import Awaitable, Callable

import pytest
from admin.consumers import subscriptions
from admin.main import create
from admin.settings import AdminSettings
from contracts.base import Event
from fastapi import FastAPI
from kit.database import Database
from kit.messaging.events import name_of
from kit.testing.databases import PATIENT
from kit.testing.tokens import TokenFactory

Hear = Callable[..., Awaitable[None]]


@pytest.fixture(scope="session")
def service() -> str:
    return "admin"


@pytest.fixture(scope="session")
def settings(database_url: Callable[[str], str], service: str, rabbitmq: str, tokens: TokenFactory) -> AdminSettings:
    return AdminSettings(
        environment="test", database_url=database_url(service), **PATIENT, amqp_url=rabbitmq, jwks_url=tokens.jwks_url
    )


@pytest.fixture
def app(settings: AdminSettings) -> FastAPI:
    return create(settings)


@pytest.fixture
def as_admin(tokens: TokenFactory) -> dict[str, str]:
    return tokens.headers(role="admin")


@pytest.fixture
def as_candidate(tokens: TokenFactory) -> dict[str, str]:
    return tokens.headers()


@pytest.fixture
def hear(database: Database) -> Hear:
    """Hand events to the subscriptions that the worker runs, each in a transaction of its own."""

    async def deliver(*events: Event) -> None:
        for event in events:
            subscription = subscriptions.queue(f"admin.{name_of(event.event_type)}")
            async with database.transaction() as session:
                await subscription.handler(session, event)

    return deliver

"""Fixtures for every test run; loaded by pytest through the entry point `kit`.

`TEST_POSTGRES_URL` (a superuser's), `TEST_RABBITMQ_URL` and `TEST_RABBITMQ_MANAGEMENT_URL` name running instances to
use; without them private ones are started for the run.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from kit.database import Database
from kit.testing.brokers import TestBroker
from kit.testing.databases import TestDatabases, empty
from kit.testing.guard import close_network, open_network
from kit.testing.tokens import TokenFactory


@pytest.fixture(scope="session", autouse=True)
def _closed_network() -> Iterator[None]:
    """No test reaches beyond this machine."""
    close_network()
    yield
    open_network()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A superuser's URL of a real PostgreSQL."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    from local_stack.postgres import PrivatePostgres  # noqa: PLC0415 - only where a private one is wanted

    async with PrivatePostgres(tmp_path_factory.mktemp("postgres"), fsync=False) as private:
        yield private.url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def broker(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TestBroker]:
    """A virtual host of this run on a real RabbitMQ."""
    url = os.environ.get("TEST_RABBITMQ_URL")
    management_url = os.environ.get("TEST_RABBITMQ_MANAGEMENT_URL")
    if url and management_url:
        async with _virtual_host(TestBroker(url, management_url)) as host:
            yield host
        return
    from local_stack.rabbitmq import PrivateRabbitMQ  # noqa: PLC0415 - only where a private one is wanted

    async with (
        PrivateRabbitMQ(tmp_path_factory.mktemp("rabbitmq"), keep=False) as private,
        _virtual_host(TestBroker(private.url, private.management_url)) as host,
    ):
        yield host


@pytest.fixture(scope="session")
def rabbitmq(broker: TestBroker) -> str:
    """The AMQP URL of the run's virtual host."""
    return broker.url


@pytest.fixture(scope="session")
def database_url(postgres: str) -> Iterator[Callable[[str], str]]:
    """Return a function from a service's name to the URL of its provisioned and migrated database."""
    databases = TestDatabases(postgres)
    yield databases.url
    databases.drop()


@pytest.fixture(scope="session")
def service() -> str:
    """The service under test; its conftest overrides this."""
    pytest.fail("conftest.py must define the session fixture `service`")


@pytest.fixture
def service_database_url(database_url: Callable[[str], str], service: str) -> str:
    """The URL of the database of the service under test.

    Not kept for the session: a run over several rooms would give the second one the first one's database. A room's
    own session fixtures ask `database_url(service)`.
    """
    return database_url(service)


@pytest.fixture(scope="session")
def settings() -> Any:
    """The settings of the service under test; its conftest overrides this."""
    pytest.fail("conftest.py must define the session fixture `settings`")


@pytest.fixture
def app() -> FastAPI:
    """The app under test; its conftest overrides this."""
    pytest.fail("conftest.py must define the fixture `app`")


@pytest.fixture(scope="session")
def kept_tables() -> frozenset[str]:
    """Tables that are not emptied after each test, because a migration filled them."""
    return frozenset()


@pytest_asyncio.fixture(loop_scope="session")
async def clean_tables(service: str, service_database_url: str, kept_tables: frozenset[str]) -> AsyncIterator[None]:
    """Empty the service's tables after the test; tests commit for real."""
    yield
    await empty(service_database_url, service, keep=kept_tables)


@pytest_asyncio.fixture(loop_scope="session")
async def database(settings: Any, clean_tables: None) -> AsyncIterator[Database]:  # noqa: ARG001 - emptied afterwards
    """The service's database, as the service's own role."""
    database = Database(settings)
    yield database
    await database.dispose()


@pytest.fixture(scope="session")
def tokens() -> Iterator[TokenFactory]:
    """Signs access tokens; its key set is served at `tokens.jwks_url`."""
    with TokenFactory().serve() as factory:
        yield factory


@pytest_asyncio.fixture(loop_scope="session")
async def client(app: FastAPI, clean_tables: None) -> AsyncIterator[httpx2.AsyncClient]:  # noqa: ARG001 - as above
    """Speak HTTP to `app`, started and stopped around the test."""
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
    ):
        yield client


@asynccontextmanager
async def _virtual_host(broker: TestBroker) -> AsyncIterator[TestBroker]:
    await broker.create()
    try:
        yield broker
    finally:
        await broker.delete()

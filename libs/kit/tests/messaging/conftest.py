"""The house under test, on a database and a virtual host of this run."""

from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
import pytest_asyncio
from kit.database import Database
from kit.migrations import async_url
from kit.settings import ServiceSettings
from kit.testing.brokers import TestBroker
from kit.testing.tokens import TokenFactory
from sqlalchemy.ext.asyncio import create_async_engine

from libs.kit.tests.messaging.house import SERVICE, House, Proxy, metadata


@pytest.fixture(scope="session")
def service() -> str:
    return SERVICE


def through(url: str, proxy: Proxy) -> str:
    parts = urlsplit(url)
    credentials = parts.netloc.rpartition("@")[0]
    return urlunsplit((parts.scheme, f"{credentials}@127.0.0.1:{proxy.port}", parts.path, parts.query, ""))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tables(database_url: Callable[[str], str], service: str) -> None:
    engine = create_async_engine(async_url(database_url(service)))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    tables: None, clean_tables: None, service_database_url: str, broker: TestBroker, tokens: TokenFactory
) -> AsyncIterator[House]:
    broker_parts, database_parts = urlsplit(broker.url), urlsplit(service_database_url)
    broker_proxy = Proxy(broker_parts.hostname or "", broker_parts.port or 5672)
    database_proxy = Proxy(database_parts.hostname or "", database_parts.port or 5432)
    await broker_proxy.up()
    await database_proxy.up()
    settings = ServiceSettings(
        environment="test",
        port=0,
        ops_port=0,
        database_url=through(service_database_url, database_proxy),
        amqp_url=broker.url,
        jwks_url=tokens.jwks_url,
    )
    database = Database(settings, application_name="house")
    observer = await asyncpg.connect(service_database_url)
    yield House(
        database=database,
        amqp_url=through(broker.url, broker_proxy),
        direct_amqp_url=broker.url,
        broker_proxy=broker_proxy,
        database_proxy=database_proxy,
        observer=observer,
    )
    await observer.close()
    await database.dispose()
    await broker_proxy.down()
    await database_proxy.down()
    await broker.delete_queues()

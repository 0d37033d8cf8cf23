"""A database per test run and service: provisioned, migrated, emptied after each test, dropped at the end."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from kit.migrations import VERSION_TABLE, ini_path, upgrade
from kit.provision import provision, role_of

PASSWORD = "only-for-tests"  # noqa: S105 - of roles on a PostgreSQL that only tests use

# For a service's settings in tests. The product gives a database up after two seconds, which a busy machine may take to
# accept a connection. That it does is tested in the kit.
PATIENT: dict[str, Any] = {
    "database_connect_timeout": 60,
    "database_pool_timeout": 60,
    "database_statement_timeout": 60,
}

ResultT = TypeVar("ResultT")


class TestDatabases:
    """Makes the databases of one test run on the PostgreSQL behind `admin_url` (a superuser's URL)."""

    __test__ = False

    def __init__(self, admin_url: str) -> None:
        self._admin_url = admin_url
        self._run = secrets.token_hex(4)
        self._urls: dict[str, str] = {}

    def url(self, service: str) -> str:
        """Return the URL, as the service's own role, of a migrated database; made at the first call."""
        if service not in self._urls:
            self._urls[service] = _apart(lambda: self._make(service))
        return self._urls[service]

    def drop(self) -> None:
        """Drop what was made."""
        _apart(self._drop)

    async def _make(self, service: str) -> str:
        name = f"test_{service}_{self._run}"
        await provision(self._admin_url, name, {service: PASSWORD})
        url = _with(self._admin_url, user=role_of(service, name), password=PASSWORD, database=name)
        if find_spec(service) is not None:  # the kit's own tests use schemas that have no package
            await asyncio.to_thread(upgrade, ini_path(service), url)
        return url

    async def _drop(self) -> None:
        admin = await asyncpg.connect(self._admin_url)
        try:
            for service in self._urls:
                name = f"test_{service}_{self._run}"
                await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                await admin.execute(f'DROP ROLE IF EXISTS "{role_of(service, name)}"')
        finally:
            await admin.close()
        self._urls.clear()


async def empty(url: str, schema: str, *, keep: Iterable[str] = ()) -> None:
    """Delete every row of every table in `schema`, except of the tables in `keep`."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename <> ALL($2::text[])",
            schema,
            [VERSION_TABLE, *keep],
        )
        if rows:
            # TRUNCATE makes new files for every table and index: a few rows are gone several times faster this way.
            # In one statement, because foreign keys are looked at when it ends.
            deletions = (
                f'gone_{number} AS (DELETE FROM "{schema}"."{row["tablename"]}")'  # noqa: S608 - names of our own tables
                for number, row in enumerate(rows)
            )
            await connection.execute(f"WITH {', '.join(deletions)} SELECT")
    finally:
        await connection.close()


def _with(url: str, *, user: str, password: str, database: str) -> str:
    parts = urlsplit(url)
    place = f"{parts.hostname}:{parts.port}" if parts.port else f"{parts.hostname}"
    return urlunsplit(("postgresql", f"{user}:{password}@{place}", f"/{database}", "", ""))


def _apart(make: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Run async work to its end from sync code, whether or not a loop is running here."""

    async def run() -> ResultT:
        return await make()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, run()).result()

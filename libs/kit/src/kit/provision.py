"""One database, one role and one schema per service; no role can read another's schema.

``python -m kit.provision`` reads ``PROVISION_ADMIN_URL`` (a superuser), ``PROVISION_DATABASE``
and one ``<SERVICE>_DATABASE_PASSWORD`` per service named on the command line. Running it twice,
or twice at once, is the same as running it once.
"""

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

import asyncpg

CONNECTION_LIMIT = 24

_NAME = re.compile(r"(?!pg_)[a-z][a-z0-9_]{0,62}")
_ADVISORY_LOCK = 0x1A7E57
_TIMEOUT = 10.0


async def provision(
    admin_url: str,
    database: str,
    passwords: Mapping[str, str],
    *,
    connection_limit: int = CONNECTION_LIMIT,
) -> None:
    """Create the database and, per service, the LOGIN role that owns the schema of its name.

    Args:
        admin_url: address of a superuser on any existing database of the cluster.
        database: the database to create or bring up to date.
        passwords: service name to the password of its role; an existing role gets the new one.
        connection_limit: connections one role may hold, so that a leak in one service cannot
            take the database away from the others.

    """
    for name in (database, *passwords):
        _require_name(name)
    # The lock lives in the admin's own database, which exists; roles and databases are shared
    # by the whole cluster and two provisioners would trip over each other.
    admin = await asyncpg.connect(admin_url, timeout=_TIMEOUT)
    try:
        await admin.execute("SELECT pg_advisory_lock($1)", _ADVISORY_LOCK)
        for service, password in passwords.items():
            await _ensure_role(admin, role_of(service, database), password, connection_limit)
        if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database):
            # Not the server's default, which may be an encoding that cannot hold what people write.
            await admin.execute(f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'")
        inside = await asyncpg.connect(admin_url, database=database, timeout=_TIMEOUT)
        try:
            async with inside.transaction():
                await _ensure_schemas(inside, database, list(passwords))
        finally:
            await inside.close()
    finally:
        await admin.close()


def role_of(service: str, database: str) -> str:
    """Return the name of a service's role.

    Roles belong to the whole cluster, which may hold other products: a plain ``admin`` could be somebody else's.
    """
    return f"{database}_{service}"


async def _ensure_role(admin: "asyncpg.Connection[Any]", role: str, password: str, connection_limit: int) -> None:
    if not await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
        await admin.execute(f'CREATE ROLE "{role}"')
    secret = await admin.fetchval("SELECT quote_literal($1::text)", password)
    await admin.execute(
        f'ALTER ROLE "{role}" WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION '
        f"NOBYPASSRLS CONNECTION LIMIT {int(connection_limit)} PASSWORD {secret}"
    )


async def _ensure_schemas(inside: "asyncpg.Connection[Any]", database: str, services: list[str]) -> None:
    await inside.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
    await inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for service in services:
        role = role_of(service, database)
        await inside.execute(f'GRANT CONNECT ON DATABASE "{database}" TO "{role}"')
        await inside.execute(f'REVOKE ALL ON SCHEMA public FROM "{role}"')
        await inside.execute(f'CREATE SCHEMA IF NOT EXISTS "{service}" AUTHORIZATION "{role}"')
        await inside.execute(f'ALTER SCHEMA "{service}" OWNER TO "{role}"')
        await inside.execute(f'REVOKE ALL ON SCHEMA "{service}" FROM PUBLIC')
        await inside.execute(f'ALTER ROLE "{role}" IN DATABASE "{database}" SET search_path = "{service}"')


def _require_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        message = f"not a name for a role, schema or database: {name!r}"
        raise ValueError(message)


def main(arguments: list[str] | None = None) -> int:
    """Provision from the environment and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kit.provision", description=__doc__)
    parser.add_argument("services", nargs="+", help="for example auth interview analysis admin")
    services: list[str] = parser.parse_args(arguments).services
    needed = {service: f"{service.upper()}_DATABASE_PASSWORD" for service in services}
    missing = [
        name for name in ("PROVISION_ADMIN_URL", "PROVISION_DATABASE", *needed.values()) if not os.environ.get(name)
    ]
    if missing:
        sys.stderr.write(f"not set: {', '.join(missing)}\n")
        return 2
    passwords = {service: os.environ[variable] for service, variable in needed.items()}
    asyncio.run(provision(os.environ["PROVISION_ADMIN_URL"], os.environ["PROVISION_DATABASE"], passwords))
    return 0


if __name__ == "__main__":
    sys.exit(main())

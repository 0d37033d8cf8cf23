"""Alembic for every service: its own version table in its own schema, and no endless locks.

A service's ``migrations/env.py`` is three lines::

    from auth.models import metadata
    from kit.migrations import run

    run(metadata, schema="auth")

``alembic.ini`` lies beside it, inside the package, so that an installed service can migrate:
``python -m kit.migrate auth``.
"""

import asyncio
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

VERSION_TABLE = "schema_version"
LOCK_TIMEOUT_MS = 5_000
_URL_OPTION = "kit_database_url"
_CONNECT_TIMEOUT = 10.0


def run(metadata: MetaData, *, schema: str) -> None:
    """Run the migrations of one service; called from its env.py by alembic."""
    if context.is_offline_mode():
        context.configure(
            dialect_name="postgresql", literal_binds=True, **_options(metadata, schema)
        )
        with context.begin_transaction():
            context.run_migrations()
        return
    url = context.config.attributes.get(_URL_OPTION)
    if url is None:
        message = "migrations run through kit.migrations, which says on which database"
        raise RuntimeError(message)
    asyncio.run(_run_online(url, metadata, schema))


def upgrade(service: str, database_url: str, revision: str = "head") -> None:
    """Bring the schema of an installed service to a revision.

    Args:
        service: the import name of the service.
        database_url: postgresql://role:password@host:port/database; the role owns the schema.
        revision: an alembic revision.

    """
    command.upgrade(config(service, database_url), revision)


def downgrade(service: str, database_url: str, revision: str) -> None:
    """Take the schema of a service back to a revision."""
    command.downgrade(config(service, database_url), revision)


def check(service: str, database_url: str) -> None:
    """Raise when the models and the migrations of a service say different things."""
    command.check(config(service, database_url))


def config(service: str, database_url: str | None = None) -> Config:
    """Return the alembic configuration of an installed service."""
    package = importlib.import_module(service)
    directory = Path(str(package.__file__)).parent / "migrations"
    settings = Config(str(directory / "alembic.ini"))
    settings.set_main_option("script_location", str(directory).replace("%", "%%"))
    if database_url is not None:
        settings.attributes[_URL_OPTION] = database_url
    return settings


def differences(connection: Connection, metadata: MetaData, *, schema: str) -> Iterable[Any]:
    """Return what autogenerate would still change; empty when models and schema agree."""
    migration = MigrationContext.configure(connection, opts=_options(metadata, schema))
    return list(compare_metadata(migration, metadata))


def _options(metadata: MetaData, schema: str) -> dict[str, Any]:
    def ours(name: str | None, kind: str, parents: Any) -> bool:
        return name == schema if kind == "schema" else True

    return {
        "target_metadata": metadata,
        "include_schemas": True,
        "include_name": ours,
        "version_table": VERSION_TABLE,
        "version_table_schema": schema,
        "compare_server_default": True,
    }


async def _run_online(url: str, metadata: MetaData, schema: str) -> None:
    engine = create_async_engine(
        async_url(url),
        poolclass=pool.NullPool,
        connect_args={"timeout": _CONNECT_TIMEOUT},
        hide_parameters=True,
    )
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate, metadata, schema)
            await connection.commit()
    finally:
        await engine.dispose()


def _migrate(connection: Connection, metadata: MetaData, schema: str) -> None:
    # Two processes that start together must not migrate together: the second waits here, and
    # then finds nothing to do. A DDL lock is another matter: nobody may queue behind one for
    # longer than lock_timeout, or a migration behind a long query stops the whole service.
    connection.execute(text("SELECT pg_advisory_lock(hashtext(:schema))"), {"schema": schema})
    try:
        connection.execute(text(f"SET lock_timeout = {LOCK_TIMEOUT_MS}"))
        connection.commit()
        context.configure(connection=connection, **_options(metadata, schema))
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(hashtext(:schema))"), {"schema": schema})


def async_url(url: str) -> str:
    """Return the SQLAlchemy form of a postgresql:// address."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
        message = "not a postgresql:// address"
        raise ValueError(message)
    return f"postgresql+asyncpg://{rest}"

"""The database of one service: engine, sessions, and the one place that commits.

Every wait is bounded: for a connection from the pool, for a new connection, for a statement
(by the server, and by the client in case the server is frozen). What runs out of time or
meets a closed door becomes ``ServiceUnavailable``, which the edge renders as 503.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import asyncpg
from fastapi import Depends, Request
from sqlalchemy import AsyncAdaptedQueuePool, DateTime, Dialect, MetaData, PoolProxiedConnection, Uuid, event, text
from sqlalchemy import exc as sa_exc
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kit.ids import new_id
from kit.problems import ServiceUnavailable
from kit.settings import ServiceSettings

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The client waits a little longer than the server, so that the server's own timeout, which
# leaves the connection usable, comes first whenever the server is alive.
_CLIENT_MARGIN = timedelta(seconds=0.5)

# SQLSTATE classes and codes that speak of the database's health and not of our statement.
_AWAY_CLASSES = ("08", "53", "57")
_AWAY_CODES = frozenset({"55P03", "25P02", "25P03", "58000", "58030"})


class DatabaseUnavailable(ServiceUnavailable):
    """The database does not answer, or not in time."""

    type = "database-unavailable"
    title = "The database is not available right now"


def schema_metadata(schema: str) -> MetaData:
    """Return the metadata of one service: its own schema, constraint names by convention."""
    return MetaData(schema=schema, naming_convention=NAMING_CONVENTION)


class UtcDateTime(TypeDecorator[datetime]):
    """A timestamptz column that takes and gives aware UTC datetimes only."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy gives it
        """Refuse naive datetimes before they silently become local time."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive datetime was given to a UTC column"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """Return the value in UTC."""
        return value.astimezone(UTC) if value is not None else None


def uuid_pk() -> Mapped[UUID]:
    """Return a primary key column that fills itself with a UUIDv7.

    For models: ``id: Mapped[UUID] = uuid_pk()``.
    """
    return mapped_column(Uuid, primary_key=True, default=new_id)


class _Pool(AsyncAdaptedQueuePool):
    """Says that the database is away also where it freezes while a connection is made ready.

    What SQLAlchemy asks a new connection passes none of its events: a bare TimeoutError came through. Here it cannot
    be one of the caller's own.
    """

    # By it SQLAlchemy names the logger of a pool, and what a pool says is for those who listen to SQLAlchemy.
    __module__ = AsyncAdaptedQueuePool.__module__

    def connect(self) -> PoolProxiedConnection:
        try:
            return super().connect()
        except TimeoutError as error:
            raise DatabaseUnavailable from error


class Database:
    """The engine of one process and everything that happens around a commit."""

    def __init__(self, settings: ServiceSettings, *, application_name: str = "kit") -> None:
        """Prepare the engine; no connection is opened before the first use."""
        self._settings = settings
        self._application_name = application_name
        self.after_commit: list[Callable[[], None]] = []
        self.engine: AsyncEngine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=self._connect,
            poolclass=_Pool,
            pool_size=settings.database_pool_size,
            max_overflow=settings.database_pool_overflow,
            pool_timeout=settings.database_pool_timeout.total_seconds(),
            pool_use_lifo=True,
            hide_parameters=True,
        )
        event.listen(self.engine.sync_engine, "checkout", _replace_closed_connection)
        event.listen(self.engine.sync_engine, "handle_error", _drop_hung_connection)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Give a session that commits when the block ends and rolls back when it raises.

        Raises:
            DatabaseUnavailable: the database is away or too slow.

        """
        with translated_errors():
            async with self.sessions() as session:
                async with session.begin():
                    yield session
                self._wake(session)

    async def ping(self) -> None:
        """Ask the database for one row; raise when it does not answer."""
        with translated_errors():
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))

    async def dispose(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    def _wake(self, session: AsyncSession) -> None:
        if session.info.get("outbox"):
            for callback in self.after_commit:
                callback()

    async def _connect(self) -> Any:
        settings = self._settings
        statement_timeout = settings.database_statement_timeout
        try:
            return await asyncpg.connect(
                dsn=str(settings.database_url),
                timeout=settings.database_connect_timeout.total_seconds(),
                command_timeout=(statement_timeout + _CLIENT_MARGIN).total_seconds(),
                server_settings={
                    "application_name": self._application_name,
                    "statement_timeout": str(int(statement_timeout.total_seconds() * 1000)),
                    "idle_in_transaction_session_timeout": "60000",
                    "jit": "off",
                },
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:  # a TimeoutError is an OSError
            raise DatabaseUnavailable from error


def is_unavailable(error: BaseException) -> bool:
    """Tell whether an error speaks of the database's health and not of our statement."""
    if isinstance(error, DatabaseUnavailable | sa_exc.TimeoutError):
        return True
    if isinstance(error, sa_exc.DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        if error.connection_invalidated:
            return True
        if state is not None:
            return state.startswith(_AWAY_CLASSES) or state in _AWAY_CODES
        return error.orig is not None and isinstance(error.orig.__cause__, OSError | asyncpg.InterfaceError)
    return False


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn errors about the database's health into DatabaseUnavailable."""
    try:
        yield
    except sa_exc.SQLAlchemyError as error:
        if is_unavailable(error):
            raise DatabaseUnavailable from error
        raise


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Yield the session of one request; commit when the route has returned."""
    database: Database = request.app.state.database
    async with database.transaction() as session:
        request.state.session = session
        yield session


# scope="function": with the plain form FastAPI commits after the 201 has left the building, and
# a client that follows its Location at once finds nothing there.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


def _replace_closed_connection(dbapi_connection: Any, _record: Any, _proxy: Any) -> None:
    # After a restart of the database every pooled socket is dead and asyncpg knows it already.
    # Looking costs nothing; a ping on every checkout would cost a round trip.
    if dbapi_connection.driver_connection.is_closed():
        raise sa_exc.DisconnectionError


def _drop_hung_connection(context: Any) -> None:
    # A frozen server answers neither the statement nor the rollback. Cutting the socket makes
    # what follows (rollback, return to the pool) immediate.
    if isinstance(context.original_exception, TimeoutError | asyncio.CancelledError):
        connection = context.connection
        if connection is not None and not connection.closed:
            connection.connection.driver_connection.terminate()
    if isinstance(context.original_exception, TimeoutError):
        raise DatabaseUnavailable from context.original_exception

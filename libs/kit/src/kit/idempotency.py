"""Writes that may be sent twice: the ``Idempotency-Key`` header (after Stripe's).

A route class does it: ``APIRouter(route_class=IdempotentRoute)``, and the service's metadata
gets ``idempotency_table(metadata)``. The stored response is written in the very transaction of
the effect, so that a crash leaves either both or neither. Keys belong to one user and one
address; requests without a valid token, or without the header, pass untouched.

- same key, same body: the stored response, with ``Idempotent-Replayed: true``
- same key, other body: 422
- same key, still running: 409
"""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import now
from kit.database import Database, DatabaseUnavailable
from kit.identity import InvalidToken, TokenVerifier
from kit.problems import Conflict, Unprocessable

KEPT_FOR = timedelta(hours=24)
# A process that died while it held a key frees it after this time.
CLAIMED_FOR = timedelta(seconds=60)

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_MAX_STORED_BODY = 262_144
_STORED_HEADERS = ("content-type", "location", "etag")
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_tables: dict[str, sa.Table] = {}
_releasing: set[asyncio.Task[None]] = set()


class KeyNotValid(Unprocessable):
    """The key is empty, too long or not plain ASCII."""

    type = "idempotency-key-invalid"
    title = "The Idempotency-Key is not valid"


class KeyReused(Unprocessable):
    """The key was used for another request."""

    type = "idempotency-key-reused"
    title = "This Idempotency-Key was used for another request"


class StillRunning(Conflict):
    """The first request with this key has not finished."""

    type = "idempotency-key-in-use"
    title = "The first request with this Idempotency-Key is still running"


def idempotency_table(metadata: sa.MetaData) -> sa.Table:
    """Define the table of keys in the schema of ``metadata``, which must be the service's own."""
    if metadata.schema is None:
        message = "the keys belong to a service's schema: use schema_metadata(<service>)"
        raise ValueError(message)
    table = sa.Table(
        "idempotency_keys",
        metadata,
        sa.Column("user_id", sa.Uuid, primary_key=True),
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("claim", sa.Text),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.JSON),
        sa.Column("body", sa.LargeBinary),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    _tables[metadata.schema] = table
    return table


def table_of(service: str) -> sa.Table | None:
    """Return the table of keys in the schema of a service, if it has one."""
    return _tables.get(service)


async def forget_expired(database: Database, table: sa.Table) -> int:
    """Delete keys past their time and return how many there were."""
    async with database.transaction() as session:
        result = await session.execute(sa.delete(table).where(table.c.expires_at < now()))
        return int(getattr(result, "rowcount", 0))


class IdempotentRoute(APIRoute):
    """A route whose writes honour the Idempotency-Key header."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route's handler."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            claim = await _claim_for(request)
            if claim is None:
                return await handler(request)
            return await _run_once(request, handler, claim)

        return handle


@dataclass(frozen=True, slots=True)
class _Claim:
    database: Database
    table: sa.Table
    user_id: UUID
    address: str
    key: str
    fingerprint: bytes
    secret: str

    @property
    def row(self) -> sa.ColumnElement[bool]:
        columns = self.table.c
        return sa.and_(
            columns.user_id == self.user_id,
            columns.address == self.address,
            columns.key == self.key,
        )

    @property
    def held(self) -> sa.ColumnElement[bool]:
        return sa.and_(self.row, self.table.c.claim == self.secret)


async def _claim_for(request: Request) -> _Claim | None:
    key = request.headers.get("idempotency-key")
    if key is None or request.method not in _WRITES:
        return None
    if not _KEY.fullmatch(key):
        raise KeyNotValid
    user_id = await _user_id(request)
    if user_id is None:
        return None
    service: str = request.app.state.service
    table = table_of(service)
    if table is None:
        message = f"{service} has idempotent routes and no idempotency_table(metadata)"
        raise LookupError(message)
    digest = hashlib.sha256(request.url.query.encode())
    digest.update(b"\0")
    digest.update(await request.body())
    return _Claim(
        database=request.app.state.database,
        table=table,
        user_id=user_id,
        address=f"{request.method} {request.url.path}",
        key=key,
        fingerprint=digest.digest(),
        secret=secrets.token_hex(16),
    )


async def _user_id(request: Request) -> UUID | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    verifier: TokenVerifier = request.app.state.tokens
    try:
        return (await verifier.verify(token.strip())).user_id
    except InvalidToken:
        return None  # the route itself refuses it


async def _run_once(
    request: Request,
    handler: Callable[[Request], Coroutine[Any, Any, Response]],
    claim: _Claim,
) -> Response:
    stored = await _take(claim)
    if stored is not None:
        return stored
    try:
        response = await handler(request)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            await _store(request, claim, response)
            return response
    except (DatabaseUnavailable, asyncio.CancelledError):
        # Waiting here for a database that does not answer would double the client's wait.
        _release_later(claim)
        raise
    except BaseException:
        await _release(claim)
        raise
    await _release(claim)
    return response


async def _take(claim: _Claim) -> Response | None:
    """Take the key, or return what was stored under it."""
    columns = claim.table.c
    moment = now()
    values = {
        "fingerprint": claim.fingerprint,
        "claim": claim.secret,
        "status": None,
        "headers": None,
        "body": None,
        "expires_at": moment + CLAIMED_FOR,
    }
    take = (
        insert(claim.table)
        .values(user_id=claim.user_id, address=claim.address, key=claim.key, **values)
        .on_conflict_do_update(
            index_elements=[columns.user_id, columns.address, columns.key],
            set_=values,
            where=columns.expires_at < moment,
        )
        .returning(columns.claim)
    )
    async with claim.database.transaction() as session:
        if await session.scalar(take) is not None:
            return None
        found = (await session.execute(sa.select(claim.table).where(claim.row))).first()
    if found is None:
        raise StillRunning  # released between the two statements: the client may simply retry
    if found.fingerprint != claim.fingerprint:
        raise KeyReused
    if found.status is None:
        raise StillRunning(headers={"Retry-After": "1"})
    return Response(
        content=found.body,
        status_code=found.status,
        headers={**found.headers, "Idempotent-Replayed": "true"},
    )


async def _store(request: Request, claim: _Claim, response: Response) -> None:
    body = bytes(getattr(response, "body", b""))
    if len(body) > _MAX_STORED_BODY:
        message = "a response this large cannot be replayed"
        raise ValueError(message)
    statement = (
        sa.update(claim.table)
        .where(claim.held)
        .values(
            claim=None,
            status=response.status_code,
            headers={name: response.headers[name] for name in _STORED_HEADERS if name in response.headers},
            body=body,
            expires_at=now() + KEPT_FOR,
        )
    )
    # The route's own session is still open here (it commits when this handler has returned), so
    # the response becomes durable together with the effect it tells about.
    session: AsyncSession | None = getattr(request.state, "session", None)
    if session is not None and session.in_transaction():
        done = await session.execute(statement)
    else:
        async with claim.database.transaction() as own:
            done = await own.execute(statement)
    if getattr(done, "rowcount", 0) != 1:
        raise StillRunning  # we were so slow that another request took the key over


async def _release(claim: _Claim) -> None:
    async with claim.database.transaction() as session:
        await session.execute(sa.delete(claim.table).where(claim.held))


def _release_later(claim: _Claim) -> None:
    task = asyncio.create_task(_release_patiently(claim), name="release idempotency key")
    _releasing.add(task)
    task.add_done_callback(_releasing.discard)


async def _release_patiently(claim: _Claim) -> None:
    # As long as the claim itself lives; then the key is free anyway.
    until = now() + CLAIMED_FOR
    while now() < until:
        try:
            await _release(claim)
        except DatabaseUnavailable:
            await asyncio.sleep(1)
        else:
            return

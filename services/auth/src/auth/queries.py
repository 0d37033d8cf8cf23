"""Every statement auth sends to its database."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from auth.models import Account, RefreshToken, Session, SigningKeyRow, Throttle

_SIGNING_KEYS_LOCK = 4_117_001
_FIRST_ADMIN_LOCK = 4_117_002


async def account_by_email(session: AsyncSession, email_key: str) -> Account | None:
    """Return the account with this address."""
    return await session.scalar(select(Account).where(Account.email_key == email_key))


async def account(session: AsyncSession, account_id: UUID) -> Account | None:
    """Return an account."""
    return await session.get(Account, account_id)


async def admin_exists(session: AsyncSession) -> bool:
    """Tell whether there is an administrator, under a lock that lasts until the end of the transaction."""
    await session.execute(select(func.pg_advisory_xact_lock(_FIRST_ADMIN_LOCK)))
    found = await session.scalar(select(exists().where(Account.role == "admin")))
    return bool(found)


async def set_password_hash(session: AsyncSession, account_id: UUID, password_hash: str) -> None:
    """Replace the stored hash."""
    await session.execute(update(Account).where(Account.id == account_id).values(password_hash=password_hash))


async def token_with_session(session: AsyncSession, token_hash: bytes) -> tuple[RefreshToken, Session] | None:
    """Return a refresh token and its session, locked: rotations of one family happen one after another."""
    statement = (
        select(RefreshToken, Session)
        .join(Session, Session.id == RefreshToken.session_id)
        .where(RefreshToken.token_hash == token_hash)
        .with_for_update(of=Session)
    )
    row = (await session.execute(statement)).one_or_none()
    return (row[0], row[1]) if row else None


async def live_account(session: AsyncSession, account_id: UUID, session_id: UUID, moment: datetime) -> Account | None:
    """Return the account if the session belongs to it and has not ended."""
    statement = (
        select(Account)
        .join(Session, Session.account_id == Account.id)
        .where(
            Account.id == account_id, Session.id == session_id, Session.ended_at.is_(None), Session.expires_at > moment
        )
    )
    return await session.scalar(statement)


async def signing_keys(session: AsyncSession) -> list[SigningKeyRow]:
    """Return all key pairs as they are in the database now."""
    return list(await session.scalars(select(SigningKeyRow).execution_options(populate_existing=True)))


async def lock_signing_keys(session: AsyncSession) -> None:
    """Be the only one to change keys until the end of the transaction."""
    await session.execute(select(func.pg_advisory_xact_lock(_SIGNING_KEYS_LOCK)))


async def delete_signing_keys(session: AsyncSession, kids: Iterable[str]) -> None:
    """Forget key pairs."""
    await session.execute(delete(SigningKeyRow).where(SigningKeyRow.kid.in_(list(kids))))


async def count_attempts(
    session: AsyncSession, windows: Mapping[bytes, timedelta], moment: datetime
) -> dict[bytes, tuple[int, datetime]]:
    """Count one attempt for each key and return attempts and window_ends_at by key.

    Rows are written in the order of their keys, so that two requests never wait for each other.
    """
    values = [{"key": key, "attempts": 1, "window_ends_at": moment + window} for key, window in sorted(windows.items())]
    statement = insert(Throttle).values(values)
    over = Throttle.window_ends_at <= moment
    statement = statement.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "attempts": case((over, 1), else_=Throttle.attempts + 1),
            "window_ends_at": case((over, statement.excluded.window_ends_at), else_=Throttle.window_ends_at),
        },
    )
    rows = await session.execute(statement.returning(Throttle.key, Throttle.attempts, Throttle.window_ends_at))
    return {row.key: (row.attempts, row.window_ends_at) for row in rows}


async def forgive_attempts(session: AsyncSession, keys: Iterable[bytes]) -> None:
    """Take one attempt back from each key."""
    for key in sorted(keys):
        await session.execute(
            update(Throttle).where(Throttle.key == key, Throttle.attempts > 0).values(attempts=Throttle.attempts - 1)
        )


async def delete_old(session: AsyncSession, moment: datetime, kept: timedelta) -> None:
    """Delete windows that are over, and sessions that ended or expired longer than `kept` ago."""
    await session.execute(delete(Throttle).where(Throttle.window_ends_at <= moment))
    await session.execute(
        delete(Session).where(or_(Session.expires_at < moment - kept, Session.ended_at < moment - kept))
    )

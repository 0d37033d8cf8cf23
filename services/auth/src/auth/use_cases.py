"""What people can do with accounts and sessions.

Hashing a password takes as long as twenty statements, so no transaction stays open meanwhile: these use cases take
the database and open short transactions themselves. Refusals that must be remembered (a reused token ends its
session) are raised after the commit, not inside.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from contracts.auth import UserRegistered, UserRole
from kit.clock import now
from kit.database import Database
from kit.identity import Principal
from kit.ids import new_id
from kit.logs import hashed
from kit.messaging import publish
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from auth import queries, throttling
from auth.emails import email_key
from auth.errors import EmailTaken, InvalidCredentials, RefreshTokenInvalid, SessionEnded
from auth.keys import KeyRing
from auth.models import Account, EndReason, RefreshToken, Session
from auth.passwords import Passwords
from auth.schemas import SignUp, Tokens, User
from auth.settings import AuthSettings
from auth.tokens import access_token, new_refresh_token, refresh_token_hash

ENDED_SESSIONS_KEPT = timedelta(days=7)

audit = structlog.get_logger(kind="audit")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use case may need."""

    settings: AuthSettings
    database: Database
    passwords: Passwords
    keys: KeyRing


async def sign_up(desk: Desk, address: str, new: SignUp) -> User:
    """Create a candidate's account.

    Raises:
        EmailTaken: the address has an account.
        TooManyAttempts: too many sign-ups from this address.
    """
    async with desk.database.transaction() as session:
        await throttling.count(session, throttling.signup_limits(desk.settings, address))
    return await register(desk, new.email, new.password.get_secret_value(), new.display_name, "candidate")


async def register(desk: Desk, email: str, password: str, display_name: str, role: UserRole) -> User:
    """Create an account and tell the other services.

    Raises:
        EmailTaken: the address has an account.
    """
    password_hash = await desk.passwords.hash(password)
    account = Account(
        id=new_id(),
        email=email,
        email_key=email_key(email),
        display_name=display_name,
        password_hash=password_hash,
        role=role,
        created_at=now(),
    )
    try:
        async with desk.database.transaction() as session:
            await add_account(session, account)
    except IntegrityError as error:
        if "uq_accounts_email_key" in str(error.orig):
            raise EmailTaken from None
        raise
    return User.model_validate(account)


async def add_account(session: AsyncSession, account: Account) -> None:
    """Save a new account together with its event."""
    session.add(account)
    await session.flush()
    event = UserRegistered(
        user_id=account.id,
        email=account.email,
        display_name=account.display_name,
        role=account.role,
        registered_at=account.created_at,
    )
    await publish(session, event)
    audit.info("account created", user=hashed(account.id), role=account.role)


async def log_in(desk: Desk, address: str, email: str, password: str) -> Tokens:
    """Open a session.

    Raises:
        InvalidCredentials: no account has this address and password.
        TooManyAttempts: too many failures from this address or on this account.
    """
    limits = throttling.login_limits(desk.settings, address, email_key(email))
    async with desk.database.transaction() as session:
        await throttling.count(session, limits)
        account = await queries.account_by_email(session, email_key(email))
    verdict = await desk.passwords.verify(account.password_hash if account else None, password)
    if account is None or not verdict.matches:
        audit.info("login refused", user=hashed(account.id) if account else None)
        raise InvalidCredentials
    async with desk.database.transaction() as session:
        await throttling.forgive(session, limits)
        if verdict.new_hash is not None:
            await queries.set_password_hash(session, account.id, verdict.new_hash)
        opened = _open_session(session, account, desk.settings)
        await session.flush()
        tokens = _issue(session, desk, account, opened)
    audit.info("logged in", user=hashed(account.id), session=str(opened.id))
    return tokens


async def refresh(desk: Desk, token: str) -> Tokens:
    """Exchange a refresh token for a new pair.

    The current token rotates. Its immediate predecessor still gives a working pair for `refresh_grace`: two requests
    that cross, or two gateways, are not a theft. Anything older is, and ends the session.

    Raises:
        RefreshTokenInvalid: unknown, expired or reused token, or a session that has ended.
    """
    tokens: Tokens | None = None
    async with desk.database.transaction() as session:
        found = await queries.token_with_session(session, refresh_token_hash(token))
        if found is not None:
            tokens = await _rotate(session, desk, *found)
    if tokens is None:
        raise RefreshTokenInvalid
    return tokens


async def log_out(session: AsyncSession, token: str) -> None:
    """End the session a refresh token belongs to; an unknown token is no error."""
    found = await queries.token_with_session(session, refresh_token_hash(token))
    if found is not None:
        _end(found[1], "logout")


async def me(session: AsyncSession, principal: Principal) -> User:
    """Return the account behind an access token.

    Raises:
        SessionEnded: somebody logged out, or reused a refresh token, since the token was issued.
    """
    account = await queries.live_account(session, principal.user_id, principal.session_id, now())
    if account is None:
        raise SessionEnded
    return User.model_validate(account)


async def keep_house(desk: Desk) -> None:
    """Replace keys in time and delete what is over."""
    async with desk.database.transaction() as session:
        rows = await desk.keys.settle(session)
        await queries.delete_old(session, now(), ENDED_SESSIONS_KEPT)
    await desk.keys.load(rows)


def _open_session(session: AsyncSession, account: Account, settings: AuthSettings) -> Session:
    moment = now()
    opened = Session(
        id=new_id(),
        account_id=account.id,
        generation=0,
        created_at=moment,
        rotated_at=moment,
        expires_at=moment + settings.session_lifetime,
    )
    session.add(opened)
    return opened


async def _rotate(session: AsyncSession, desk: Desk, token: RefreshToken, family: Session) -> Tokens | None:
    moment = now()
    idle_until = family.rotated_at + desk.settings.session_idle_lifetime
    if family.ended_at is not None or moment >= min(family.expires_at, idle_until):
        return None
    if token.generation == family.generation:
        family.generation += 1
        family.rotated_at = moment
    elif not _in_grace(token, family, desk.settings.refresh_grace):
        _end(family, "token_reused")
        return None
    account = await _account_of(session, family.account_id)
    return _issue(session, desk, account, family)


def _in_grace(token: RefreshToken, family: Session, grace: timedelta) -> bool:
    return token.generation == family.generation - 1 and now() - family.rotated_at <= grace


async def _account_of(session: AsyncSession, account_id: UUID) -> Account:
    account = await queries.account(session, account_id)
    if account is None:
        raise RefreshTokenInvalid
    return account


def _issue(session: AsyncSession, desk: Desk, account: Account, opened: Session) -> Tokens:
    refresh_token = new_refresh_token()
    session.add(
        RefreshToken(
            token_hash=refresh_token_hash(refresh_token),
            session_id=opened.id,
            generation=opened.generation,
            created_at=now(),
        )
    )
    principal = Principal(user_id=account.id, role=account.role, session_id=opened.id, email=account.email)
    return Tokens(
        access_token=access_token(principal, desk.keys.signing(), desk.settings),
        refresh_token=refresh_token,
        expires_in=int(desk.settings.access_token_lifetime.total_seconds()),
        user=User.model_validate(account),
    )


def _end(family: Session, reason: EndReason) -> None:
    if family.ended_at is None:
        family.ended_at = now()
        family.end_reason = reason
        level = audit.warning if reason == "token_reused" else audit.info
        level("session ended", user=hashed(family.account_id), session=str(family.id), reason=reason)

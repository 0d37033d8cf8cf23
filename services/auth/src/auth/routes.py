"""The HTTP door."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status
from kit.database import SessionDep
from kit.identity import CurrentUser
from kit.problems import responses

from auth import use_cases
from auth.errors import (
    EmailTaken,
    InvalidCredentials,
    PasswordsBusy,
    RefreshTokenInvalid,
    SessionEnded,
    SigningKeyMissing,
    TooManyAttempts,
)
from auth.schemas import Jwks, LogIn, RefreshTokenIn, SignUp, Tokens, User
from auth.use_cases import Desk

router = APIRouter(tags=["auth"])


def get_desk(request: Request) -> Desk:
    """Return what the use cases work with."""
    desk: Desk = request.app.state.desk
    return desk


def client_address(request: Request) -> str:
    """Return who is calling; X-Forwarded-For counts only from AUTH_TRUSTED_PROXIES, which is the gateway."""
    return request.client.host if request.client else "unknown"


DeskDep = Annotated[Desk, Depends(get_desk)]
ClientAddress = Annotated[str, Depends(client_address)]


@router.post(
    "/auth/signup",
    status_code=status.HTTP_201_CREATED,
    responses=responses(EmailTaken, TooManyAttempts, PasswordsBusy),
)
async def sign_up(desk: DeskDep, address: ClientAddress, new: SignUp) -> User:
    """Create a candidate's account."""
    return await use_cases.sign_up(desk, address, new)


@router.post("/auth/login", responses=responses(InvalidCredentials, TooManyAttempts, PasswordsBusy, SigningKeyMissing))
async def log_in(desk: DeskDep, address: ClientAddress, credentials: LogIn) -> Tokens:
    """Open a session. Browsers use the gateway's /api/session instead and never see a token."""
    return await use_cases.log_in(desk, address, credentials.email, credentials.password.get_secret_value())


@router.post("/auth/refresh", responses=responses(RefreshTokenInvalid, SigningKeyMissing))
async def refresh(desk: DeskDep, given: RefreshTokenIn) -> Tokens:
    """Exchange a refresh token for a new pair. Each works once; using a spent one again ends the session."""
    return await use_cases.refresh(desk, given.refresh_token.get_secret_value())


@router.post("/auth/logout", status_code=status.HTTP_204_NO_CONTENT)
async def log_out(session: SessionDep, given: RefreshTokenIn) -> None:
    """End the session. Its access token expires within ten minutes."""
    await use_cases.log_out(session, given.refresh_token.get_secret_value())


@router.get("/auth/me", responses=responses(SessionEnded))
async def me(session: SessionDep, user: CurrentUser) -> User:
    """Return the account behind the access token."""
    return await use_cases.me(session, user)


@router.get("/.well-known/jwks.json")
async def jwks(desk: DeskDep, response: Response) -> Jwks:
    """Return the public keys that access tokens are signed with."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return Jwks(keys=desk.keys.published())

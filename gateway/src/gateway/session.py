"""The browser's session: log in, sign up, who am I, log out. Tokens go into cookies and nowhere else."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response, status
from kit.problems import MEDIA_TYPE, ProblemBody, responses
from kit.rendering import REQUEST_ID_KEY
from pydantic import BaseModel, Field, SecretStr
from starlette.responses import JSONResponse

from gateway import csrf
from gateway.auth_client import Answer, AuthClient, Tokens
from gateway.cookies import Cookies, Jar
from gateway.errors import CsrfFailed, SessionExpired, UpstreamDown
from gateway.renewal import Renewal
from gateway.settings import GatewaySettings

router = APIRouter(prefix="/api/session", tags=["session"])


class SessionUser(BaseModel):
    """Who is logged in."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    email: str
    display_name: str
    role: Literal["candidate", "admin"]


class Session(BaseModel):
    """The session of this browser; `user` is null when nobody is logged in."""

    user: SessionUser | None
    csrf_token: str = Field(description="to be sent as X-CSRF-Token with every change")


class Credentials(BaseModel):
    """What somebody logs in with."""

    email: str = Field(max_length=254)
    password: SecretStr = Field(max_length=128)

    def plain(self) -> dict[str, Any]:
        """Return the fields as auth takes them."""
        return {**self.model_dump(), "password": self.password.get_secret_value()}


class NewAccount(Credentials):
    """What somebody signs up with."""

    display_name: str = Field(max_length=1000)


class AuthProblem(Exception):  # noqa: N818 - carries a problem that auth has found
    """Auth said no; what it said is the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Desk:
    """What the routes work with, for one request."""

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self.scope = request.scope
        self.headers = request.headers
        self.settings: GatewaySettings = state.settings
        self.cookies: Cookies = state.cookies
        self.auth: AuthClient = state.auth
        self.renewal: Renewal = state.renewal
        self.jar: Jar = self.cookies.read(request.scope["headers"])


DeskDep = Annotated[Desk, Depends(Desk)]


def own_page(desk: DeskDep) -> None:
    """Let only our own page through."""
    csrf.require_own_page(desk.headers, desk.scope["scheme"], desk.jar.csrf, desk.settings.origins)


OwnPage = Depends(own_page)


@router.get("", responses=responses(UpstreamDown))
async def read_session(desk: DeskDep, response: Response) -> Session:
    """Return who is logged in, and the CSRF token. Never 401."""
    return _session(desk, response, await _user(desk, response))


@router.post("", dependencies=[OwnPage], responses=responses(CsrfFailed, SessionExpired))
async def log_in(desk: DeskDep, response: Response, credentials: Credentials) -> Session:
    """Log in. 401 `invalid-credentials`, 429 `too-many-attempts` with Retry-After."""
    return _session(desk, response, await _open(desk, response, credentials))


@router.post(
    "/signup",
    status_code=status.HTTP_201_CREATED,
    dependencies=[OwnPage],
    responses={409: {"model": ProblemBody, "description": "email-taken"}, **responses(CsrfFailed)},
)
async def sign_up(desk: DeskDep, response: Response, new: NewAccount) -> Session:
    """Create an account and log in. 409 `email-taken`, 422 with the fields that are wrong."""
    _require_success(await desk.auth.sign_up(desk.scope, new.plain()))
    credentials = Credentials(email=new.email, password=new.password)
    return _session(desk, response, await _open(desk, response, credentials))


@router.delete("", status_code=status.HTTP_204_NO_CONTENT, dependencies=[OwnPage], responses=responses(CsrfFailed))
async def log_out(desk: DeskDep, response: Response) -> None:
    """Log out: the session ends in auth, the cookies in the browser."""
    _set(response, desk.cookies.cleared())
    if desk.jar.refresh is not None:
        await desk.auth.log_out(desk.scope, desk.jar.refresh)


async def on_auth_problem(request: Request, error: Exception) -> Response:
    """Pass on what auth said, as if it had been said here."""
    assert isinstance(error, AuthProblem)  # noqa: S101 - registered for this type
    answer = error.answer
    body = {**answer.body, "instance": request.url.path, "request_id": request.scope.get(REQUEST_ID_KEY)}
    headers = {"Retry-After": answer.retry_after} if answer.retry_after else None
    return JSONResponse(body, answer.status, headers, media_type=MEDIA_TYPE)


async def _open(desk: Desk, response: Response, credentials: Credentials) -> dict[str, Any]:
    tokens = Tokens.of(_require_success(await desk.auth.log_in(desk.scope, credentials.plain())))
    _set(response, desk.cookies.opened(tokens.access, tokens.access_lifetime, tokens.refresh))
    if desk.jar.refresh is not None:
        # One browser, one session: the one it had would live on without anybody who can end it.
        await desk.auth.log_out(desk.scope, desk.jar.refresh)
    return tokens.user


async def _user(desk: Desk, response: Response) -> dict[str, Any] | None:
    if not desk.jar.has_session:
        return None
    try:
        credentials = await desk.renewal.credentials(desk.jar)
    except SessionExpired:
        _set(response, desk.cookies.cleared())
        return None
    answer = await desk.auth.me(desk.scope, credentials.access)
    if answer.ok:
        _set(response, credentials.set_cookies)
        return answer.body
    if answer.status == status.HTTP_401_UNAUTHORIZED:
        _set(response, desk.cookies.cleared())
        return None
    raise UpstreamDown


def _session(desk: Desk, response: Response, user: dict[str, Any] | None) -> Session:
    token = desk.jar.csrf
    if token is None:
        token = csrf.new_token()
        _set(response, [desk.cookies.with_csrf(token)])
    return Session(user=SessionUser.model_validate(user) if user else None, csrf_token=token)


def _require_success(answer: Answer) -> dict[str, Any]:
    if answer.ok:
        return answer.body
    raise AuthProblem(answer)


def _set(response: Response, cookies: list[str]) -> None:
    for cookie in cookies:
        response.headers.append("Set-Cookie", cookie)

"""Passes requests for /api on to the services: raw ASGI, one pooled client, nothing collected on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import aiohttp
import structlog
from kit.problems import MethodNotAllowed
from kit.rendering import problem_response
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send
from yarl import URL

from gateway import headers
from gateway.bodies import ClientGone, RequestBody
from gateway.cookies import Cookies
from gateway.csrf import SAFE_METHODS, require_own_page
from gateway.errors import SessionExpired, UpstreamDown, UpstreamInvalid, UpstreamTimeout
from gateway.renewal import Renewal
from gateway.routing import Routes, Target
from gateway.settings import GatewaySettings

_METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE"}
_BODILESS = frozenset({204, 304})
# A request that is answered sooner never needs anybody to watch its connection.
_WATCH_AFTER = 0.05
# Shorter than the services keep idle connections (75 s): whoever closes first must be us.
_KEEP_ALIVE = 30.0
_CHUNK = 65_536
_OWN_WORDS = frozenset({"Accept", "Accept-Encoding", "Content-Type", "User-Agent"})

log = structlog.get_logger(__name__)


class UpstreamBroken(Exception):  # noqa: N818 - says what happened
    """The service broke off in the middle of its answer, so the connection to the client is cut too."""


def new_client(settings: GatewaySettings) -> aiohttp.ClientSession:
    """Return the pooled client.

    No limit on connections: a thousand open event streams are a thousand connections, and a limit would make everybody
    else wait behind them. No total timeout, for the same streams.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE),
        timeout=aiohttp.ClientTimeout(
            total=None,
            sock_connect=settings.connect_timeout.total_seconds(),
            sock_read=settings.read_timeout.total_seconds(),
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=_OWN_WORDS,
        trust_env=False,
        read_bufsize=_CHUNK,
        max_line_size=32_768,
        max_field_size=32_768,
    )


class Proxy:
    """The ASGI app behind /api."""

    def __init__(
        self,
        *,
        settings: GatewaySettings,
        routes: Routes,
        client: aiohttp.ClientSession,
        cookies: Cookies,
        renewal: Renewal,
        stopping: asyncio.Event,
    ) -> None:
        """Take what it works with; `stopping` ends event streams, which have no end of their own."""
        self._settings = settings
        self._routes = routes
        self._client = client
        self._cookies = cookies
        self._renewal = renewal
        self._stopping = stopping
        self._body_timeout = settings.body_timeout.total_seconds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; problems are rendered by the ring around it."""
        scope["route"] = SimpleNamespace(path="/api/*")
        target = self._routes.target(scope["raw_path"], scope["query_string"])
        scope["route"] = SimpleNamespace(path=target.route)
        if scope["method"] not in _METHODS:
            raise MethodNotAllowed
        try:
            await self._pass_on(scope, receive, send, target)
        except SessionExpired as problem:
            response = problem_response(scope, problem)
            for cookie in self._cookies.cleared():
                response.headers.append("Set-Cookie", cookie)
            await response(scope, receive, send)
        except ClientGone:
            log.debug("client gone", service=target.service)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, target: Target) -> None:
        given = Headers(scope=scope)
        body = RequestBody(given, receive, max_bytes=self._settings.max_body_bytes, timeout=self._body_timeout)
        authorization, cookies = await self._authorize(scope, given)
        async with self._watched(receive, body), self._answered(scope, target, body, authorization) as answer:
            await self._return(scope, send, target, answer, cookies)

    async def _authorize(self, scope: Scope, given: Headers) -> tuple[str | None, list[str]]:
        """Return the Authorization header for the service, and the cookies the response has to set.

        Clients that bring their own token are no browsers and need no CSRF proof: no page can make a browser send one.
        """
        authorization = given.get("authorization")
        if authorization is not None:
            return authorization, []
        jar = self._cookies.read(scope["headers"])
        if not jar.has_session:
            return None, []
        if scope["method"] not in SAFE_METHODS:
            require_own_page(given, scope["scheme"], jar.csrf, self._settings.origins)
        credentials = await self._renewal.credentials(jar)
        return f"Bearer {credentials.access}", credentials.set_cookies

    @asynccontextmanager
    async def _answered(
        self, scope: Scope, target: Target, body: RequestBody, authorization: str | None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        sent = headers.sent(scope, authorization)
        data: bytes | AsyncIterator[bytes] | None = None
        if not body.is_empty:
            first = await body.first()
            data = first if body.finished.is_set() else body.rest(first)
            if body.length is not None and not body.finished.is_set():
                sent["Content-Length"] = str(body.length)
        try:
            # aiohttp repeats an idempotent request once when a pooled connection turns out to be stale, and never one
            # whose body has already been read.
            answer = await self._client.request(
                scope["method"],
                URL(target.url, encoded=True),
                headers=sent,
                data=data,
                allow_redirects=False,
            )
        except (aiohttp.ClientError, TimeoutError) as error:
            raise body.failure or _as_problem(error, target) from error
        try:
            yield answer
        finally:
            # After a whole answer the connection goes back to the pool; after half of one it is closed.
            answer.close() if not answer.content.at_eof() else answer.release()

    async def _return(
        self, scope: Scope, send: Send, target: Target, answer: aiohttp.ClientResponse, cookies: list[str]
    ) -> None:
        returned = headers.returned(answer.raw_headers, self._routes, cookies)
        streams = answer.content_type == "text/event-stream"
        if streams and "x-accel-buffering" not in answer.headers:
            returned.append((b"x-accel-buffering", b"no"))
        await send({"type": "http.response.start", "status": answer.status, "headers": returned})
        if scope["method"] == "HEAD" or answer.status in _BODILESS:
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            if streams:
                await self._return_stream(send, answer)
            else:
                await _return_body(send, answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("service broke off", target=target.service, error=type(error).__name__)
            raise UpstreamBroken(target.service) from error

    async def _return_stream(self, send: Send, answer: aiohttp.ClientResponse) -> None:
        stopping = asyncio.ensure_future(self._stopping.wait())
        chunk: asyncio.Task[bytes] | None = None
        try:
            while True:
                chunk = asyncio.ensure_future(answer.content.readany())
                await asyncio.wait({chunk, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not chunk.done() or not (content := chunk.result()):
                    break
                await send({"type": "http.response.body", "body": content, "more_body": True})
        finally:
            stopping.cancel()
            if chunk is not None:
                # Left alone it fails when the answer is closed: every reader who leaves would be an error in the log.
                chunk.cancel()
        await send({"type": "http.response.body", "body": b""})

    @asynccontextmanager
    async def _watched(self, receive: Receive, body: RequestBody) -> AsyncIterator[None]:
        """Cancel the block when the client goes away.

        As long as the request's body is read, reading it notices.
        """
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        gone = False
        watching: asyncio.Task[None] | None = None

        async def watch() -> None:
            nonlocal gone
            await body.finished.wait()
            while (await receive())["type"] != "http.disconnect":
                pass
            gone = True
            task.cancel()

        def start() -> None:
            nonlocal watching
            watching = asyncio.create_task(watch(), name="watch client")

        timer = asyncio.get_running_loop().call_later(_WATCH_AFTER, start)
        try:
            yield
        except asyncio.CancelledError:
            if gone and task.uncancel() == 0:
                raise ClientGone from None
            raise
        finally:
            timer.cancel()
            if watching is not None:
                watching.cancel()


async def _return_body(send: Send, answer: aiohttp.ClientResponse) -> None:
    while chunk := await answer.content.readany():
        if answer.content.at_eof():
            # The usual small answer is one message instead of two.
            await send({"type": "http.response.body", "body": chunk})
            return
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _as_problem(error: Exception, target: Target) -> UpstreamDown | UpstreamTimeout | UpstreamInvalid:
    log.warning("service does not answer", target=target.service, error=type(error).__name__)
    match error:
        case aiohttp.ConnectionTimeoutError() | aiohttp.ClientConnectorError():
            return UpstreamDown(retry_after=2)
        case aiohttp.ServerTimeoutError() | TimeoutError():
            return UpstreamTimeout()
        case aiohttp.ClientResponseError() | aiohttp.ClientPayloadError():
            return UpstreamInvalid()
        case _:
            return UpstreamDown(retry_after=2)

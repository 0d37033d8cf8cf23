"""A real gateway over HTTP, in front of a real auth service and a small upstream that does what the tests need."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
import uvicorn
from auth.main import create as create_auth
from auth.settings import AuthSettings
from gateway.main import create
from gateway.settings import GatewaySettings
from kit.testing.databases import PATIENT
from kit.wire import GuardedProtocol

from .upstream import Upstream

PASSWORD = "correct horse battery"

Open = Callable[..., AbstractAsyncContextManager["Browser"]]


@asynccontextmanager
async def served(app: Any, **options: Any) -> AsyncIterator[str]:
    """Serve an app as the processes do and give its address."""
    config = uvicorn.Config(
        app,
        port=0,
        http=GuardedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        **options,
    )
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    while not server.started:
        assert not serving.done(), serving.exception()
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


class Browser:
    """Keeps cookies and sends what our page sends."""

    def __init__(self, address: str, app: Any) -> None:
        self.address = address
        self.app = app
        self.cookies: dict[str, str] = {}
        self.csrf = ""
        self.http = httpx2.AsyncClient(base_url=address, timeout=20, trust_env=False)

    def headers(self, *, change: bool = False) -> dict[str, str]:
        headers = {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if change:
            headers |= {"Origin": self.address, "X-CSRF-Token": self.csrf}
        return headers

    async def request(self, method: str, path: str, **options: Any) -> httpx2.Response:
        given = options.pop("headers", {})
        headers = self.headers(change=method not in {"GET", "HEAD"}) | given
        headers = {name: value for name, value in headers.items() if value is not None}
        response = await self.http.request(method, path, headers=headers, **options)
        self.keep(response)
        return response

    def keep(self, response: httpx2.Response) -> None:
        for header in response.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        return await self.request("GET", path, **options)

    async def post(self, path: str, **options: Any) -> httpx2.Response:
        return await self.request("POST", path, **options)

    async def arrive(self) -> dict[str, Any]:
        """Ask for the session, as the page does first."""
        session: dict[str, Any] = (await self.get("/api/session")).json()
        self.csrf = session["csrf_token"]
        return session

    async def sign_up(self, email: str = "ada@example.com", **fields: Any) -> httpx2.Response:
        await self.arrive()
        body = {"email": email, "password": PASSWORD, "display_name": "Ada"} | fields
        return await self.post("/api/session/signup", json=body)

    async def log_in(self, email: str = "ada@example.com", password: str = PASSWORD) -> httpx2.Response:
        await self.arrive()
        return await self.post("/api/session", json={"email": email, "password": password})


@pytest.fixture(scope="session")
def service() -> str:
    return "auth"


@pytest.fixture(scope="session")
def kept_tables() -> frozenset[str]:
    return frozenset({"signing_keys"})


@pytest.fixture(scope="session")
def settings(database_url: Callable[[str], str], service: str, rabbitmq: str) -> AuthSettings:
    return AuthSettings(
        environment="test",
        database_url=database_url(service),
        **PATIENT,
        amqp_url=rabbitmq,
        password_memory_kib=8,
        password_iterations=1,
        signups_per_address=1000,
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def auth_address(settings: AuthSettings) -> AsyncIterator[str]:
    async with served(create_auth(settings), forwarded_allow_ips="127.0.0.1") as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_upstream() -> AsyncIterator[tuple[Upstream, str]]:
    upstream = Upstream()
    async with served(upstream, lifespan="off") as address:
        yield upstream, address


@pytest.fixture
def upstream(running_upstream: tuple[Upstream, str]) -> Upstream:
    upstream, _ = running_upstream
    upstream.forget()
    return upstream


@pytest.fixture(scope="session")
def start_gateway(auth_address: str, running_upstream: tuple[Upstream, str]) -> Open:
    _, address_of_all = running_upstream

    @asynccontextmanager
    async def start(**changes: Any) -> AsyncIterator[Browser]:
        urls = {f"{name}_url": address_of_all for name in ("interview", "analysis", "admin")}
        values = {"environment": "test", "auth_url": auth_address, **urls, **changes}
        app = create(GatewaySettings(**values))
        trusted = values.get("trusted_proxies", "")
        async with served(app, proxy_headers=bool(trusted), forwarded_allow_ips=trusted) as address:
            browser = Browser(address, app)
            async with browser.http:
                yield browser

    return start


@pytest.fixture
def open_gateway(start_gateway: Open, upstream: Upstream, clean_tables: None) -> Open:
    """Start a gateway with settings of the test's own."""
    return start_gateway


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_gateway(start_gateway: Open) -> AsyncIterator[Browser]:
    # A limit that fits into the buffers between the two: a refusal is read before the connection breaks.
    async with start_gateway(max_body_bytes=1_048_576) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def browser(running_gateway: Browser, upstream: Upstream, clean_tables: None) -> AsyncIterator[Browser]:
    """A fresh browser at the gateway that runs all the time."""
    browser = Browser(running_gateway.address, running_gateway.app)
    async with browser.http:
        yield browser


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A small built frontend."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / ".vite").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Interview Kit</title>" + "<p>words</p>" * 200)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "app-1234.js").write_text("console.log('hello');\n" * 200)
    (folder / "assets" / "pre-1234.js").write_text("console.log('plain');\n" * 200)
    (folder / "assets" / "pre-1234.js.br").write_bytes(b"brotli bytes")
    (folder / "assets" / "pre-1234.js.gz").write_bytes(b"gzip bytes")
    (folder / "assets" / "font-1234.woff2").write_bytes(bytes(range(256)) * 8)
    (folder / ".vite" / "manifest.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "assets" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


def problem(response: httpx2.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    body = json.loads(response.text)
    assert body["status"] == response.status_code
    return str(body["type"].rsplit(":", 1)[1])

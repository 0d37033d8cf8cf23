import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from fake_gemini.server import API_KEY, FakeGemini
from kit.testing.brokers import TestBroker
from local_stack import chromium
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.e2e import person
from tests.e2e.product import Product
from tests.e2e.wire import Wire

# Chromium asks Google's hosts at every start otherwise, and needs no sandbox where a container is one already.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Argon2 at its smallest and no throttle: these tests are not about passwords and sign up a lot from one address.
QUICK = {"AUTH_PASSWORD_MEMORY_KIB": "64", "AUTH_PASSWORD_ITERATIONS": "1", "AUTH_SIGNUPS_PER_ADDRESS": "1000"}
# What the product gives its database up after; a busy machine may take as long to accept a connection.
PATIENT = {
    f"{service}_DATABASE_{limit}_TIMEOUT": "30"
    for service in ("AUTH", "INTERVIEW", "ANALYSIS", "ADMIN")
    for limit in ("CONNECT", "POOL", "STATEMENT")
}
# Two tries of four seconds, and a dead worker's answer is taken up after five: the tests of faults wait for these.
IMPATIENT = {"GEMINI_MAX_ATTEMPTS": "2", "GEMINI_TIMEOUT": "4", "ANALYSIS_LEASE": "5"}
# The interview room's times, shorter than any person's patience: these tests wait for what comes after them. What lasts
# twice as long as it takes to count is noted, so none is shorter than two looks of a loaded machine.
SHORT = {
    "INTERVIEW_MONITORING_BASELINE_S": "6",
    "INTERVIEW_MONITORING_LOOKING_AWAY_S": "2",
    "INTERVIEW_MONITORING_LOOKING_AWAY_SAMPLES": "3",
    "INTERVIEW_MONITORING_NO_FACE_S": "2",
    "INTERVIEW_MONITORING_COULD_NOT_TELL_S": "2",
    # A page that is being looked at closely on a busy machine sends nothing for a while, and is not gone.
    "INTERVIEW_RECORDING_IDLE": "30",
    "INTERVIEW_RECORDING_INTERVAL": "1",
}
# Two cores may be running a dozen processes and a browser: what is waited for comes, only later.
expect.set_options(timeout=person.SLOW)
Launch = Callable[..., Awaitable[Browser]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running(directory: Path, amqp_url: str, **environment: str) -> AsyncIterator[Product]:
    own = {"AMQP_URL": amqp_url, "GATEWAY_PORT": str(free_port()), "GEMINI_API_KEY": ""}
    async with Product(directory, QUICK | SHORT | PATIENT | own | environment) as product:
        yield product


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def wire(broker: TestBroker) -> AsyncIterator[Wire]:
    """What connects the product without a key to its broker."""
    async with Wire(broker.url) as line:
        yield line


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def offline(tmp_path_factory: pytest.TempPathFactory, wire: Wire) -> AsyncIterator[Product]:
    """The product without any key."""
    async with running(tmp_path_factory.mktemp("offline"), wire.url) as product:
        yield product


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gemini_server() -> AsyncIterator[FakeGemini]:
    async with FakeGemini() as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def with_gemini(
    tmp_path_factory: pytest.TempPathFactory, broker: TestBroker, gemini_server: FakeGemini
) -> AsyncIterator[Product]:
    """The product with a key, talking to the stand-in for Gemini."""
    own = TestBroker(broker._amqp_url, broker._management_url)
    await own.create()
    try:
        directory = tmp_path_factory.mktemp("gemini")
        asked = {"GEMINI_API_KEY": API_KEY, "GEMINI_BASE_URL": gemini_server.url} | IMPATIENT
        async with running(directory, own.url, **asked) as product:
            yield product
    finally:
        await own.delete()


@pytest.fixture
def gemini(gemini_server: FakeGemini) -> Iterator[FakeGemini]:
    """The stand-in for Gemini, well again after the test."""
    yield gemini_server
    gemini_server.reset()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def launch() -> AsyncIterator[Launch]:
    """Gives browsers with these flags on top of the usual ones; each is started once."""
    started: dict[tuple[str, ...], Browser] = {}
    async with async_playwright() as playwright:

        async def with_flags(*flags: str) -> Browser:
            if flags not in started:
                arguments = [*FLAGS, *flags]
                started[flags] = await playwright.chromium.launch(executable_path=chromium.find(), args=arguments)
            return started[flags]

        yield with_flags
        for browser in started.values():
            await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(launch: Launch) -> Browser:
    """A browser with neither camera nor microphone."""
    return await launch()


@asynccontextmanager
async def fresh_context(browser: Browser, origin: str, **options: Any) -> AsyncIterator[BrowserContext]:
    """A browser with no cookies; what a page logs as an error, or sends anywhere but to us, fails the test."""
    context = await browser.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(person.SLOW)
    errors: list[str] = []
    strangers: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if _is_broken(message) else None)
    context.on("request", lambda request: None if _is_ours(request.url, origin) else strangers.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: strangers.append(socket.url)))
    try:
        yield context
    finally:
        await context.close()
    assert not strangers, "requests that left our origin:\n" + "\n".join(strangers)
    assert not errors, "\n".join(errors)


def _is_ours(url: str, origin: str) -> bool:
    # data: and blob: are read inside the browser.
    return url.startswith((f"{origin}/", "data:", f"blob:{origin}/"))


def _is_broken(message: Any) -> bool:
    # A status code of an answer is the application's business; a policy violation or an exception is ours.
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page in a browser of its own, for the product that the test names."""
    name = "with_gemini" if "with_gemini" in request.fixturenames else "offline"
    product: Product = request.getfixturevalue(name)
    async with fresh_context(browser, product.url, viewport={"width": 1280, "height": 900}) as context:
        yield await context.new_page()


@pytest.fixture
def email() -> str:
    return f"person-{uuid4().hex[:10]}@example.com"

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from fake_gemini.server import API_KEY, FakeGemini
from kit.testing.brokers import TestBroker
from local_stack import chromium
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.e2e.product import Product

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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running(directory: Path, broker: TestBroker, **environment: str) -> AsyncIterator[Product]:
    settings = QUICK | {"AMQP_URL": broker.url, "GATEWAY_PORT": str(free_port()), "GEMINI_API_KEY": ""} | environment
    async with Product(directory, settings) as product:
        yield product


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def offline(tmp_path_factory: pytest.TempPathFactory, broker: TestBroker) -> AsyncIterator[Product]:
    """The product without any key."""
    async with running(tmp_path_factory.mktemp("offline"), broker) as product:
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
        async with running(directory, own, GEMINI_API_KEY=API_KEY, GEMINI_BASE_URL=gemini_server.url) as product:
            yield product
    finally:
        await own.delete()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        yield launched
        await launched.close()


@asynccontextmanager
async def fresh_context(browser: Browser, **options: Any) -> AsyncIterator[BrowserContext]:
    """A browser with no cookies; what the page logs as an error fails the test."""
    context = await browser.new_context(reduced_motion="reduce", **options)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if _is_broken(message) else None)
    try:
        yield context
    finally:
        await context.close()
    assert not errors, "\n".join(errors)


def _is_broken(message: Any) -> bool:
    # A status code of an answer is the application's business; a policy violation or an exception is ours.
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with fresh_context(browser, viewport={"width": 1280, "height": 900}) as context:
        yield await context.new_page()


@pytest.fixture
def email() -> str:
    return f"person-{uuid4().hex[:10]}@example.com"

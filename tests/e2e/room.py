"""The interview room with camera and microphone: what a person does in it, and what the API knows of it."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx2
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import person
from tests.e2e.answers import PASSWORD
from tests.e2e.conftest import Launch, fresh_context
from tests.e2e.product import Product
from tests.media.camera import camera
from tests.media.speech import speech

# The browser says yes to every question about camera and microphone, and has one of each.
DEVICES = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
PERMISSIONS = ["camera", "microphone", "clipboard-read", "clipboard-write"]
SPOKEN = "I led the migration of our billing system."
# The fake microphone plays its file again and again, from the beginning each time it is opened. After the words nothing
# is said for so many seconds that one press of Speak holds them once.
PAUSE = 120
CAPTURES = {
    "audio_transcription": "Speak your answers",
    "face_monitoring": "Session notices",
    "expression_analysis": "See your own expressions",
}
WAIT = 60.0
Found = TypeVar("Found")
# What the page told whoever uses a screen reader, in order; a line that is gone again was said all the same.
LISTEN = """
() => {
  const said = [];
  globalThis.roomSaid = said;
  new MutationObserver(() => {
    for (const place of document.querySelectorAll('[role=status]')) {
      const text = place.textContent.trim();
      if (text !== '' && said.at(-1) !== text) said.push(text);
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
"""


async def with_devices(launch: Launch, scene: str = "one") -> Browser:
    """A browser whose camera shows a scene and whose microphone speaks."""
    voice = await speech(SPOKEN, rest=PAUSE)
    film = await asyncio.to_thread(camera, scene)
    files = (f"--use-file-for-fake-video-capture={film}", f"--use-file-for-fake-audio-capture={voice}")
    return await launch(*DEVICES, *files)


async def with_refusal(launch: Launch) -> Browser:
    """A browser with camera and microphone, which lets no page use them."""
    return await launch("--use-fake-device-for-media-stream")


@asynccontextmanager
async def visit(browser: Browser, url: str, *scripts: str, **options: Any) -> AsyncIterator[Page]:
    """A fresh page in which the scripts have run before anything else."""
    size = {"width": 1280, "height": 900}
    async with fresh_context(browser, url, **({"permissions": PERMISSIONS, "viewport": size} | options)) as context:
        await context.add_init_script(f"({LISTEN})()")
        for script in scripts:
            await context.add_init_script(script)
        yield await context.new_page()


async def make_ready(page: Page, url: str, email: str, **choices: Any) -> str:
    """Sign up, have the questions prepared, and return the interview's id. Nothing has begun."""
    await person.sign_up(page, url, "Robin Example", email, PASSWORD)
    await person.choose(page, url, **choices)
    await person.expect_ready(page, choices.get("count", 3))
    return person.interview_id(page)


async def begin(page: Page) -> None:
    """Look at the first question."""
    await page.get_by_role("button", name="Show the first question").click()
    await expect(page.get_by_label("Your answer", exact=True)).to_be_visible()


def switch(page: Page, capture: str) -> Locator:
    """Where a capture is given and withdrawn."""
    return page.get_by_role("switch", name=CAPTURES[capture])


async def give(page: Page, *captures: str) -> None:
    """Agree to captures, on the ready page or in the open panel."""
    for capture in captures:
        await switch(page, capture).click()
        await expect(switch(page, capture)).to_be_checked()


async def withdraw(page: Page, *captures: str) -> None:
    """Take it back."""
    for capture in captures:
        await switch(page, capture).click()
        await expect(switch(page, capture)).not_to_be_checked()


async def record(page: Page, where: str) -> None:
    """Choose where a recording is kept, if at all: Off, Only on this device, On the server."""
    choice = page.get_by_role("radio", name=re.compile(f"^{where}"))
    await choice.click()
    await expect(choice).to_be_checked()


def strip(page: Page) -> Locator:
    """The line that says what is on."""
    return page.get_by_role("button", name="What is on:")


def own_picture(page: Page) -> Locator:
    """What the camera sees, as the person sees it."""
    return page.get_by_label(re.compile("picture, mirrored"))


async def open_panel(page: Page) -> Locator:
    """Press the line."""
    await strip(page).click()
    panel = page.get_by_role("dialog", name="What is on")
    await expect(panel).to_be_visible()
    return panel


async def close_panel(page: Page) -> None:
    """Go back to the question."""
    await page.get_by_role("dialog", name="What is on").get_by_role("button", name="Close").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def expect_said(page: Page, *told: str) -> None:
    """Expect these to have been said in this order."""
    said: list[str] = await page.evaluate("roomSaid")
    at = 0
    for words in told:
        found = next((place for place, line in enumerate(said[at:], start=at) if words in line), None)
        assert found is not None, f"{words!r} was not said after line {at} of {said}"
        at = found


class Candidate:
    """The same candidate without a browser, who asks the API what it knows."""

    def __init__(self, client: httpx2.AsyncClient, interview_id: str = "") -> None:
        self._client = client
        self._place = f"/api/interviews/{interview_id}"

    async def interview(self) -> dict[str, Any]:
        """The interview as it stands."""
        return dict(await self._read(self._place))

    async def one(self, noun: str) -> dict[str, Any]:
        """Its presence."""
        return dict(await self._read(f"{self._place}/{noun}"))

    async def every(self, noun: str) -> list[dict[str, Any]]:
        """Its consents, notices or recordings."""
        return list(await self._read(f"{self._place}/{noun}"))

    async def until(self, noun: str, reached: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Wait for them to get somewhere."""
        return await until(lambda: self.every(noun), reached)

    async def _read(self, path: str) -> Any:
        answer = await self._client.get(path)
        answer.raise_for_status()
        return answer.json()


@asynccontextmanager
async def asking(product: Product, email: str, interview_id: str) -> AsyncIterator[Candidate]:
    """Log in without a browser."""
    async with product.api(email, PASSWORD) as client:
        yield Candidate(client, interview_id)


async def until(ask: Callable[[], Awaitable[Found]], reached: Callable[[Found], bool]) -> Found:
    """Ask until it is so."""
    found = await ask()
    try:
        async with asyncio.timeout(WAIT):
            while not reached(found):
                await asyncio.sleep(0.1)
                found = await ask()
    except TimeoutError:
        raise AssertionError(f"it never came to be: {found}") from None
    return found

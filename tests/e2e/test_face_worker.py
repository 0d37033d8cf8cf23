"""The face monitor alone on a page: real frames, a real worker with real models, behind the real gateway's headers."""

import asyncio
import os
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from local_stack import chromium
from local_stack.root import FRONTEND
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright

from tests.e2e.conftest import FLAGS, free_port, fresh_context
from tests.media.camera import camera, fake_camera

SCENES = ["one", "two", "none", "away-left", "away-right", "dark", "hand-low", "hand-whole"]
SLOW = 90_000
STATE = "name => { const state = face.state(); return state.name === name || state.reason === name; }"
WARNED = "kind => face.events.some((event) => event.type === 'warning' && event.kind === kind)"
FACES = "count => face.samples.length > 0 && face.samples.at(-1).faces === count"
MORE = "count => face.samples.length >= count"
MIB = 1024
MEMORY = "/proc/{}/smaps_rollup"


@contextmanager
def gateway(pages: Path) -> Iterator[str]:
    """A gateway that serves these pages, in a process of its own."""
    port = free_port()
    own = {"GATEWAY_PORT": str(port), "GATEWAY_OPS_PORT": str(free_port()), "GATEWAY_FRONTEND_DIR": str(pages)}
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway.main"],
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


async def answers(url: str) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                await asyncio.to_thread(lambda: urllib.request.urlopen(url, timeout=1).close())  # noqa: S310 - our own
            except OSError:  # refused, or silent for a second
                await asyncio.sleep(0.1)
            else:
                return


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def origin(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Where the harness is served."""
    pages = tmp_path_factory.mktemp("face") / "pages"
    npm = ["sh", FRONTEND / "scripts" / "npm", "exec", "--", "vite", "build", "--logLevel", "warn"]
    build = [*npm, "--config", "tests/face/vite.config.ts", "--outDir", pages]
    built = await asyncio.to_thread(subprocess.run, build, cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with gateway(pages) as url:
        await answers(url)
        yield url


@asynccontextmanager
async def harness(browser: Browser, origin: str) -> AsyncIterator[tuple[BrowserContext, Page, list[Request]]]:
    """A page with a camera that shows one face."""
    requests: list[Request] = []

    def keep(request: Request) -> None:  # Playwright takes no built-in method
        requests.append(request)

    async with fresh_context(browser, origin) as context:
        context.on("request", keep)
        await context.add_init_script(fake_camera(SCENES))
        page = await context.new_page()
        page.set_default_timeout(SLOW)
        await page.goto(origin)
        yield context, page, requests
    # The monitor fetches, and sends nothing: no request carries a body, so none carries a picture.
    assert all(request.method == "GET" and not request.post_data_buffer for request in requests)


async def sees(page: Page, scene: str, faces: int) -> None:
    await page.evaluate("scene => fakeCamera.show(scene)", scene)
    await page.wait_for_function(FACES, arg=faces)


async def learns(page: Page, *, expression: bool = False) -> None:
    await page.evaluate("expression => face.start(expression)", expression)
    await page.wait_for_function(STATE, arg="watching")
    assert await page.evaluate("face.events.every((event) => event.type === 'state')")


async def test_one_face_then_two_then_nobody_are_told_apart(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        await learns(page)
        await sees(page, "two", 2)
        await page.wait_for_function(WARNED, arg="several_faces")
        await sees(page, "one", 1)
        await sees(page, "none", 0)
        await page.wait_for_function(WARNED, arg="no_face")
        assert await page.evaluate("face.state().name") == "watching"


@pytest.mark.parametrize("scene", ["away-left", "away-right"])
async def test_a_turned_head_is_looking_away(browser: Browser, origin: str, scene: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        await learns(page)
        rest = await page.evaluate("face.samples.at(-1).yaw")
        await page.evaluate("scene => fakeCamera.show(scene)", scene)
        await page.wait_for_function(WARNED, arg="looking_away")
        turned = await page.evaluate("face.samples.at(-1).yaw")
        assert abs(turned - rest) > 12


async def test_darkness_and_a_hand_are_doubt_and_not_absence(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        await learns(page)
        await sees(page, "dark", 0)
        await page.wait_for_function(STATE, arg="too_dark")
        await sees(page, "one", 1)
        await page.wait_for_function(STATE, arg="watching")
        for hand in ("hand-low", "hand-whole"):
            await sees(page, hand, 0)
            await page.wait_for_function(STATE, arg="covered")
        assert not await page.evaluate(WARNED, "no_face")


async def test_a_broken_worker_is_off_and_comes_back(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        await learns(page)
        # In one go: it comes back by itself.
        breaking = "() => { face.breakWorker(); return [face.states.at(-1).reason, face.state().name]; }"
        assert await page.evaluate(breaking) == ["crashed", "off"]
        await page.wait_for_function(STATE, arg="watching")
        # One that is gone without a word, too.
        await page.evaluate("face.killWorker()")
        await page.wait_for_function("() => face.states.some((state) => state.reason === 'silent')")
        await page.wait_for_function(STATE, arg="watching")


@pytest.mark.skipif(not Path(MEMORY.format("self")).exists(), reason="Linux alone says what a process really holds")
async def test_many_frames_take_no_more_memory_than_a_few(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        page.set_default_timeout(10 * SLOW)
        await page.evaluate("face.hurry(); face.start(true)")
        await page.wait_for_function(MORE, arg=100)
        before = await memory(browser, page)
        await page.wait_for_function(MORE, arg=300)
        after = await memory(browser, page)
        assert await page.evaluate("face.samples.every((sample) => sample.faces === 1)")
        # Two hundred frames of 640 by 480 are 234 MiB; heaps between two collections differ by a tenth of that.
        growth = max(after[process] - size for process, size in before.items() if process in after)
        assert growth < 64 * MIB


async def memory(browser: Browser, page: Page) -> dict[int, int]:
    """What each renderer holds, in KiB; of what it shares, its share."""
    await page.request_gc()
    cdp = await browser.new_browser_cdp_session()
    processes = (await cdp.send("SystemInfo.getProcessInfo"))["processInfo"]
    await cdp.detach()
    renderers = [process["id"] for process in processes if process["type"] == "renderer"]
    return {renderer: held(Path(MEMORY.format(renderer)).read_text(encoding="ascii")) for renderer in renderers}


def held(rollup: str) -> int:
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


async def test_a_browser_that_gives_no_frames_is_watched_all_the_same(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        await page.evaluate("delete globalThis.VideoFrame; face.start(true)")
        await page.wait_for_function(FACES, arg=1)
        assert await page.evaluate("face.samples.at(-1).expression") == "happy"
        await sees(page, "two", 2)
        await sees(page, "dark", 0)
        assert await page.evaluate("face.samples.at(-1).brightness") < 0.06


async def test_a_pulled_cable_is_off(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, _requests):
        await learns(page)
        await page.evaluate("fakeCamera.unplug()")
        await page.wait_for_function("() => face.states.at(-1).reason === 'camera'")
        assert await page.evaluate("face.state().name") == "off"


async def test_the_emotion_model_is_loaded_only_when_asked_for(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, requests):
        await page.evaluate("face.start(false)")
        await page.wait_for_function(MORE, arg=4)
        assert await page.evaluate("face.samples.every((sample) => sample.expression === null)")
        fetched = {request.url.rpartition("/")[2] for request in requests}
        assert {"blazeface.bin", "facemesh.bin"} <= fetched
        assert not any("emotion" in name for name in fetched)
        await page.evaluate("face.stop(); face.samples.length = 0; face.start(true)")
        await page.wait_for_function(MORE, arg=4)
        assert await page.evaluate("face.samples.at(-1).expression") == "happy"


async def test_models_come_from_an_address_kept_for_ever(browser: Browser, origin: str) -> None:
    async with harness(browser, origin) as (_, page, requests):
        await page.evaluate("face.start(false)")
        await page.wait_for_function(MORE, arg=1)
        models = [request for request in requests if "/assets/face-" in request.url]
        assert models
        for request in models:
            response = await request.response()
            assert response is not None
            assert response.ok
            assert "immutable" in (await response.header_value("cache-control") or "")


async def test_the_page_itself_may_not_compile_webassembly(browser: Browser, origin: str) -> None:
    context = await browser.new_context()
    try:
        page = await context.new_page()
        await page.goto(origin)
        compiling = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'did', String)"
        assert "Content Security Policy" in await page.evaluate(compiling)
    finally:
        await context.close()


async def test_a_camera_file_is_seen_like_a_camera(origin: str) -> None:
    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    film = f"--use-file-for-fake-video-capture={camera('two')}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(), args=[*FLAGS, *flags, film])
        async with fresh_context(browser, origin, permissions=["camera"]) as context:
            page = await context.new_page()
            await page.goto(origin)
            await page.evaluate("face.start(false)")
            await page.wait_for_function(FACES, arg=2, timeout=SLOW)
        await browser.close()

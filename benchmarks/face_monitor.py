# ruff: noqa: INP001 - a script, not a package
"""What the face monitor costs per frame, how large it is, and what it makes of one face in many guises.

    .venv/bin/python benchmarks/face_monitor.py [--frames 40] [--parity-frames 15]

Runs the monitor alone in Chromium, behind the gateway's real headers, on a made-up camera. Costs are CPU milliseconds
of the renderer process (page and worker together), less what the page uses for showing the camera alone; wall times
say little on a busy machine. The baseline, in the same run, is the same library with its detector only.

The parity table is SYNTHETIC: one person's picture with light, colour, glasses and cloth painted on, swaying a little.
It can show that a guise breaks the detector; that none does here proves nothing about people. The last line is the
ratio.
"""

import argparse
import asyncio
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local_stack import chromium
from playwright.async_api import Browser, CDPSession, Page, async_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.e2e.conftest import FLAGS, free_port  # noqa: E402 - the tests are no installed package
from tests.media.camera import fake_camera  # noqa: E402

PATIENCE = 30.0
GUISES = [
    "one",
    "dim",
    "very-dim",
    "light-left",
    "light-right",
    "light-behind",
    "skin-2",
    "skin-3",
    "skin-4",
    "skin-5",
    "glasses",
    "sunglasses",
    "cap",
    "scarf",
    "mask",
]
MODES = {
    "detector": "face.startDetector()",
    "monitor": "face.start(false)",
    "monitor + expression": "face.start(true)",
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--parity-frames", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        _build(pages)
        _print_sizes(pages)
        with _gateway(pages) as origin:
            asyncio.run(_measure(origin, given.frames, given.parity_frames))
    return 0


async def _measure(origin: str, frames: int, parity_frames: int) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        costs = await _costs(browser, origin, frames)
        await _parity(browser, origin, parity_frames)
        await browser.close()
    ratios = [f"{name} {costs[name] / costs['detector']:.2f}" for name in list(MODES)[1:]]
    _say(f"\nratio to detector only: {', '.join(ratios)}")


async def _costs(browser: Browser, origin: str, frames: int) -> dict[str, float]:
    """CPU milliseconds per frame and mode, each in a page of its own."""
    costs = {}
    _say(f"\nrenderer CPU ms per frame, one face, median wall ms in brackets, {frames} frames")
    for name, start in MODES.items():
        page = await _open(browser, origin)
        cdp = await browser.new_browser_cdp_session()
        await page.evaluate("face.show()")
        idle = await _use(cdp, asyncio.sleep(5)) / 5
        await page.evaluate(start)
        await _frames(page, 5)  # the first ones compile
        began = time.monotonic()
        used = await _use(cdp, _frames(page, frames))
        costs[name] = 1000 * (used - idle * (time.monotonic() - began)) / frames
        wall = statistics.median(sample["tookMs"] for sample in await page.evaluate("face.samples"))
        _say(f"{name:22} {costs[name]:6.1f}  ({wall:.0f})")
        await cdp.detach()
        await page.context.close()
    return costs


async def _parity(browser: Browser, origin: str, frames: int) -> None:
    page = await _open(browser, origin)
    await page.evaluate("fakeCamera.move(true)")
    await page.evaluate("face.start(true)")
    await _frames(page, 3)
    _say(f"\nSYNTHETIC parity: one painted face, {frames} swaying frames each; right is 1 face and the first row's yaw")
    _say(f"{'guise':14} {'found':>6} {'doubt':>6} {'sure':>5} {'yaw':>6} {'error':>6}  expression read (it is a smile)")
    rest = 0.0
    for guise in GUISES:
        await page.evaluate("guise => fakeCamera.show(guise)", guise)
        await _frames(page, 1)  # the one in flight is of the scene before
        samples = await _frames(page, frames)
        found = [sample for sample in samples if sample["faces"] == 1]
        doubtful = [sample for sample in samples if sample["faces"] == 0 and sample["doubtful"]]
        if not found:
            _say(f"{guise:14} {0:6.0%} {len(doubtful) / len(samples):6.0%}")
            continue
        yaw = statistics.median(sample["yaw"] for sample in found)
        rest = yaw if guise == "one" else rest
        error = statistics.mean(abs(sample["yaw"] - rest) for sample in found)
        sure = statistics.mean(sample["confidence"] for sample in found)
        read = sorted((sample["expression"] or "none" for sample in found), key=str)
        words = ", ".join(f"{word} {read.count(word) / len(read):.0%}" for word in dict.fromkeys(read))
        share, doubt = len(found) / len(samples), len(doubtful) / len(samples)
        _say(f"{guise:14} {share:6.0%} {doubt:6.0%} {sure:5.2f} {yaw:6.1f} {error:6.1f}  {words}")
    await page.context.close()


async def _open(browser: Browser, origin: str) -> Page:
    context = await browser.new_context()
    await context.add_init_script(fake_camera(GUISES))
    page = await context.new_page()
    await page.goto(origin)
    return page


async def _frames(page: Page, count: int) -> list[dict[str, Any]]:
    """Wait for so many more samples, and return them."""
    before: int = await page.evaluate("face.samples.length")
    await page.wait_for_function("least => face.samples.length >= least", arg=before + count, timeout=120_000)
    samples: list[dict[str, Any]] = await page.evaluate("before => face.samples.slice(before)", before)
    return samples


async def _use(cdp: CDPSession, work: Any) -> float:
    """CPU seconds that all renderers use while `work` runs."""
    before = await _cpu(cdp)
    await work
    return await _cpu(cdp) - before


async def _cpu(cdp: CDPSession) -> float:
    found = await cdp.send("SystemInfo.getProcessInfo")
    return sum(float(process["cpuTime"]) for process in found["processInfo"] if process["type"] == "renderer")


def _build(pages: Path) -> None:
    frontend = ROOT / "frontend"
    build = ["exec", "--", "vite", "build", "--logLevel", "warn", "--config", "tests/face/vite.config.ts"]
    command = ["sh", str(frontend / "scripts" / "npm"), *build, "--outDir", str(pages)]
    subprocess.run(command, cwd=frontend, check=True, capture_output=True)  # noqa: S603 - our own build


def _print_sizes(pages: Path) -> None:
    _say("size, kB (gzip)")
    # The other worker of that name is the baseline's.
    workers = sorted((pages / "assets").glob("face.worker-*.js"), key=lambda path: path.stat().st_size)
    for path in [workers[-1], *sorted((pages / "assets").glob("face-*/*"))]:
        content = path.read_bytes()
        zipped = len(gzip.compress(content, 6))
        _say(f"{len(content) / 1000:8.0f} ({zipped / 1000:.0f})  {path.name}")


@contextmanager
def _gateway(pages: Path) -> Iterator[str]:
    port = free_port()
    own = {"GATEWAY_PORT": str(port), "GATEWAY_OPS_PORT": str(free_port()), "GATEWAY_FRONTEND_DIR": str(pages)}
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway.main"],
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait_for(origin, process)
        yield origin
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} does not answer")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

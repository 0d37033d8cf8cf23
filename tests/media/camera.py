"""Fake cameras for Chromium: `python -m tests.media.camera` draws every scene into the cache and names the files.

`camera(kind)` is a file for `--use-file-for-fake-video-capture`; `fake_camera(kinds)` is a script for `add_init_script`
with which one page can switch scenes.
"""

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from local_stack import chromium
from playwright.sync_api import sync_playwright

from tests.media.picture import ROOT, STATE, picture

SCENES = Path(__file__).with_name("scenes.js")
IN_PAGE = Path(__file__).with_name("fake_camera.js")
# Chromium plays it in a loop at 30 frames a second, whatever is in it.
FRAMES = 10


def still(kind: str) -> Path:
    """Return one picture of a scene (JPEG, 640 by 480), drawing them all when the drawing has changed.

    Raises:
        KeyError: There is no such scene.
    """
    folder = _folder()
    if not folder.exists():
        # In a process of its own: callers run an event loop, in which Playwright's plain interface refuses to work.
        subprocess.run([sys.executable, "-m", "tests.media.camera"], check=True, cwd=ROOT)
    found = folder / f"{kind}.jpeg"
    if not found.exists():
        raise KeyError(kind)
    return found


def camera(kind: str) -> Path:
    """Return a scene as a camera file for `--use-file-for-fake-video-capture`."""
    film = still(kind).with_suffix(".mjpeg")
    if not film.exists():
        film.write_bytes(still(kind).read_bytes() * FRAMES)
    return film


def fake_camera(kinds: Iterable[str]) -> str:
    """Return a script that gives pages a camera whose scene can be changed: `await fakeCamera.show("two")`.

    The first kind is shown first. `fakeCamera.unplug()` ends the track as a pulled cable does. A microphone, when it is
    asked for, still comes from the browser (`--use-fake-device-for-media-stream`).
    """
    stills = {kind: base64.b64encode(still(kind).read_bytes()).decode() for kind in kinds}
    return f"({IN_PAGE.read_text(encoding='utf-8')})({json.dumps(stills)});"


def _folder() -> Path:
    version = hashlib.sha256(SCENES.read_bytes()).hexdigest()[:12]
    return STATE / f"scenes-{version}"


def draw_all() -> Path:
    """Draw every scene, in the browser that the tests use anyway, so that no imaging library is needed."""
    folder = _folder()
    fresh = folder.with_suffix(".new")
    fresh.mkdir(parents=True, exist_ok=True)
    url = "data:image/png;base64," + base64.b64encode(picture().read_bytes()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.evaluate(f"{SCENES.read_text(encoding='utf-8')}; undefined")
        for kind in page.evaluate("sceneNames"):
            drawn: str = page.evaluate("([url, kind]) => drawScene(url, kind)", [url, kind])
            (fresh / f"{kind}.jpeg").write_bytes(base64.b64decode(drawn.partition(",")[2]))
        browser.close()
    fresh.rename(folder)
    return folder


if __name__ == "__main__":
    sys.stdout.write(f"{_folder() if _folder().exists() else draw_all()}\n")

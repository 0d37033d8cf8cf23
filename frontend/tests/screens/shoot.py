"""Photographs every screen at three widths in both themes and asks axe about each.

    .venv/bin/python frontend/tests/screens/shoot.py OUT [--only room,report] [--widths 360,1440] [--themes light]

Needs `npm run build` first. Ends with `N clean, N with faults`, and not 0 when there are any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from admin_scenes import ADMIN_SCENES
from bank_scenes import BANK_SCENES
from second_try_scenes import SECOND_TRY_SCENES
from browser import FRONTEND, ORIGIN, chromium, serve
from hard_words_scenes import HARD_WORDS_SCENES
from playwright.sync_api import Browser, Page, TimeoutError
from record_scenes import RECORD_SCENES
from room_scenes import ROOM_SCENES
from scenes import SCENES, Scene
from tailoring_scenes import TAILORING_SCENES

AXE = (FRONTEND / "node_modules/axe-core/axe.min.js").read_text()
# The clock of the browser stands still at this time, so that pictures differ only when the screens do.
TIME = "2026-11-22T14:05:00Z"


def faults_of(page: Page) -> list[str]:
    # Through the debugger, as the content security policy of the page forbids foreign scripts.
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        f"{v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:200]!r}"
        for v in result["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        found.append(f"scrolls sideways by {wide} px")
    if page.locator("h1:visible, h1.visually-hidden").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    return found


def shoot(browser: Browser, scene: Scene, width: int, theme: str, out: Path) -> list[str]:
    context = browser.new_context(
        viewport={"width": width, "height": scene.height or {360: 740, 768: 1024}.get(width, 900)},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=width == 360,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.clock.install(time=TIME)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"page error: {error}"))
    page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    if scene.prepare:
        scene.prepare(page)
    waiting = serve(page, scene.table())
    page.goto(ORIGIN + scene.path)
    page.wait_for_selector("h1", state="attached")
    page.wait_for_timeout(350)
    if scene.act:
        try:
            scene.act(page)
        except TimeoutError as error:
            errors.append(f"could not be brought about: {error.message.splitlines()[0]}")
    page.screenshot(path=out / f"{scene.name}-{width}-{theme}.png", full_page=not scene.name.startswith("room"))
    errors += faults_of(page)
    for route in waiting:
        route.abort()
    context.close()
    return errors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--widths", default="360,768,1440")
    parser.add_argument("--themes", default="light,dark")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in options.only.split(",") if name]
    clean = faulty = 0
    with chromium() as browser:
        for scene in [
            *SCENES,
            *ROOM_SCENES,
            *TAILORING_SCENES,
            *RECORD_SCENES,
            *ADMIN_SCENES,
            *BANK_SCENES,
            *SECOND_TRY_SCENES,
            *HARD_WORDS_SCENES,
        ]:
            if wanted and not any(scene.name == w or scene.name.startswith(w + "-") for w in wanted):
                continue
            for width in map(int, options.widths.split(",")):
                for theme in options.themes.split(","):
                    faults = shoot(browser, scene, width, theme, options.out)
                    clean, faulty = (clean, faulty + 1) if faults else (clean + 1, faulty)
                    for fault in faults:
                        print(f"{scene.name} {width} {theme}: {fault}")
    print(f"{clean} clean, {faulty} with faults")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())

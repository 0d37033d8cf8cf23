"""What holds for every screen, whatever is on it."""

from typing import Any, Literal

from playwright.async_api import Page

SIZES = ((360, 740), (768, 1024), (1440, 900))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
USUAL_SIZE = (1280, 900)
# Two frames: the first lays out what a media query has changed, the second what React makes of it.
_MEASURED = """
async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const inside = window.innerWidth;
  const sticking = [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > inside + 1)
    .map((element) => element.outerHTML.slice(0, 120));
  return {
    inside,
    needed: document.scrollingElement.scrollWidth,
    headings: [...document.querySelectorAll('h1')].map((heading) => heading.textContent),
    theme: document.documentElement.dataset.bsTheme,
    sticking: sticking.slice(-3),
  };
}
"""


async def expect_fits(page: Page, name: str) -> None:
    """Expect one first heading and no sideways scrolling, on a phone, a tablet and a desk, in light and in dark."""
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found: dict[str, Any] = await page.evaluate(_MEASURED)
            where = f"{name}, {width} px, {scheme}"
            assert found["theme"] == scheme, where
            assert found["needed"] <= found["inside"], f"{where}: scrolls sideways because of {found['sticking']}"
            assert len(found["headings"]) == 1, f"{where}: {found['headings']}"
    await page.set_viewport_size({"width": USUAL_SIZE[0], "height": USUAL_SIZE[1]})
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")

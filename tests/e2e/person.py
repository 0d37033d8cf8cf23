"""What a person does in the browser, in the words that are on the screen."""

import json
import re
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page, expect

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
SLOW = 60_000
# Two frames, so that what is going to move has begun to; then until it has arrived.
AT_REST = """
async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}
"""
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def expect_accessible(page: Page, name: str) -> None:
    """Run axe on the screen as it is, in light and in dark."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.evaluate(AT_REST)
        options = {"runOnly": {"type": "tag", "values": _RULES}}
        found: dict[str, Any] = await page.evaluate(f"axe.run(document, {json.dumps(options)})")
        problems = [
            f"{violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        assert not problems, f"{name}, {scheme}:\n" + "\n".join(problems)
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")


async def sign_up(page: Page, url: str, name: str, email: str, password: str) -> None:
    """Make an account; the browser is logged in afterwards."""
    await page.goto(f"{url}/signup")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Create account").click()
    await expect(page).to_have_url(f"{url}/interviews/new")


async def log_in(page: Page, url: str, email: str, password: str) -> None:
    """Log in."""
    await page.goto(f"{url}/login")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Log in").click()
    await expect(page).not_to_have_url(f"{url}/login")


async def log_out(page: Page) -> None:
    """Log out through the account menu."""
    await page.get_by_role("button", name="your account").click()
    await page.get_by_role("button", name="Log out").click()
    await expect(page.get_by_role("link", name="Log in")).to_be_visible()


async def choose(
    page: Page,
    url: str,
    *,
    role: str = "Backend engineer",
    level: str = "Mid",
    count: int = 3,
    fallback: bool = True,
    follow_ups: int = 0,
) -> None:
    """Choose a job, a level, a length and how many follow-ups, and have the questions prepared."""
    await page.goto(f"{url}/interviews/new")
    await page.get_by_label("Search jobs").fill(role)
    await page.get_by_label("Search jobs").press("Enter")
    await page.get_by_role("radio", name=level).check()
    await (
        page.get_by_role("group", name="Number of questions")
        .get_by_role("radio", name=re.compile(rf"^{count} "))
        .check()
    )
    offered = page.get_by_role("group", name="Follow-ups to each question")
    await offered.get_by_role("radio", name="None" if follow_ups == 0 else f"Up to {follow_ups}").check()
    if not fallback:
        await page.get_by_label("the built-in bank and engine may step in").uncheck()
    await page.get_by_role("button", name="Prepare my questions").click()


async def expect_ready(page: Page, count: int) -> None:
    """Wait for the questions."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Your {count} questions are ready", timeout=SLOW)


async def start(page: Page, count: int) -> None:
    """Wait for the questions and look at the first."""
    await expect_ready(page, count)
    await page.get_by_role("button", name="Show the first question").click()
    await expect(page.get_by_label("Your answer", exact=True)).to_be_visible()


async def enter_room(page: Page, url: str, email: str, password: str, **choices: Any) -> str:
    """Sign up, choose, look at the first question, and return the interview's id."""
    await sign_up(page, url, "Robin Example", email, password)
    await choose(page, url, **choices)
    await start(page, choices.get("count", 3))
    return interview_id(page)


def interview_id(page: Page) -> str:
    """Return the id of the interview whose screen this is."""
    found = re.search(r"/interviews/([0-9a-f-]{36})", page.url)
    assert found, page.url
    return found.group(1)


async def question(page: Page) -> str:
    """Return the question that is being asked."""
    await expect(page.get_by_label("Your answer", exact=True)).to_be_visible()
    return await page.get_by_role("heading", level=1).inner_text()


async def expect_saved(page: Page) -> None:
    """Wait until the room says that the answer is safe."""
    await expect(page.get_by_text("Saved", exact=True)).to_be_visible()


async def hand_in(page: Page, answer: str) -> None:
    """Type an answer and hand it in; the next screen has another heading."""
    asked = await question(page)
    await page.get_by_label("Your answer", exact=True).fill(answer)
    await page.get_by_role("button", name="Hand in").click()
    await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)


async def skip(page: Page) -> None:
    """Skip the question, and say yes when asked whether."""
    asked = await question(page)
    await page.get_by_role("button", name="Skip", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name=re.compile("^Skip")).click()
    await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)


async def finish_early(page: Page) -> None:
    """Leave for good."""
    await page.get_by_role("button", name="Leave the interview").click()
    await page.get_by_role("button", name="Finish for good").click()
    await expect(page).to_have_url(re.compile("/report$"))


async def open_answers(page: Page) -> None:
    """Open every answer of the report."""
    answers = page.get_by_role("region", name="Answer by answer")
    # In one go: an answer may open by itself between a look and a press.
    await answers.evaluate("all => all.querySelectorAll('[aria-expanded=false]').forEach((one) => one.click())")
    await expect(answers.locator("[aria-expanded=false]")).to_have_count(0)


async def expect_report(page: Page) -> None:
    """Wait until the summary of the report is there, past rating one's own answers."""
    ways = page.get_by_role("button", name="Skip this and show the report")
    # A report that is being loaded has its heading already.
    await expect(ways.or_(page.get_by_role("button", name="Save report"))).to_be_visible(timeout=SLOW)
    if await ways.is_visible():
        await ways.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Your report", timeout=SLOW)

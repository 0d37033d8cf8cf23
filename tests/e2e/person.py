"""What a person does in the browser, in the words that are on the screen."""

import json
import re
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page, expect

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
SLOW = 60_000
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def expect_accessible(page: Page, name: str) -> None:
    """Run axe on the screen as it is, in light and in dark."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.wait_for_timeout(300)  # colours change over 160 ms
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


async def choose(page: Page, url: str, *, role: str, level: str, count: int) -> None:
    """Choose a job, a level and a length, and have the questions prepared."""
    await page.goto(f"{url}/interviews/new")
    await page.get_by_label("Search jobs").fill(role)
    await page.get_by_label("Search jobs").press("Enter")
    await page.get_by_role("radio", name=level).check()
    await (
        page.get_by_role("group", name="Number of questions")
        .get_by_role("radio", name=re.compile(rf"^{count} "))
        .check()
    )
    await page.get_by_role("button", name="Prepare my questions").click()


async def start(page: Page, count: int) -> None:
    """Wait for the questions and look at the first."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Your {count} questions are ready", timeout=SLOW)
    await page.get_by_role("button", name="Show the first question").click()
    await expect(page.get_by_label("Your answer")).to_be_visible()


async def hand_in(page: Page, answer: str) -> None:
    """Type an answer and hand it in; the next screen has another heading."""
    question = await page.get_by_role("heading", level=1).inner_text()
    await page.get_by_label("Your answer").fill(answer)
    await page.get_by_role("button", name="Hand in").click()
    await expect(page.get_by_role("heading", level=1)).not_to_have_text(question)


async def expect_report(page: Page) -> None:
    """Wait until the summary of the report is there."""
    await expect(page.get_by_role("heading", level=1)).to_have_text("Your report", timeout=SLOW)

"""Before the report: rating one's own answers, or not."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e import applicant, person, screens
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
HEADING = "Rate your own answers first"


async def interviewed(page: Page, product: Product, email: str) -> str:
    """Answer everything, up to the step before the report."""
    interview_id = await person.enter_room(page, product.url, email, PASSWORD)
    for answer in ANSWERS:
        await person.hand_in(page, answer)
    await expect(page.get_by_role("heading", level=1)).to_have_text(HEADING, timeout=person.SLOW)
    return interview_id


async def test_own_ratings_are_given_before_any_score_and_compared_after(
    page: Page, offline: Product, email: str
) -> None:
    interview_id = await interviewed(page, offline, email)
    await expect(page.get_by_text("0 of 3 answers rated. A comparison needs two.")).to_be_visible()
    await expect(page.get_by_role("button", name="Show the report without ratings")).to_be_visible()
    await expect(page.get_by_text("Answer by answer")).to_have_count(0)
    await person.expect_accessible(page, "own ratings")
    await screens.expect_fits(page, "own ratings")

    for number, level in ((1, "5 exceptional"), (2, "4 strong")):
        ratings = page.get_by_role("group", name=f"Your rating of the answer to question {number}")
        await ratings.get_by_role("radio", name=level).check()
    await page.get_by_text("What you said", exact=True).first.click()
    await expect(page.get_by_text(ANSWERS[0])).to_be_visible()
    async with applicant.logged_in(offline, email, PASSWORD) as candidate:
        # So that there are scores to compare with, of which nothing is told.
        await candidate.until(interview_id, lambda known: known["report_status"] not in {"none", "pending"})
        told = await candidate.report(interview_id)
    assert (told["status"], told["revealed"], told["report"]) == ("done", False, None)
    assert [one["analysis"] for one in told["answers"]] == [None] * len(ANSWERS)
    await page.get_by_role("button", name="Save and show the report").click()

    await expect(page.get_by_role("button", name="Save report")).to_be_visible(timeout=person.SLOW)
    own = page.get_by_role("region", name="Your own ratings")
    await expect(own).to_contain_text("4.5 by yourself")
    await expect(own).to_contain_text("over 2 answers")
    await person.expect_accessible(page, "report with own ratings")

    await page.reload()
    await expect(own).to_contain_text("4.5 by yourself")
    await expect(page.get_by_role("heading", name=HEADING)).to_have_count(0)


async def test_a_report_that_waits_is_in_the_lists_without_a_figure(page: Page, offline: Product, email: str) -> None:
    interview_id = await interviewed(page, offline, email)
    async with applicant.logged_in(offline, email, PASSWORD) as candidate:
        await candidate.until(interview_id, lambda known: known["report_status"] == "done")
    await page.goto(f"{offline.url}/history")
    row = page.get_by_role("region", name="Interviews").get_by_role("listitem")
    await expect(row).to_contain_text("Rate your answers")
    await expect(page.get_by_role("heading", name="By competency")).to_have_count(0)
    await person.expect_accessible(page, "history, a report that waits")
    await page.goto(f"{offline.url}/home")
    await expect(page.get_by_text("Your report is ready", exact=True)).to_be_visible()
    await person.expect_accessible(page, "home, a report that waits")
    await page.get_by_role("link", name="Open the report").click()
    await person.expect_report(page)
    await page.get_by_role("link", name="History").first.click()
    await expect(row).to_contain_text(re.compile("beginning|developing|solid|strong|exceptional"))
    await expect(page.get_by_role("heading", name="By competency")).to_be_visible()


async def test_rating_is_skipped_with_one_press(page: Page, offline: Product, email: str) -> None:
    await interviewed(page, offline, email)
    await page.get_by_role("button", name="Skip this and show the report").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Save report")).to_be_visible(timeout=person.SLOW)
    await expect(page.get_by_role("region", name="Your own ratings")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("button", name="Save report")).to_be_visible()


async def test_report_that_was_opened_in_another_tab_is_open_here_too(page: Page, offline: Product, email: str) -> None:
    await interviewed(page, offline, email)
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.get_by_role("button", name="Skip this and show the report").click()
    await expect(other.get_by_role("button", name="Save report")).to_be_visible(timeout=person.SLOW)
    await other.close()
    await expect(page.get_by_role("button", name="Save report")).to_be_visible(timeout=person.SLOW)
    await expect(page.get_by_role("region", name="Your own ratings")).to_have_count(0)

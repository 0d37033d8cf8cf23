"""After the interview: an answer said better with one's own words, and a question answered once more."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e import person
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product
from tests.e2e.screens import expect_fits

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
STORY = (
    "In my last job our nightly import failed often and nobody knew why. I asked a colleague who knew the parser, and "
    "we looked at the failing files together. In the end the import worked again and everybody was happy with it."
)
FACT = "Failed nights fell from 9 a month to 1."


async def looked_at(page: Page, name: str) -> None:
    """Keep pictures when somebody wants to look: SECOND_TRY_SCREENS names the folder."""
    folder = os.environ.get("SECOND_TRY_SCREENS")
    if not folder:
        return
    for width in (360, 1440):
        await page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)


async def reported(page: Page, product: Product, email: str) -> str:
    interview_id = await person.enter_room(page, product.url, email, PASSWORD)
    await person.hand_in(page, STORY)
    for answer in ANSWERS[1:]:
        await person.hand_in(page, answer)
    await person.expect_report(page)
    await person.open_answers(page)
    return interview_id


async def test_outline_holds_what_was_said_and_the_facts_that_were_added(
    page: Page, offline: Product, email: str
) -> None:
    interview_id = await reported(page, offline, email)
    entry = page.locator("#question-1")
    await entry.get_by_text("Improve this answer", exact=True).press("Enter")
    await entry.get_by_role("button", name="Begin", exact=True).click()
    # The bank's first question may be of a kind of which nothing is asked; then it goes straight to work.
    asked = entry.get_by_role("button", name="Improve my answer")
    outline = entry.get_by_role("heading", name="An outline from your own sentences")
    await expect(asked.or_(outline)).to_be_visible()
    given = await asked.count() > 0
    if given:
        await expect(entry.get_by_text("leave open what you do not know")).to_be_visible()
        await person.expect_accessible(page, "facts are asked for")
        await looked_at(page, "asking")
        await entry.get_by_role("textbox").first.fill(FACT)
        await asked.click()
    await expect(outline).to_be_visible()
    lines = await entry.locator(".outline .said").all_inner_texts()
    assert lines
    assert all(line in STORY or line == FACT for line in lines)
    assert (FACT in lines) == given
    await entry.get_by_role("button", name="Copy the text").click()
    await expect(entry.get_by_text("Copied.").or_(entry.get_by_text("copy it yourself"))).to_be_visible()
    await person.expect_accessible(page, "outline")
    await expect_fits(page, "outline")
    await looked_at(page, "outline")
    async with offline.api(email, PASSWORD) as client:
        told = (await client.get(f"/api/reports/{interview_id}")).json()
        path = f"/api/reports/{interview_id}/answers/{told['answers'][0]['answer_id']}/improvements"
        improvement = (await client.get(path)).json()
    assert (improvement["status"], improvement["result"]["kind"]) == ("ready", "outline")


async def test_second_attempt_survives_a_reload_and_is_compared_with_the_first(
    page: Page, offline: Product, email: str
) -> None:
    interview_id = await reported(page, offline, email)
    async with offline.api(email, PASSWORD) as client:
        before = (await client.get(f"/api/reports/{interview_id}")).json()
    entry = page.locator("#question-1")
    await entry.get_by_text("Answer it again, and compare", exact=True).press("Enter")
    await entry.get_by_role("button", name="Answer it again").click()
    async with page.expect_response(lambda one: one.url.endswith("/attempts/2/draft") and one.ok):
        await entry.get_by_label("Attempt 2", exact=True).fill(ANSWERS[0])
    await person.expect_accessible(page, "attempt being written")
    await looked_at(page, "writing")
    await page.reload()
    await person.expect_report(page)
    await person.open_answers(page)
    await entry.get_by_text("Answer it again, and compare", exact=True).press("Enter")
    await expect(entry.get_by_label("Attempt 2", exact=True)).to_have_value(ANSWERS[0])
    await entry.get_by_role("button", name="Hand in attempt 2").click()
    await expect(entry.get_by_label("Compare", exact=True)).to_be_visible()
    await expect(entry.get_by_role("region", name="Attempt 2")).to_contain_text(ANSWERS[0])
    await expect(entry.get_by_role("region", name="Attempt 1")).to_contain_text(STORY)
    await expect(entry.get_by_text("being read")).to_have_count(0)
    await person.expect_accessible(page, "two attempts compared")
    await expect_fits(page, "two attempts compared")
    await looked_at(page, "compared")
    async with offline.api(email, PASSWORD) as client:
        after = (await client.get(f"/api/reports/{interview_id}")).json()
        interview = (await client.get(f"/api/interviews/{interview_id}")).json()
    assert after["report"] == before["report"]
    assert [one["attempt"] for one in after["attempts"]] == [2]
    assert interview["status"] == "completed"
    assert interview["questions"][0]["answer"]["text"] == STORY

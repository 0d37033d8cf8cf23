import re

import pytest
from fake_gemini.server import FakeGemini
from playwright.async_api import Page, expect

from tests.e2e import person
from tests.e2e.answers import PASSWORD
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# "3.4", "level 3 of 5", "4 of 5": how the product writes a score, wherever it writes one.
A_SCORE = re.compile(r"\b[1-5]\.\d\b|\blevel [1-5]\b|\b[1-5](\.\d)? of 5\b")
BANDS = re.compile(r"\b(beginning|developing|solid|strong|exceptional)\b")
UNKNOWN = "The answer says that it is not known, so there is nothing to judge."


async def expect_no_score(page: Page) -> None:
    said = re.sub(r"gemini-[\d.]+", "", await page.get_by_role("main").inner_text())
    for asked in await page.locator(".entry-question").all_inner_texts():
        said = said.replace(asked, "")  # "a strong opinion" in a question is no mark
    assert not A_SCORE.search(said), said
    assert not BANDS.search(said), said


async def answer_that_it_is_not_known(page: Page) -> None:
    await person.hand_in(page, "I don't know.")
    await person.finish_early(page)
    await person.expect_report(page)
    await person.open_answers(page)
    await expect(page.get_by_role("region", name="Answer by answer")).to_contain_text(UNKNOWN)
    await expect(page.get_by_text("Rests on 0 of 3 questions (1 answered).")).to_be_visible()
    await expect_no_score(page)


async def test_three_times_fine_has_no_score_anywhere_and_says_why(page: Page, offline: Product, email: str) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD)
    for _ in range(3):
        await person.hand_in(page, "fine.")
    await person.expect_report(page)
    await person.open_answers(page)
    await expect(page.get_by_text("Not scored", exact=True)).to_have_count(3)
    reasons = page.get_by_text("Too little to judge: 1 word of its own, and at least 25 are needed.", exact=True)
    await expect(reasons).to_have_count(3)
    await expect(
        page.get_by_text(re.compile("an overall figure needs at least 3", re.IGNORECASE)).first
    ).to_be_visible()
    await expect(page.get_by_text("Rests on 0 of 3 questions (3 answered).")).to_be_visible()
    await expect_no_score(page)
    await person.expect_accessible(page, "report without a score")

    for path in ("/home", "/history"):
        await page.goto(f"{offline.url}{path}")
        await expect(page.get_by_text("Backend engineer, mid").first).to_be_visible()
        await expect_no_score(page)
    await expect(page.get_by_text("No overall score")).to_be_visible()
    async with offline.api(email, PASSWORD) as client:
        report = (await client.get(f"/api/reports/{interview_id}")).json()
        summary = (await client.get("/api/interviews")).json()["items"][0]
    assert report["status"] == "insufficient"
    assert report["report"]["overall"]["score"] is None
    assert [answer["analysis"]["score"] for answer in report["answers"]] == [None] * 3
    assert [answer["analysis"]["dimensions"] for answer in report["answers"]] == [[]] * 3
    assert summary["overall"] is None

    await person.log_out(page)
    await person.log_in(page, offline.url, offline.admin_email, offline.admin_password)
    await page.goto(f"{offline.url}/admin/interviews/{interview_id}")
    await expect(page.get_by_role("region", name="Report")).to_contain_text("No figure.")
    await expect(page.get_by_role("article")).to_have_count(3)
    said = await page.get_by_role("region", name="Report").inner_text()
    assert not A_SCORE.search(said), said
    for record in await page.get_by_role("article").all():
        await expect(record).to_contain_text("Not scored")
        assert not re.search(r"\b[1-5]\.\d\b|\blevel [1-5]\b", await record.inner_text())


async def test_not_knowing_is_no_low_score(page: Page, offline: Product, email: str) -> None:
    await person.enter_room(page, offline.url, email, PASSWORD)
    await answer_that_it_is_not_known(page)


async def test_not_knowing_is_no_low_score_with_gemini(
    page: Page, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    await person.enter_room(page, with_gemini.url, email, PASSWORD)
    asked = len(gemini.requests)
    await answer_that_it_is_not_known(page)
    # There is nothing in it that an AI could judge, so none is asked.
    assert len(gemini.requests) == asked

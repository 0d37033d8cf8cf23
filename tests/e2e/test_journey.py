import re

import pytest
from fake_gemini.server import FakeGemini
from playwright.async_api import Page, expect

from tests.e2e import person
from tests.e2e.product import Product

PASSWORD = "a quiet afternoon in March"
# Long enough to be judged, and about something: what is scored is what the answers cover.
ANSWERS = [
    (
        "At my last job our nightly import took four hours and often failed. I measured each step first, found that every "
        "row was written on its own, and decided to write in batches of five hundred. I wrote tests for the present "
        "behaviour before I changed anything, reviewed the change with a colleague and released it in small steps. The "
        "import then took twenty minutes, and the number of failed nights fell from nine a month to one."
    ),
    (
        "We had a disagreement about a deadline. I talked with the customer and with the team, asked what mattered most, "
        "and proposed to deliver the report first and the export two weeks later. I wrote down the risks, kept everybody "
        "informed every Friday, and we delivered both on the days we had said. Afterwards I asked for feedback, and since "
        "then I agree on the order of the work before I agree on a date."
    ),
    (
        "First I would reproduce the problem with the smallest example that shows it. Then I would look at the logs and the "
        "latest changes, compare what I expected with what happens, and test one hypothesis at a time. When I know the "
        "cause I write a test that fails, fix it, run all tests and watch the metrics after the release for a day."
    ),
]


async def candidate_journey(page: Page, product: Product, email: str) -> str:
    """Sign up, sit an interview of three questions and return the address of the report."""
    await page.goto(product.url)
    await person.expect_accessible(page, "landing")
    await page.goto(f"{product.url}/signup")
    await person.expect_accessible(page, "sign-up")
    await person.sign_up(page, product.url, "Robin Example", email, PASSWORD)
    await page.goto(f"{product.url}/home")
    await person.expect_accessible(page, "home, first visit")

    await person.log_out(page)
    await page.goto(f"{product.url}/login")
    await person.expect_accessible(page, "log-in")
    await person.log_in(page, product.url, email, PASSWORD)

    await page.goto(f"{product.url}/interviews/new")
    await expect(page.get_by_label("Search jobs")).to_be_visible()
    await person.expect_accessible(page, "new interview")
    await person.choose(page, product.url, role="Backend engineer", level="Mid", count=3)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Your 3 questions are ready", timeout=person.SLOW)
    await person.expect_accessible(page, "ready to start")
    await person.start(page, 3)
    for number, answer in enumerate(ANSWERS, start=1):
        await expect(page.get_by_text(re.compile(rf"\b{number}\s+of 3"))).to_be_visible()
        if number == 1:
            await person.expect_accessible(page, "room")
        await person.hand_in(page, answer)
    await person.expect_report(page)
    await person.expect_accessible(page, "report")
    return page.url


@pytest.mark.browser
@pytest.mark.timeout(300)
async def test_a_candidate_sits_an_interview_and_an_administrator_reads_it(
    page: Page, offline: Product, email: str
) -> None:
    report = await candidate_journey(page, offline, email)
    await expect(page.get_by_role("heading", name="Answer by answer")).to_be_visible()
    interview_id = report.split("/")[-2]
    async with offline.api(email, PASSWORD) as client:
        told = (await client.get(f"/api/reports/{interview_id}")).json()
    assert told["status"] == "done"
    assert [answer["text"] for answer in told["answers"]] == ANSWERS
    for answer in told["answers"]:
        quotes = [e for point in answer["analysis"]["key_points"] for e in point["evidence"]]
        assert all(answer["text"][quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)
        assert answer["analysis"]["provenance"]["provider"] == "offline"
    overall = told["report"]["overall"]
    assert overall["score"] is not None
    await expect(page.get_by_text(f"{overall['score']['value']:.1f}").first).to_be_visible()

    await page.goto(f"{offline.url}/history")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await person.expect_accessible(page, "history, one interview")
    await page.goto(f"{offline.url}/home")
    await person.expect_accessible(page, "home, one interview")
    await page.goto(f"{offline.url}/account")
    await person.expect_accessible(page, "account")
    await page.goto(f"{offline.url}/admin")
    await person.expect_accessible(page, "no permission")
    await page.goto(f"{offline.url}/nowhere")
    await person.expect_accessible(page, "not found")


@pytest.mark.browser
@pytest.mark.timeout(300)
async def test_the_same_path_with_gemini(
    page: Page, with_gemini: Product, gemini_server: FakeGemini, email: str
) -> None:
    report = await candidate_journey(page, with_gemini, email)
    async with with_gemini.api(email, PASSWORD) as client:
        told = (await client.get(f"/api/reports/{report.split('/')[-2]}")).json()
    assert {answer["analysis"]["provenance"]["provider"] for answer in told["answers"]} == {"gemini"}
    sent = str(gemini_server.requests)
    assert "Robin" not in sent
    assert email not in sent

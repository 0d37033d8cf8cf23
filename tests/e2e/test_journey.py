import re

import pytest
from fake_gemini.server import FakeGemini
from playwright.async_api import Page, expect

from tests.e2e import person
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product


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
    await person.expect_ready(page, 3)
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
@pytest.mark.timeout(600)
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
@pytest.mark.timeout(600)
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

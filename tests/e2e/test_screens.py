import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import applicant, person, screens
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.conftest import fresh_context
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
NO_INTERVIEW = "0190aaaa-0000-7000-8000-000000000000"


async def look(page: Page, product: Product, *paths: str) -> None:
    for path in paths:
        await page.goto(f"{product.url}{path}")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await expect(page.get_by_text("Loading").first).to_be_hidden()
        await screens.expect_fits(page, path)


async def test_the_screens_for_everybody_fit(page: Page, offline: Product) -> None:
    await look(page, offline, "/", "/signup", "/login", "/nowhere")
    await page.goto(f"{offline.url}/signup")
    await page.get_by_role("button", name="Create account").click()
    await screens.expect_fits(page, "sign-up with errors")


async def test_the_screens_of_a_candidate_fit(page: Page, offline: Product, email: str) -> None:
    # A name as long as some are, in one word.
    await person.sign_up(page, offline.url, "Wolkenstein-Trostburg-Hohenlohe-Schillingsfürst", email, PASSWORD)
    await look(page, offline, "/home", "/history", "/interviews/new", "/account", "/admin")
    await look(page, offline, f"/interviews/{NO_INTERVIEW}", f"/interviews/{NO_INTERVIEW}/report")
    await person.choose(page, offline.url, role="Learning", level="Senior")
    await person.expect_ready(page, 3)
    await screens.expect_fits(page, "ready")
    await person.start(page, 3)
    await page.get_by_label("Your answer", exact=True).fill("Donaudampfschifffahrtsgesellschaftskapitän " * 40)
    await person.expect_saved(page)
    await screens.expect_fits(page, "room")
    await page.get_by_role("button", name="Skip", exact=True).click()
    await screens.expect_fits(page, "skip?")
    await page.get_by_role("button", name="Keep writing").click()
    await page.get_by_role("button", name="Leave the interview").click()
    await screens.expect_fits(page, "leave?")
    await page.get_by_role("button", name="Stay").click()
    await page.get_by_label("Your answer", exact=True).fill("x" * 20_001)
    await screens.expect_fits(page, "too long an answer")
    for answer in ANSWERS:
        await person.hand_in(page, answer)
    await person.expect_report(page)
    await person.open_answers(page)
    await screens.expect_fits(page, "report")
    await look(page, offline, "/home", "/history")


async def test_the_screens_of_an_administrator_fit(browser: Browser, page: Page, offline: Product, email: str) -> None:
    async with applicant.signed_up(offline, "Wolkenstein-Trostburg-Hohenlohe-Schillingsfürst", email, PASSWORD) as one:
        interview_id = await one.set_up()
        await one.sit(interview_id, ANSWERS)
    await person.log_in(page, offline.url, offline.admin_email, offline.admin_password)
    await expect(page.get_by_role("heading", name="Completed per day")).to_be_visible()
    await look(page, offline, "/admin", "/admin/interviews", "/admin/interviews?status=abandoned&q=nobody")
    await look(page, offline, "/admin/candidates", "/admin/candidates?q=nobody", f"/admin/interviews/{NO_INTERVIEW}")
    await page.goto(f"{offline.url}/admin/interviews/{interview_id}")
    await expect(page.get_by_role("article")).to_have_count(3)
    await screens.expect_fits(page, "admin, one interview")
    await look(page, offline, "/account", "/home")


async def test_the_tests_notice_what_leaves_our_origin_and_what_the_policy_forbids(
    browser: Browser, offline: Product
) -> None:
    async def visit(url: str, script: str) -> None:
        async with fresh_context(browser, offline.url) as context:
            page = await context.new_page()
            await page.goto(url)
            await page.evaluate(script)

    with pytest.raises(AssertionError, match="left our origin"):
        await visit(offline.url.replace("localhost", "127.0.0.1"), "0")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        await visit(offline.url, "document.body.setAttribute('style', 'color: red')")

import asyncio
import re
from contextlib import AsyncExitStack
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e import applicant, person
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PAGE = 20
WITHOUT_NOTE_NUMBERS = """
(answer) => {
  const copy = answer.cloneNode(true);
  copy.querySelectorAll('sup').forEach((number) => number.remove());
  return copy.textContent;
}
"""


async def test_an_administrator_finds_an_interview_and_reads_it(page: Page, offline: Product, email: str) -> None:
    word = email.split("@", maxsplit=1)[0].removeprefix("person-")
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(applicant.signed_up(offline, f"Aino {word}", email, PASSWORD))
        other = await stack.enter_async_context(
            applicant.signed_up(offline, f"Zora {word}", f"zora-{word}@example.com", PASSWORD)
        )
        sat = await first.set_up()
        await first.sit(sat, ANSWERS)
        await first.reveal(sat)
        report = await first.report(sat)
        await asyncio.gather(*(other.choose(role="data-engineer", level="junior") for _ in range(PAGE)))
    overall = f"{report['report']['overall']['score']['value']:.1f}"
    await _until_known(offline, word, interviews=PAGE + 1)

    await person.log_in(page, offline.url, offline.admin_email, offline.admin_password)
    await expect(page).to_have_url(f"{offline.url}/admin")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    await expect(page.get_by_role("heading", name="Completed per day")).to_be_visible()
    await person.expect_accessible(page, "admin, overview")

    await page.get_by_role("navigation", name="Administration").get_by_role("link", name="Interviews").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Interviews")
    await expect(_rows(page).first).to_be_visible()
    await person.expect_accessible(page, "admin, interviews")
    await _page_through(page, word)
    await _sort(page, overall)
    await _filter(page, f"Aino {word}")
    await _read(page, report, overall)
    await _look_for_candidates(page, word)


async def _page_through(page: Page, word: str) -> None:
    await _search(page, word)
    found = page.get_by_role("region", name="Results").get_by_role("status")
    await expect(found).to_have_text(f"{PAGE} interviews on page 1")
    await page.get_by_role("button", name="Older").click()
    await expect(found).to_have_text("1 interview on page 2, the last")
    # The first to be set up is the last of the list.
    await expect(_rows(page)).to_have_count(1)
    await expect(_rows(page)).to_contain_text(f"Aino {word}")
    await page.reload()
    await expect(found).to_have_text("1 interview on page 2, the last")
    await page.get_by_role("button", name="Newer").click()
    await expect(found).to_have_text(f"{PAGE} interviews on page 1")


async def _sort(page: Page, overall: str) -> None:
    column = page.get_by_role("columnheader", name="Candidate")
    await column.get_by_role("button").click()
    await expect(column).to_have_attribute("aria-sort", "ascending")
    await expect(_rows(page).first).to_contain_text("Aino")
    await column.get_by_role("button").click()
    await expect(column).to_have_attribute("aria-sort", "descending")
    await expect(_rows(page).first).to_contain_text("Zora")
    column = page.get_by_role("columnheader", name="Overall")
    await column.get_by_role("button").click()
    await expect(column).to_have_attribute("aria-sort", "descending")
    await expect(_rows(page).first).to_contain_text(f"{overall} of 5")


async def _filter(page: Page, name: str) -> None:
    found = page.get_by_role("region", name="Results").get_by_role("status")
    await page.get_by_label("Job", exact=True).select_option("Data engineer")
    await expect(found).to_have_text(f"{PAGE} interviews")
    await page.get_by_label("Job", exact=True).select_option("Backend engineer")
    await expect(found).to_have_text("1 interview")
    await page.get_by_label("Interview", exact=True).select_option("Left")
    await expect(page.get_by_text("No interview fits these filters.")).to_be_visible()
    await person.expect_accessible(page, "admin, nothing fits")
    await page.get_by_role("region", name="Results").get_by_role("button", name="Clear filters").click()
    await expect(page.get_by_label("Job", exact=True)).to_have_value("")
    await _search(page, name)
    await page.get_by_label("Interview", exact=True).select_option("Completed")
    await expect(_rows(page)).to_have_count(1)
    await expect(_rows(page)).to_contain_text(name)
    await expect(_rows(page)).to_contain_text("Report ready")
    await _rows(page).get_by_role("link", name=name).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)


async def _read(page: Page, report: dict[str, Any], overall: str) -> None:
    await expect(page.get_by_role("region", name="Report")).to_contain_text(overall)
    records = page.get_by_role("region", name="Questions and answers").get_by_role("article")
    await expect(records).to_have_count(3)
    for record, answer in zip(await records.all(), report["answers"], strict=True):
        await expect(record.get_by_role("heading", level=3)).to_have_text(answer["question"]["text"])
        assert await record.locator(".marked-answer").evaluate(WITHOUT_NOTE_NUMBERS) == answer["text"]
        await expect(record).to_contain_text(answer["analysis"]["headline"])
        await expect(record).to_contain_text(f"{answer['analysis']['score']['value']:.1f}")
        for dimension in answer["analysis"]["dimensions"]:
            await expect(record).to_contain_text(dimension["label"])
    await person.expect_accessible(page, "admin, one interview")
    # Back to the table as it was left; the other link of this name is the menu's.
    await page.get_by_role("link", name="Interviews", exact=True).last.click()
    await expect(page.get_by_label("Interview", exact=True)).to_have_value("completed")


async def _look_for_candidates(page: Page, word: str) -> None:
    await page.get_by_role("navigation", name="Administration").get_by_role("link", name="Candidates").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Candidates")
    await _search(page, word)
    await expect(_rows(page)).to_have_count(2)
    await person.expect_accessible(page, "admin, candidates")
    await page.get_by_role("link", name=f"Aino {word}").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Interviews")
    await expect(page.get_by_role("button", name=f"Only Aino {word}")).to_be_visible()
    await expect(_rows(page)).to_have_count(1)


@pytest.mark.parametrize("path", ["/admin", "/admin/interviews", "/admin/candidates"])
async def test_a_candidate_is_refused(page: Page, offline: Product, email: str, path: str) -> None:
    await person.sign_up(page, offline.url, "Robin Example", email, PASSWORD)
    await page.goto(f"{offline.url}{path}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This page is for administrators")
    await person.expect_accessible(page, "no permission")
    # What the page does not show the server does not tell either.
    api = "/api/admin/overview" if path == "/admin" else f"/api{path}"
    told = await page.evaluate(f"fetch('{api}').then(async (answer) => [answer.status, await answer.json()])")
    assert told[0] == 403
    assert told[1]["type"] == "urn:interview-kit:problem:admin-only"
    await page.get_by_role("link", name="To your practice").click()
    await expect(page).to_have_url(f"{offline.url}/home")


async def _search(page: Page, words: str) -> None:
    field = page.get_by_label("Name or e-mail")
    await field.fill(words)
    await field.press("Enter")
    await expect(page).to_have_url(re.compile(r"[?&]q="))


def _rows(page: Page) -> Locator:
    return page.get_by_role("region", name="Results").locator("tbody").get_by_role("row")


async def _until_known(product: Product, word: str, *, interviews: int) -> None:
    """Wait until the news of the interviews has reached the administrators' own tables."""
    query: dict[str, str | int] = {"q": word, "limit": 100}
    async with product.api(product.admin_email, product.admin_password) as client, asyncio.timeout(60):
        while True:
            known = (await client.get("/api/admin/interviews", params=query)).json()["items"]
            done = any(row["report_status"] == "done" for row in known)
            if len(known) == interviews and done and all(row["status"] != "preparing" for row in known):
                return
            await asyncio.sleep(0.2)

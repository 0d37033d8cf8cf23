import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from pypdf import PdfReader

from tests.e2e import person
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.applicant import signed_up
from tests.e2e.product import Product


async def open_report(page: Page, product: Product, email: str) -> str:
    async with signed_up(product, "Robin Example", email, PASSWORD) as applicant:
        interview_id = await applicant.set_up()
        await applicant.sit(interview_id, ANSWERS)
        await person.log_in(page, product.url, email, PASSWORD)
        await page.goto(f"{product.url}/interviews/{interview_id}/report")
        await person.expect_report(page)
        report = await applicant.report(interview_id)
    return str(report["report"]["priorities"][0]["text"])


async def saved(page: Page, choice: str, folder: Path) -> Path:
    """Save with the keyboard alone."""
    await page.get_by_role("button", name="Save report").focus()
    await page.keyboard.press("Enter")
    item = page.get_by_role("button", name=choice)
    await expect(item).to_be_visible()
    await item.focus()
    async with page.expect_download() as download:
        await page.keyboard.press("Enter")
    file = await download.value
    path = folder / file.suggested_filename
    await file.save_as(path)
    return path


@pytest.mark.browser
@pytest.mark.timeout(600)
async def test_a_report_is_saved_as_pdf_and_as_markdown(
    page: Page, offline: Product, email: str, tmp_path: Path
) -> None:
    priority = await open_report(page, offline, email)
    pdf = await saved(page, "PDF, to print or send", tmp_path)
    markdown = await saved(page, "Markdown, as plain text", tmp_path)
    assert re.fullmatch(r"interview-report-backend-engineer-\d{4}-\d\d-\d\d\.pdf", pdf.name)
    assert markdown.name == pdf.with_suffix(".md").name
    printed = " ".join(" ".join(one.extract_text() for one in PdfReader(pdf).pages).split())
    written = markdown.read_text(encoding="utf-8")
    assert priority in printed
    assert priority in written
    for answer in ANSWERS:
        beginning = " ".join(answer.split()[:6])
        assert beginning in printed
        assert beginning in written


@pytest.mark.browser
@pytest.mark.timeout(600)
async def test_a_report_that_could_not_be_saved_says_so_and_can_be_tried_again(
    page: Page, offline: Product, email: str
) -> None:
    await open_report(page, offline, email)
    await page.route("**/export.pdf", lambda route: route.abort())
    await page.get_by_role("button", name="Save report").click()
    await page.get_by_role("button", name="PDF, to print or send").click()
    await expect(page.get_by_role("alert").filter(has_text="The connection is gone.")).to_be_visible()
    await page.unroute("**/export.pdf")
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Try again").click()
    assert (await download.value).suggested_filename.endswith(".pdf")

"""An interview about a real job: files and pasted text, focus, and nothing left behind."""

import re
from base64 import b64encode

import pytest
from playwright.async_api import FilePayload, Page, expect

from services.interview.tests.papers import PDF, docx, pdf
from tests.e2e import person
from tests.e2e.answers import PASSWORD
from tests.e2e.product import Product
from tests.e2e.screens import expect_fits

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
JOB = "Our services retry with jitter and a timeout, keep a cache fresh, and avoid a deadlock with one lock less."
RESUME = ("Jordan Example", "jordan@example.org", "Built the zanzibarite ledger for payments.")
_KEPT_IN_TAB = "() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])"


async def open_section(page: Page, url: str, email: str) -> None:
    await person.sign_up(page, url, "Robin Example", email, PASSWORD)
    await page.get_by_label("Search jobs").fill("Backend engineer")
    await page.get_by_label("Search jobs").press("Enter")
    await page.get_by_role("radio", name="Mid").check()
    await page.get_by_role("button", name="Tailor the questions").press("Enter")
    await expect(page.get_by_label("Job description", exact=True)).to_be_visible()


async def choose_file(page: Page, what: str, file: FilePayload) -> None:
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=f"Choose a file for: {what}").press("Enter")
    await (await chooser.value).set_files(file)


async def test_job_and_resume_shape_the_questions_and_nothing_lingers(page: Page, offline: Product, email: str) -> None:
    await open_section(page, offline.url, email)
    resume = page.get_by_label("Your résumé", exact=True)
    await choose_file(page, "Your résumé", {"name": "cv.pdf", "mimeType": PDF, "buffer": pdf("\n".join(RESUME))})
    await expect(page.get_by_text("Taken out: 1 line with a name, 1 e-mail address.")).to_be_visible()
    await expect(resume).to_have_value(RESUME[-1])
    await resume.press("End")
    await resume.press_sequentially(" It is fast.")
    await page.get_by_label("Job description", exact=True).fill(JOB)
    focus = page.get_by_role("group", name="Focus on").get_by_role("checkbox").first
    label = await page.get_by_role("group", name="Focus on").locator("label").first.inner_text()
    await focus.press("Space")
    await person.expect_accessible(page, "new interview, tailored")
    await expect_fits(page, "new interview, tailored")

    await page.reload()
    await expect(page.get_by_label("Your résumé", exact=True)).to_have_value(f"{RESUME[-1]} It is fast.")
    await expect(page.get_by_label("Job description", exact=True)).to_have_value(JOB)

    # The job and the level are chosen anew after a reload; what was brought along is not.
    await page.get_by_label("Search jobs").fill("Backend engineer")
    await page.get_by_label("Search jobs").press("Enter")
    await page.get_by_role("radio", name="Mid").check()
    await expect(page.get_by_role("group", name="Focus on").get_by_role("checkbox").first).to_be_checked()
    await page.get_by_role("button", name="Prepare my questions").click()
    await person.expect_ready(page, 5)
    reasons = page.get_by_role("region", name="Why these questions")
    await expect(reasons).to_contain_text(f"You chose to focus on {label.strip().lower()}.")
    assert "zanzibarite" not in await page.evaluate(_KEPT_IN_TAB)
    async with offline.api(email, PASSWORD) as client:
        kept = (await client.get(f"/api/interviews/{person.interview_id(page)}/tailoring")).json()
        interview = (await client.get(f"/api/interviews/{person.interview_id(page)}")).text
    assert kept["resume"] == f"{RESUME[-1]} It is fast."
    assert kept["job_description"] == JOB
    assert "zanzibarite" not in interview
    await person.expect_accessible(page, "ready, with reasons")


async def test_file_that_cannot_be_read_keeps_the_text_and_the_one_before_comes_back(
    page: Page, offline: Product, email: str
) -> None:
    await open_section(page, offline.url, email)
    job = page.get_by_label("Job description", exact=True)
    await job.fill("Typed by hand.")
    await choose_file(page, "Job description", {"name": "job.pdf", "mimeType": PDF, "buffer": pdf("")})
    await expect(page.get_by_role("alert")).to_contain_text("There is no text in this file. It may be a scan.")
    await expect(job).to_have_value("Typed by hand.")
    # A system that knows no Word files sends no type; the name says what it is.
    await choose_file(page, "Job description", {"name": "job.docx", "mimeType": "", "buffer": docx(JOB)})
    await expect(job).to_have_value(JOB)
    await expect(page.get_by_role("alert")).to_have_count(0)
    await page.get_by_role("button", name="Bring back the text that was here before").click()
    await expect(job).to_have_value("Typed by hand.")


async def test_dropped_file_is_read(page: Page, offline: Product, email: str) -> None:
    await open_section(page, offline.url, email)
    files = await page.evaluate_handle(
        """(bytes) => {
          const dropped = new DataTransfer();
          const content = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
          dropped.items.add(new File([content], 'job.docx', { type: '' }));
          return dropped;
        }""",
        b64encode(docx(JOB)).decode(),
    )
    job = page.get_by_label("Job description", exact=True)
    await job.dispatch_event("dragover", {"dataTransfer": files})
    await job.dispatch_event("drop", {"dataTransfer": files})
    await expect(job).to_have_value(JOB)
    await expect(page.get_by_text(re.compile(r"^job\.docx was read\."))).to_be_visible()


async def test_logging_out_leaves_no_draft_for_the_next_person(page: Page, offline: Product, email: str) -> None:
    await open_section(page, offline.url, email)
    await page.get_by_label("Your résumé", exact=True).fill(RESUME[-1])
    assert "zanzibarite" in await page.evaluate(_KEPT_IN_TAB)
    await person.log_out(page)
    assert "zanzibarite" not in await page.evaluate(_KEPT_IN_TAB)

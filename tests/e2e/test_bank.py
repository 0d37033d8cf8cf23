import pytest
from playwright.async_api import Page, expect

from tests.e2e import person
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
WORDS = "open day for 200 visitors"


async def test_an_administrator_changes_a_question_and_takes_it_back(page: Page, offline: Product) -> None:
    await person.log_in(page, offline.url, offline.admin_email, offline.admin_password)
    await page.get_by_role("navigation", name="Administration").get_by_role("link", name="Question bank").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Question bank")
    results = page.get_by_role("region", name="Results")
    await expect(results.get_by_role("link").first).to_be_visible()
    await person.expect_accessible(page, "question bank")
    await page.get_by_label("Competency").select_option("Ownership")
    found = results.get_by_role("listitem")
    await expect(found.filter(has_text="difficulty").filter(has_not_text="ownership")).to_have_count(0)
    await expect(found.first).to_contain_text("ownership")
    await page.get_by_label("Role").select_option("Backend engineer")
    await page.get_by_label("Wording").select_option("Changed or added here")
    await expect(results.get_by_role("status")).to_have_text("No question fits these filters.")
    await page.goto(f"{offline.url}/admin/bank")
    await page.get_by_label("Words").fill(WORDS)
    await expect(results.get_by_role("status")).to_have_text("1 on this page")
    first = results.get_by_role("link").first
    shipped = await first.inner_text()
    await first.click()

    question = page.get_by_label("Question", exact=True)
    await expect(question).to_have_value(shipped)
    await expect(page.get_by_text("As shipped; nobody has changed it yet.")).to_be_visible()
    save = page.get_by_role("button", name="Save as version 2")
    await expect(save).to_be_disabled()
    await question.fill(f"{shipped} Say what you did first.")
    await page.get_by_label("Reason for the change").fill("Asks for the order of steps.")
    await save.click()
    await expect(page.get_by_text("Saved as version 2. The next interviews use it.")).to_be_visible()
    history = page.get_by_role("region", name="History")
    await expect(history.get_by_role("heading", level=3)).to_have_text(["Version 2", "Version 1"])
    await expect(history.get_by_text("Asks for the order of steps.")).to_be_visible()
    newest = history.get_by_role("listitem").first
    await expect(newest.locator("ins")).to_contain_text("Say what you did first.")
    await expect(history.get_by_text("They differ in 1 place.")).to_be_visible()
    await history.get_by_text("Compare with the shipped wording").click()
    await expect(history.get_by_role("group").locator("del")).to_contain_text("Say what you did first.")
    await person.expect_accessible(page, "question of the bank, changed")

    await history.get_by_role("button", name="Restore version 1").click()
    dialog = page.get_by_role("dialog", name="Restore version 1?")
    await dialog.get_by_label("Reason, for the history").fill("The shipped words were clear.")
    await dialog.get_by_role("button", name="Restore").click()
    await expect(question).to_have_value(shipped)
    await expect(history.get_by_role("heading", level=3).first).to_have_text("Version 3")
    await expect(history.get_by_text("Take the shipped wording")).to_have_count(0)


async def test_an_administrator_reads_a_rubric(page: Page, offline: Product) -> None:
    await person.log_in(page, offline.url, offline.admin_email, offline.admin_password)
    await page.goto(f"{offline.url}/admin/bank")
    link = page.get_by_role("link", name="rubric").first
    label = (await link.inner_text()).removesuffix(" rubric")
    await link.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(label)
    await person.expect_accessible(page, "rubric")


async def test_an_administrator_writes_anchors_for_one_level_of_experience(page: Page, offline: Product) -> None:
    await person.log_in(page, offline.url, offline.admin_email, offline.admin_password)
    await page.goto(f"{offline.url}/admin/bank/rubrics/technical")
    clarity = page.get_by_role("group", name="Clarity", exact=True)
    await expect(clarity.get_by_text("Used at every level of experience.")).to_be_visible()
    common = await page.get_by_label("Clarity, level 4", exact=True).input_value()

    # By keyboard alone: to the choice, down to senior, and to the button that comes next.
    await clarity.get_by_role("radio", name="Everyone").focus()
    for _ in range(4):
        await page.keyboard.press("ArrowDown")
    await expect(clarity.get_by_role("radio", name="Senior")).to_be_checked()
    await expect(clarity.get_by_text("Uses the common wording")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    first = page.get_by_label("Clarity, level 1, for senior")
    await expect(first).to_be_focused()
    fourth = page.get_by_label("Clarity, level 4, for senior")
    await expect(fourth).to_have_value(common)

    save = page.get_by_role("button", name="Save as a new version")
    await page.get_by_label("Reason for the change").fill("Seniors explain to more people.")
    await save.click()
    await expect(clarity.get_by_text("these are the common sentences")).to_be_visible()
    await fourth.fill("The explanation would let people of another trade decide.")
    await page.get_by_label("Clarity, level 5, for senior").fill(await first.input_value())
    await clarity.get_by_role("radio", name="Everyone").check()
    await save.click()
    fifth = page.get_by_label("Clarity, level 5, for senior")
    await expect(fifth).to_have_attribute("aria-invalid", "true")
    await expect(clarity.get_by_text("each level needs a sentence of its own")).to_be_visible()
    await person.expect_accessible(page, "rubric, anchors refused")
    await fifth.fill("The explanation would let people of another trade decide, and explain it on.")
    await save.click()
    await expect(page.get_by_role("status").filter(has_text="Saved as technical-edited-3.")).to_be_visible()
    await expect(clarity.get_by_role("radio", name="Senior own wording")).to_be_checked()
    await expect(page.get_by_role("region", name="History").locator("ins").first).to_be_visible()

    await page.reload()
    await expect(clarity.get_by_text("Used for intern, junior, mid-level and staff or lead")).to_be_visible()
    await clarity.get_by_role("radio", name="Senior").check()
    await expect(fourth).to_have_value("The explanation would let people of another trade decide.")
    await clarity.get_by_role("button", name="Use the common wording for senior").click()
    await expect(clarity.get_by_text("Uses the common wording")).to_be_visible()
    await page.get_by_label("Reason for the change").fill("One wording is enough after all.")
    await save.click()
    await expect(page.get_by_role("status").filter(has_text="Saved as technical-edited-4.")).to_be_visible()

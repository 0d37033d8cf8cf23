"""A candidate is asked again, in the browser: typed, skipped, after a reload, and read again in the report."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e import person
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product

SHORT = "I looked at the nightly import with a colleague and restarted the failing job on the second server."
MORE = "I chose the second server because it had the free memory, and the job finished in two hours instead of nine."


async def at_follow_up(page: Page, number: int) -> None:
    await expect(page.get_by_text(f"Follow-up {number}", exact=True)).to_be_visible()
    await expect(page.get_by_text(re.compile(rf"Question 1 of 3 · follow-up {number}"))).to_be_visible()


@pytest.mark.browser
@pytest.mark.timeout(600)
async def test_an_answer_is_followed_up_and_read_as_one(page: Page, offline: Product, email: str) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD, follow_ups=2)
    question = await person.question(page)
    await person.hand_in(page, SHORT)
    await at_follow_up(page, 1)
    before = page.get_by_role("region", name="Asked and answered before")
    await expect(before).to_contain_text(question)
    await expect(before).to_contain_text(SHORT)
    await person.expect_accessible(page, "room, follow-up")

    # A reload finds the follow-up with what was written.
    follow_up = await person.question(page)
    await page.get_by_label("Your answer", exact=True).fill("I chose the")
    await person.expect_saved(page)
    await page.reload()
    await at_follow_up(page, 1)
    assert await person.question(page) == follow_up
    await expect(page.get_by_label("Your answer", exact=True)).to_have_value("I chose the")

    await person.hand_in(page, MORE)
    await at_follow_up(page, 2)
    await page.get_by_role("button", name="Skip", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("What you answered before it counts as it is.")
    await page.get_by_role("dialog").get_by_role("button", name="Skip it").click()

    await expect(page.get_by_text(re.compile(r"Question 2 of 3"))).to_be_visible()
    await expect(before).to_have_count(0)
    # A reason to end early, with the thread of the second question open.
    await person.hand_in(page, ANSWERS[2])
    await person.finish_early(page)
    await person.expect_report(page)
    await person.open_answers(page)
    answers = page.get_by_role("region", name="Answer by answer")
    await expect(answers).to_contain_text(follow_up)
    await expect(answers).to_contain_text(MORE)
    await person.expect_accessible(page, "report with a follow-up")

    async with offline.api(email, PASSWORD) as client:
        told = (await client.get(f"/api/reports/{interview_id}")).json()
    assert [answer["text"] for answer in told["answers"]] == [f"{SHORT}\n\n{MORE}", ANSWERS[2]]
    assert told["answers"][0]["parts"][0]["follow_up"] is None
    assert told["answers"][0]["parts"][1]["question_text"] == follow_up


@pytest.mark.browser
@pytest.mark.timeout(600)
async def test_two_windows_of_a_follow_up_hand_in_one_answer(page: Page, offline: Product, email: str) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD, follow_ups=1)
    await person.hand_in(page, SHORT)
    await at_follow_up(page, 1)
    other = await page.context.new_page()
    await other.goto(f"{offline.url}/interviews/{interview_id}")
    await at_follow_up(other, 1)
    await person.hand_in(page, MORE)
    # The other window follows by itself.
    await expect(other.get_by_text(re.compile(r"Question 2 of 3"))).to_be_visible()
    async with offline.api(email, PASSWORD) as client:
        told = (await client.get(f"/api/interviews/{interview_id}")).json()
    assert [one["answer"]["text"] for one in told["questions"][0]["follow_ups"]] == [MORE]

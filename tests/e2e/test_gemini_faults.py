import re
from collections.abc import Callable
from typing import Any

import pytest
from fake_gemini.faults import Fault
from fake_gemini.server import FakeGemini
from playwright.async_api import Locator, Page, expect

from tests.e2e import applicant, person, screens
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# What goes wrong, and what the person reads about it. The product tries twice, and repairs a reply once.
# The replies between the refusals keep the product from giving Gemini a rest.
FAULTS = [
    (Fault(kind="status", status=429, retry_after=0.1, times=2), "Gemini's rate limit was reached"),
    (Fault(kind="garbage", times=2), "Gemini's reply did not have the asked shape"),
    (Fault(kind="status", status=500, times=2), "Gemini had a fault of its own (HTTP 500)"),
    (Fault(kind="empty", times=2), "Gemini replied with nothing"),
    (Fault(kind="hang", times=2), "Gemini did not answer within 4 seconds"),
]
NO_FIGURE = "No answers have a score; an overall figure needs at least 3."


async def test_questions_that_gemini_does_not_write_can_be_asked_for_again(
    page: Page, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    await person.sign_up(page, with_gemini.url, "Robin Example", email, PASSWORD)
    gemini.next(FAULTS[0][0])
    await person.choose(page, with_gemini.url, fallback=False)
    for number, (_, told) in enumerate(FAULTS):
        alert = page.get_by_role("alert").filter(has_text=told)
        await expect(alert).to_contain_text(f"{told}. You can try again.", timeout=person.SLOW)
        await expect(alert).to_contain_text("Your choices are kept.")
        await expect(alert).to_contain_text("allow the built-in question bank to step in")
        await expect(page.get_by_role("heading", level=1)).to_have_text("The questions could not be prepared")
        if number == 0:
            await person.expect_accessible(page, "questions not prepared")
            await screens.expect_fits(page, "questions not prepared")
            await page.reload()  # it is the interview that has failed, not the page
            await expect(alert).to_be_visible()
        gemini.reset()
        gemini.next(*(fault for fault, _ in FAULTS[number + 1 : number + 2]))
        await page.get_by_role("button", name="Try again").click()
    await person.start(page, 3)
    async with applicant.logged_in(with_gemini, email, PASSWORD) as candidate:
        interview = await candidate.read(person.interview_id(page))
    assert interview["question_source"]["provider"] == "gemini"
    assert interview["question_source"]["fallback_reason"] is None


async def test_answers_that_gemini_does_not_read_have_failed_until_they_are_read_again(
    page: Page, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    interview_id = await person.enter_room(page, with_gemini.url, email, PASSWORD, count=5, fallback=False)
    answers = [*ANSWERS, *(f"{answer} That is how I would do it again." for answer in ANSWERS[:2])]
    async with applicant.logged_in(with_gemini, email, PASSWORD) as candidate:
        for number, (answer, (fault, _)) in enumerate(zip(answers, FAULTS, strict=True)):
            gemini.next(fault)
            await person.hand_in(page, answer)
            await candidate.until(interview_id, _stands_at(number, "failed"))
            gemini.reset()
        await person.expect_report(page)
        await expect(page.get_by_text("Not analysed", exact=True)).to_have_count(5)
        await expect(page.get_by_text(NO_FIGURE).first).to_be_visible()
        for position, (_, told) in enumerate(FAULTS, start=1):
            entry = _entry(page, position)
            await expect(entry).to_contain_text("This answer could not be analysed.")
            await expect(entry).to_contain_text(told)
            await expect(entry).to_contain_text("Your answer is kept, and nothing was made up in its place.")
            await expect(entry).to_contain_text(answers[position - 1][:60])
        await person.expect_accessible(page, "report, every analysis failed")
        await screens.expect_fits(page, "report, every analysis failed")
        failed = await candidate.report(interview_id)
        assert (failed["status"], failed["report"]["overall"]["score"]) == ("failed", None)

        for position in range(1, 5):
            await _entry(page, position).get_by_role("button", name="Try again").click()
        await _entry(page, 5).get_by_role("button", name="Use the built-in engine").click()
        for position in range(1, 6):
            await expect(_entry(page, position)).to_contain_text(re.compile(r"level [1-5] of 5"), timeout=person.SLOW)
        mended = await candidate.report(interview_id)
    await expect(page.get_by_role("region", name="Overall")).to_contain_text("Rests on 5 of 5 questions.")
    assert mended["status"] == "done"
    assert [answer["text"] for answer in mended["answers"]] == answers
    providers = [answer["analysis"]["provenance"]["provider"] for answer in mended["answers"]]
    assert providers == [*["gemini"] * 4, "offline"]
    await page.goto(f"{with_gemini.url}/history")
    await expect(page.get_by_text("Not analysed yet")).to_have_count(0)


async def test_what_our_own_engine_did_in_geminis_place_is_labelled(
    page: Page, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    gemini.next(Fault(kind="status", status=500, times=2))
    await person.sign_up(page, with_gemini.url, "Robin Example", email, PASSWORD)
    await person.choose(page, with_gemini.url)
    await person.expect_ready(page, 3)
    await expect(page.get_by_text("These questions come from the built-in bank.")).to_be_visible()
    await expect(page.get_by_text("Gemini had a fault of its own (HTTP 500)")).to_be_visible()
    await person.expect_accessible(page, "ready, from the bank")
    interview_id = person.interview_id(page)
    await person.start(page, 3)
    gemini.next(Fault(kind="quota_day", times=1))
    async with applicant.logged_in(with_gemini, email, PASSWORD) as candidate:
        await person.hand_in(page, ANSWERS[0])
        await candidate.until(interview_id, _stands_at(0, "done"))
        for answer in ANSWERS[1:]:
            await person.hand_in(page, answer)
        await person.expect_report(page)
        report = await candidate.report(interview_id)
    reason = "The Gemini quota for today is used up"
    provenances = [answer["analysis"]["provenance"] for answer in report["answers"]]
    assert [one["provider"] for one in provenances] == ["offline", "gemini", "gemini"]
    assert [one["fallback_reason"] for one in provenances] == [reason, None, None]
    await person.open_answers(page)
    await _entry(page, 1).get_by_text("How this was judged").click()
    await expect(_entry(page, 1)).to_contain_text(f"The built-in engine stepped in: {reason}")
    await expect(page.get_by_text(f"1 answer was judged without AI, because: {reason}.")).to_be_visible()
    end = page.get_by_role("main").locator("footer")
    await expect(end).to_contain_text("Questions from the built-in question bank.")
    await expect(end).to_contain_text("Gemini had a fault of its own (HTTP 500)")


def _stands_at(question: int, status: str) -> Callable[[dict[str, Any]], bool]:
    """Whether the answer's analysis has got that far."""

    def stands(interview: dict[str, Any]) -> bool:
        answer = interview["questions"][question]["answer"]
        return answer is not None and answer["analysis"] == status

    return stands


def _entry(page: Page, position: int) -> Locator:
    return page.locator(f"#question-{position}")

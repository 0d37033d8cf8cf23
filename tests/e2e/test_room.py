import asyncio
import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.e2e import applicant, person, room
from tests.e2e.answers import PASSWORD
from tests.e2e.conftest import Launch
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
OURS = "__Host-ik_{}"
# A route of the test's would not see the request that a page sends on its way out.
LOSE_DRAFTS = """
() => {
  const real = window.fetch;
  window.fetch = (request, options) =>
    request.url.endsWith('/draft') ? Promise.reject(new TypeError('lost')) : real(request, options);
}
"""


async def test_a_refresh_and_a_second_tab_show_the_same_question_and_draft(
    page: Page, offline: Product, email: str
) -> None:
    await person.enter_room(page, offline.url, email, PASSWORD)
    asked = await person.question(page)
    sheet = page.get_by_label("Your answer", exact=True)

    await sheet.fill("I measured first.")
    await person.expect_saved(page)
    await sheet.fill("I measured first. Then I changed one thing.")
    await page.reload()  # before the pause after which typing is saved
    assert await person.question(page) == asked
    await expect(sheet).to_have_value("I measured first. Then I changed one thing.")

    await page.evaluate(LOSE_DRAFTS)  # until the reload
    await sheet.fill("I measured first. Then I changed one thing. It never reached the server.")
    await expect(page.get_by_text("Offline. Kept on this page").first).to_be_visible()
    await page.reload()
    await expect(sheet).to_have_value("I measured first. Then I changed one thing. It never reached the server.")
    await sheet.fill("I measured first. Then I changed one thing.")
    await person.expect_saved(page)

    second = await page.context.new_page()
    await second.goto(page.url)
    assert await person.question(second) == asked
    other_sheet = second.get_by_label("Your answer", exact=True)
    await expect(other_sheet).to_have_value("I measured first. Then I changed one thing.")
    await other_sheet.fill("Written in the second tab.")
    await person.expect_saved(second)

    await sheet.fill("Written in the first tab.")
    conflict = page.get_by_role("alert").filter(has_text="This answer was also changed in another tab.")
    await expect(conflict.get_by_role("blockquote")).to_have_text("Written in the second tab.")
    await expect(sheet).to_have_value("Written in the first tab.")
    await person.expect_accessible(page, "two tabs, two answers")
    await conflict.get_by_role("button", name="Keep the one on this page").click()
    await expect(conflict).to_have_count(0)
    await person.expect_saved(page)

    await page.get_by_role("button", name="Hand in answer").click()
    await expect(page.get_by_text(re.compile(r"Question 2\s+of 3"))).to_be_visible()
    # The other tab follows by itself.
    await expect(second.get_by_text(re.compile(r"Question 2\s+of 3"))).to_be_visible()
    assert await person.question(second) == await person.question(page)
    await second.close()


async def test_what_is_typed_offline_is_kept_and_saved_when_the_network_is_back(
    page: Page, offline: Product, email: str
) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD)
    sheet = page.get_by_label("Your answer", exact=True)
    banner = page.get_by_text("You are offline. What you type stays on this page")
    await sheet.press_sequentially("Before the tunnel. ", delay=20)

    await page.context.set_offline(True)
    await expect(banner).to_be_visible()
    await sheet.press_sequentially("In the tunnel.", delay=20)
    await expect(page.get_by_text("Offline. Kept on this page, saved when the network is back").first).to_be_visible()
    await page.get_by_role("button", name="Hand in answer").click()
    lost = page.get_by_role("alert").filter(has_text="The connection is gone.")
    await expect(lost).to_contain_text("What you typed is still here.")
    await expect(sheet).to_have_value("Before the tunnel. In the tunnel.")
    await person.expect_accessible(page, "offline in the room")

    await page.context.set_offline(False)
    await expect(banner).to_have_count(0)
    await person.expect_saved(page)
    async with applicant.logged_in(offline, email, PASSWORD) as candidate:
        first = (await candidate.read(interview_id))["questions"][0]
        assert first["draft"]["text"] == "Before the tunnel. In the tunnel."
        assert first["answer"] is None
        asked = await person.question(page)
        await lost.get_by_role("button", name="Try again").click()
        await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)
        first = (await candidate.read(interview_id))["questions"][0]
        assert first["answer"]["text"] == "Before the tunnel. In the tunnel."


async def test_a_double_click_is_one_answer_and_the_rest_may_be_skipped_or_left(
    page: Page, offline: Product, email: str
) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD, count=5)
    asked = await person.question(page)
    handed_in: list[str] = []
    page.on("request", lambda sent: handed_in.append(sent.url) if sent.url.endswith("/answers") else None)
    await page.get_by_label("Your answer", exact=True).fill("An answer that is handed in once.")
    await page.get_by_role("button", name="Hand in answer").dblclick()
    await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)
    await expect(page.get_by_text(re.compile(r"Question 2\s+of 5"))).to_be_visible()
    await expect(page.get_by_label("Your answer", exact=True)).to_have_value("")
    assert len(handed_in) == 1

    # Quicker than any hand, so that nothing can have been drawn in between.
    await page.get_by_label("Your answer", exact=True).fill("Another that is handed in once.")
    await page.get_by_role("button", name="Hand in answer").evaluate("button => { button.click(); button.click(); }")
    await expect(page.get_by_text(re.compile(r"Question 3\s+of 5"))).to_be_visible()
    assert len(handed_in) == 2

    await page.get_by_label("Your answer", exact=True).fill("Not good enough.")
    await page.get_by_role("button", name="Skip", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("what you wrote here is not handed in")
    await person.expect_accessible(page, "skip?")
    await page.get_by_role("button", name="Keep writing").click()
    await expect(page.get_by_label("Your answer", exact=True)).to_have_value("Not good enough.")
    await person.skip(page)

    await page.get_by_role("button", name="Leave the interview").click()
    await person.expect_accessible(page, "leave?")
    await page.get_by_role("button", name="Stay").click()
    await person.finish_early(page)
    await person.expect_report(page)
    answers = page.get_by_role("region", name="Answer by answer")
    await expect(answers.get_by_text("Skipped", exact=True)).to_have_count(1)
    await expect(answers.get_by_text("Not reached", exact=True)).to_have_count(2)
    await expect(page.get_by_text("Not good enough.")).to_have_count(0)
    async with applicant.logged_in(offline, email, PASSWORD) as candidate:
        interview, report = await asyncio.gather(candidate.read(interview_id), candidate.report(interview_id))
    assert [question["status"] for question in interview["questions"]] == [
        *["submitted"] * 2,
        "skipped",
        *["not_reached"] * 2,
    ]
    assert [answer["text"] for answer in report["answers"]] == [
        "An answer that is handed in once.",
        "Another that is handed in once.",
    ]


@pytest.mark.parametrize("how", ["cleared", "forged"])
async def test_a_session_that_ends_in_the_middle_of_an_answer_costs_no_word(
    page: Page, offline: Product, email: str, how: str
) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD)
    asked = await person.question(page)
    sheet = page.get_by_label("Your answer", exact=True)
    await sheet.fill("Begun while logged in.")
    await person.expect_saved(page)

    await _lose(page.context, offline.url, "access")  # an old access cookie is nobody's business
    await sheet.fill("Begun while logged in. Then renewed.")
    await person.expect_saved(page)
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await _lose(page.context, offline.url, "access", "refresh", forged=how == "forged")
    await sheet.press_sequentially(" And gone on.", delay=10)
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("You have been logged out")
    await expect(dialog).to_contain_text("What you typed is still on the page behind.")
    await person.expect_accessible(page, "logged out in the room")
    await dialog.get_by_label("Password", exact=True).fill("not the password")
    await dialog.get_by_role("button", name="Log in").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("This e-mail and password do not go together.")
    await dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    await dialog.get_by_role("button", name="Log in").click()
    await expect(dialog).to_have_count(0)

    assert await person.question(page) == asked
    await expect(sheet).to_have_value("Begun while logged in. Then renewed. And gone on.")
    await person.expect_saved(page)
    async with applicant.logged_in(offline, email, PASSWORD) as candidate:
        draft = (await candidate.read(interview_id))["questions"][0]["draft"]
    assert draft["text"] == "Begun while logged in. Then renewed. And gone on."
    await page.get_by_role("button", name="Hand in answer").click()
    await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)


async def _lose(context: BrowserContext, url: str, *names: str, forged: bool = False) -> None:
    for name in (OURS.format(name) for name in names):
        await context.clear_cookies(name=name)
        if forged:
            https = url.replace("http:", "https:")  # a secure cookie cannot be planted for http
            await context.add_cookies(
                [{"name": name, "value": "e30.e30.e30", "url": https, "secure": True, "httpOnly": True}]
            )


async def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there, as somebody does who has no pointer."""
    for _ in range(120):
        await page.keyboard.press("Tab")
        if await target.evaluate("element => element === document.activeElement"):
            await expect(target).to_be_in_viewport()
            return
    raise AssertionError(f"Tab never comes to {target}")


async def _press_on(page: Page, capture: str) -> None:
    await _tab_to(page, room.switch(page, capture))
    await page.keyboard.press("Space")
    await expect(room.switch(page, capture)).to_be_checked()


async def test_everything_in_the_room_can_be_reached_without_a_pointer_on_a_phone(
    launch: Launch, offline: Product, email: str
) -> None:
    phone = {"width": 360, "height": 740}
    async with room.visit(await room.with_devices(launch), offline.url, viewport=phone) as page:
        await room.make_ready(page, offline.url, email)
        await _press_on(page, "audio_transcription")
        await _tab_to(page, page.get_by_role("radio", name=re.compile("^Off")))
        for where in ("Only on this device", "On the server"):
            await page.keyboard.press("ArrowDown")
            await expect(page.get_by_role("radio", name=re.compile(f"^{where}"))).to_be_checked()
        # The picture takes its place above what follows; what has the focus meanwhile would be pushed out of sight.
        await expect(room.own_picture(page)).to_be_visible()
        await _press_on(page, "face_monitoring")
        await _press_on(page, "expression_analysis")
        await _tab_to(page, page.get_by_role("button", name="Show the first question"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_be_focused()
        await expect(room.strip(page)).to_contain_text("Recording")

        await _tab_to(page, room.strip(page))
        await page.keyboard.press("Enter")
        panel = page.get_by_role("dialog", name="What is on")
        await expect(panel).to_be_visible()
        await _tab_to(page, panel.get_by_role("switch", name=room.CAPTURES["expression_analysis"]))
        await page.keyboard.press("Space")
        await expect(room.switch(page, "expression_analysis")).not_to_be_checked()
        await _tab_to(page, panel.get_by_role("button", name="Use the full screen"))
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(room.strip(page)).to_be_focused()

        sheet = page.get_by_label("Your answer", exact=True)
        await _tab_to(page, sheet)
        await page.keyboard.type("Typed without a pointer.")
        await person.expect_saved(page)
        for name in ("Speak", "Skip", "Hand in answer"):
            await _tab_to(page, page.get_by_role("button", name=re.compile(f"^{name}")))
        asked = await person.question(page)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)
        await expect(page.get_by_role("heading", level=1)).to_be_focused()
        await page.keyboard.press("Shift+Tab")
        await _tab_to(page, page.get_by_role("button", name="Skip", exact=True))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Skip", exact=True)).to_be_focused()

"""Notices from camera and page: in the browser that sees, in the report, and for an administrator."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import person, room, screens
from tests.e2e.answers import ANSWERS
from tests.e2e.conftest import Launch
from tests.e2e.outgoing import Sent, Tap
from tests.e2e.product import Product
from tests.media.camera import fake_camera

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# Models are loaded, a baseline is learnt, and the machine may be busy.
SEEN = 60_000
OFF = re.compile(r"Face monitoring is off since \d\d:\d\d")
NOTED = "Noted. It ends nothing and is in no figure."
REPLY = "My sister brought the post in."
# More than any notice needs, less than any picture.
LARGEST_BODY = 4096
# What a real switch of tabs does to a page; in a browser without a screen no page is ever hidden.
HIDE = """
(hidden) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  const state = hidden ? 'hidden' : 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}
"""
PICTURE = """
() => fetch('/api/interviews', {
  method: 'POST',
  body: new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new Uint8Array(9000)])], { type: 'image/jpeg' }),
})
"""


def notice(page: Page, title: str) -> Locator:
    """The card of a notice in the room."""
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=title))


async def watched(page: Page, product: Product, email: str) -> str:
    """Agree to notices, look at the first question, and return the interview's id."""
    interview_id = await room.make_ready(page, product.url, email)
    await room.give(page, "face_monitoring")
    await room.begin(page)
    return interview_id


def has(kind: str) -> Callable[[list[dict[str, Any]]], bool]:
    return lambda notices: any(one["kind"] == kind for one in notices)


async def reviewed(product: Product, interview_id: str) -> list[dict[str, Any]]:
    """The notices as an administrator gets them."""
    async with product.api(product.admin_email, product.admin_password) as client:
        answer = await client.get(f"/api/admin/interviews/{interview_id}")
        answer.raise_for_status()
        return list(answer.json()["notices"])


async def test_one_face_before_a_real_camera_gives_no_notice(launch: Launch, offline: Product, email: str) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        interview_id = await watched(page, offline, email)
        await expect(room.strip(page)).to_contain_text("Learning your usual position", timeout=SEEN)
        # Learnt after six seconds, when every other window has passed.
        await expect(room.strip(page)).to_contain_text("Watching", timeout=SEEN)
        async with room.asking(offline, email, interview_id) as candidate:
            assert await candidate.every("notices") == []


@pytest.mark.parametrize(
    "seen",
    [
        ("two", "several_faces", "There is more than one face in the picture.", "More than one face"),
        ("none", "no_face", "No face can be found in the picture.", "No face in the picture"),
        ("dark", "could_not_tell", "The picture is not clear enough to tell anything.", "Could not tell"),
    ],
)
async def test_what_a_real_camera_sees_is_first_a_word_and_then_a_notice(
    launch: Launch, offline: Product, email: str, seen: tuple[str, str, str, str]
) -> None:
    scene, kind, warned, title = seen
    async with room.visit(await room.with_devices(launch, scene), offline.url) as page:
        interview_id = await watched(page, offline, email)
        card = notice(page, title)
        await expect(card).to_contain_text(NOTED, timeout=SEEN)
        await room.expect_said(page, warned, "Noted: ")
        async with room.asking(offline, email, interview_id) as candidate:
            [kept] = await candidate.every("notices")
            assert kept["kind"] == kind
            assert kept["question_id"] == (await candidate.interview())["current_question_id"]
        if scene == "two":
            await _is_answered_and_seen_by_both(page, card, offline, interview_id)


async def _is_answered_and_seen_by_both(page: Page, card: Locator, product: Product, interview_id: str) -> None:
    await person.expect_accessible(page, "a notice")
    await card.get_by_role("button", name="Say what it was").click()
    await card.get_by_label("Your words about it").fill(REPLY)
    await person.expect_accessible(page, "a reply to a notice")
    await screens.expect_fits(page, "a reply to a notice")
    await card.get_by_role("button", name="Keep these words").click()
    await expect(card).to_contain_text(f"“{REPLY}”")
    for answer in ANSWERS:
        await person.hand_in(page, answer)
    await person.expect_report(page)
    # A second face changes no figure.
    await expect(page.get_by_role("region", name="Overall")).to_contain_text("Rests on 3 of 3 questions.")
    await page.get_by_role("button", name="Session notices 1 notice, 1 reply").click()
    noticed = page.get_by_role("list", name="What was noticed")
    await expect(noticed).to_contain_text("More than one face")
    await expect(noticed).to_contain_text(REPLY)
    await person.expect_accessible(page, "report with a notice")
    [seen] = await room.until(
        lambda: reviewed(product, interview_id),
        lambda notices: len(notices) == 1 and notices[0]["reply"] is not None,
    )
    assert (seen["kind"], seen["reply"]) == ("several_faces", REPLY)
    browser = page.context.browser
    assert browser is not None
    async with room.visit(browser, product.url) as other:
        await person.log_in(other, product.url, product.admin_email, product.admin_password)
        await other.goto(f"{product.url}/admin/interviews/{interview_id}")
        await expect(other.get_by_text(REPLY)).to_be_visible()
        await person.expect_accessible(other, "admin, an interview with a notice")


async def test_a_head_that_turns_away_from_its_own_place_is_noticed(
    launch: Launch, offline: Product, email: str
) -> None:
    turning = fake_camera(["one", "away-left"])
    async with room.visit(await room.with_devices(launch), offline.url, turning) as page:
        interview_id = await watched(page, offline, email)
        await expect(room.strip(page)).to_contain_text("Watching", timeout=SEEN)
        await page.evaluate("fakeCamera.show('away-left')")
        await expect(notice(page, "Turned away")).to_contain_text(NOTED, timeout=SEEN)
        await room.expect_said(page, "Your head is turned away from its usual position.", "Noted: ")
        await page.evaluate("fakeCamera.show('one')")
        await notice(page, "Turned away").get_by_role("button", name="Put it away").click()
        await expect(page.get_by_role("article")).to_have_count(0)
        panel = await room.open_panel(page)
        await expect(panel.get_by_role("heading", name="Turned away")).to_be_visible()
        await room.close_panel(page)
        await person.hand_in(page, ANSWERS[0])
        await expect(page.get_by_label("Your answer", exact=True)).to_have_value("")
        await expect(page.get_by_role("article")).to_have_count(0)  # put away is put away
        async with room.asking(offline, email, interview_id) as candidate:
            [kept] = await candidate.every("notices")
        assert kept["kind"] == "looking_away"
        assert 0 < kept["confidence"] <= 1


@pytest.mark.parametrize("reason", ["denied", "none"])
async def test_without_a_camera_it_is_said_loudly_and_the_interview_goes_on(
    launch: Launch, browser: Browser, offline: Product, email: str, reason: str
) -> None:
    denied = "The browser does not let this page use the camera."
    before, within = (
        (denied, denied) if reason == "denied" else ("No camera was found.", "The camera gives no picture.")
    )
    permissions = [] if reason == "denied" else ["camera"]
    without = await room.with_refusal(launch) if reason == "denied" else browser
    async with room.visit(without, offline.url, permissions=permissions) as page:
        interview_id = await room.make_ready(page, offline.url, email)
        await room.give(page, "face_monitoring")
        trouble = page.get_by_role("alert").filter(has_text=before)
        await expect(trouble).to_contain_text("Everything but the picture still works.")
        await person.expect_accessible(page, "ready, no camera")
        await room.begin(page)
        await expect(room.strip(page)).to_contain_text(OFF)
        await expect(page.get_by_text(within)).to_be_visible()
        await expect(page.get_by_text("Your interview goes on.")).to_be_visible()
        await person.expect_accessible(page, "room, no camera")
        await screens.expect_fits(page, "room, no camera")
        await person.hand_in(page, ANSWERS[0])
        await page.get_by_role("button", name="Go on without it").click()
        await expect(room.strip(page)).to_contain_text("Nothing is recorded or watched")
        for answer in ANSWERS[1:]:
            await person.hand_in(page, answer)
        await person.expect_report(page)
        async with room.asking(offline, email, interview_id) as candidate:
            assert await candidate.every("notices") == []


async def test_a_camera_that_is_pulled_out_is_said_loudly_and_can_come_back(
    launch: Launch, offline: Product, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), offline.url, fake_camera(["one"])) as page:
        await watched(page, offline, email)
        await expect(room.strip(page)).to_contain_text("Learning your usual position", timeout=SEEN)
        await page.evaluate("fakeCamera.unplug()")
        await expect(room.strip(page)).to_contain_text(OFF)
        await expect(page.get_by_text("The camera gives no picture.")).to_be_visible()
        await person.expect_accessible(page, "camera pulled out")
        await person.hand_in(page, ANSWERS[0])
        await expect(room.strip(page)).to_contain_text(OFF)
        await page.get_by_role("button", name="Try again").click()
        await expect(room.strip(page)).to_contain_text("Watching", timeout=SEEN)
        await expect(page.get_by_text("The camera gives no picture.")).to_have_count(0)


async def paste(page: Page, text: str) -> None:
    await page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await page.get_by_label("Your answer", exact=True).press("Control+V")
    await expect(page.get_by_label("Your answer", exact=True)).to_have_value(re.compile(re.escape(text)))


async def behind(page: Page, until: Callable[[], Awaitable[None]]) -> None:
    """Lie behind another window until something is so."""
    devtools = await page.context.new_cdp_session(page)
    # Otherwise every page believes that it has the focus.
    await devtools.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    other = await page.context.new_page()
    await other.bring_to_front()
    await until()
    await page.bring_to_front()
    await other.close()


async def test_what_happens_to_the_page_is_first_a_word_and_then_a_notice(
    launch: Launch, offline: Product, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        interview_id = await watched(page, offline, email)
        card = page.get_by_role("article")
        warning = page.get_by_text("Nothing has been noted.")

        await paste(page, "From elsewhere. ")
        await expect(page.get_by_text("Text was pasted into the answer.")).to_be_visible()
        await expect(warning).to_be_visible()
        await person.expect_accessible(page, "a warning")
        await screens.expect_fits(page, "a warning")
        await page.get_by_role("button", name="All right").click()
        await expect(warning).to_have_count(0)
        await paste(page, "And again. ")
        await expect(card).to_contain_text("Pasted text")

        # Noted after ten seconds, in which there is enough to do.
        panel = await room.open_panel(page)
        await panel.get_by_role("button", name="Use the full screen").click()
        await panel.get_by_role("button", name="Leave full screen").click()
        await room.close_panel(page)
        await page.evaluate(HIDE, arg=True)
        # Twice its window long, so it is noted at once; the word on the screen comes before that.
        await expect(notice(page, "Page not in view")).to_contain_text(NOTED)
        await page.evaluate(HIDE, arg=False)
        await room.expect_said(page, "You were away from this page for a moment.", "Noted: ")

        await behind(page, lambda: expect(notice(page, "Another window")).to_contain_text(NOTED))
        await room.expect_said(page, "Another window was in front for a moment.", "Noted: ")

        await expect(notice(page, "Full screen ended")).to_contain_text(NOTED, timeout=SEEN)
        await room.expect_said(page, "Full screen has ended.", "Noted: ")
        await expect(page.get_by_text("3 earlier notices under “What is on”.")).to_be_visible()

        async with room.asking(offline, email, interview_id) as candidate:
            kept = await candidate.every("notices")
        assert [one["kind"] for one in kept] == ["paste", "fullscreen_exit", "page_hidden", "window_blur"]
        assert "elsewhere" not in json.dumps(kept)  # what was pasted is nobody's business


async def test_without_consent_nothing_that_happens_to_the_page_is_seen(
    launch: Launch, offline: Product, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        sent = Sent(page.context)
        interview_id = await room.make_ready(page, offline.url, email)
        await room.begin(page)
        for _ in range(2):
            await paste(page, "Before anything was agreed to. ")
            await page.evaluate(HIDE, arg=True)
            await page.evaluate(HIDE, arg=False)
        panel = await room.open_panel(page)
        for name in ("Use the full screen", "Leave full screen"):
            await panel.get_by_role("button", name=name).click()
        await expect(panel.get_by_role("button", name="Use the full screen")).to_be_visible()
        assert not sent.to("notices")

        # Nor is it held against anybody later: the first time from here on is the first time.
        await room.give(page, "face_monitoring")
        await room.close_panel(page)
        await expect(room.strip(page)).to_contain_text("Camera on")
        await paste(page, "Now it is agreed to. ")
        await expect(page.get_by_text("Nothing has been noted.")).to_be_visible()
        await paste(page, "And once more. ")
        await expect(notice(page, "Pasted text")).to_contain_text(NOTED)
        async with room.asking(offline, email, interview_id) as candidate:
            assert [one["kind"] for one in await candidate.every("notices")] == ["paste"]


async def test_no_picture_leaves_the_browser_that_watches(launch: Launch, offline: Product, email: str) -> None:
    async with (
        Tap(offline.url) as tap,
        room.visit(await room.with_devices(launch), tap.url, fake_camera(["one", "two"])) as page,
    ):
        interview_id = await room.make_ready(page, tap.url, email)
        await room.give(page, "face_monitoring", "expression_analysis")
        await room.begin(page)
        await expect(room.strip(page)).to_contain_text("Watching", timeout=SEEN)
        await page.evaluate("fakeCamera.show('two')")
        async with room.asking(offline, email, interview_id) as candidate:
            await candidate.until("notices", has("several_faces"))
            for answer in ANSWERS:
                await person.hand_in(page, answer)
            await person.expect_report(page)
            presence = await candidate.one("presence")
        assert presence["answers"][0]["samples"] > 0
        assert not presence["shared"]
        assert tap.media() == []
        assert tap.largest_body() < LARGEST_BODY
        await page.evaluate(PICTURE)  # a tap that hears no picture proves nothing
        assert tap.media() != []
        assert tap.largest_body() > LARGEST_BODY

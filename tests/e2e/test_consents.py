import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import person, room, screens
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.conftest import Launch
from tests.e2e.outgoing import Sent
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# Notes every question to the browser for a camera, a microphone, a screen or an ear.
OVERHEAR = """
(() => {
  const spy = (owner, name) => {
    const real = owner?.[name];
    if (real) owner[name] = function (...given) { noteAsked(name); return real.apply(this, given); };
  };
  spy(navigator.mediaDevices, 'getUserMedia');
  spy(navigator.mediaDevices, 'getDisplayMedia');
  spy(globalThis.SpeechRecognition?.prototype, 'start');
  spy(globalThis.Notification, 'requestPermission');
})();
"""
EVERYTHING = ("audio_transcription", "face_monitoring", "expression_analysis")
ON = (
    "On: answering by voice, recording on the server, notices from camera and page and expression counts. Nothing else."
)


async def test_nothing_is_asked_for_and_nothing_captured_by_itself(
    browser: Browser, offline: Product, email: str
) -> None:
    async with room.visit(browser, offline.url, OVERHEAR, permissions=[]) as page:
        asked: list[str] = []

        def note(what: str) -> None:  # Playwright takes no built-in method
            asked.append(what)

        await page.expose_function("noteAsked", note)
        sent = Sent(page.context)
        interview_id = await room.make_ready(page, offline.url, email)
        await expect(page.get_by_role("switch")).to_have_count(len(EVERYTHING))
        for capture in EVERYTHING:
            await expect(room.switch(page, capture)).not_to_be_checked()
        await expect(page.get_by_role("radio", name=re.compile("^Off"))).to_be_checked()
        await expect(page.get_by_text("Nothing is recorded or watched. You type your answers.")).to_be_visible()
        await room.begin(page)
        await expect(room.strip(page)).to_contain_text("Nothing is recorded or watched")
        for answer in ANSWERS[:2]:
            await person.hand_in(page, answer)
        assert not asked
        assert not sent.to("consents", "notices", "recordings", "speech", "presence")
        await page.get_by_label("Your answer", exact=True).fill(ANSWERS[2])
        await page.get_by_role("button", name="Hand in and finish").click()
        await person.expect_report(page)
        await expect(page.get_by_role("region", name="Overall")).to_contain_text("Rests on 3 of 3 questions.")
        assert not asked
        assert all(method == "GET" for method, _ in sent.to("consents", "notices", "recordings", "speech", "presence"))
        async with room.asking(offline, email, interview_id) as candidate:
            assert (await candidate.interview())["consents"] == []
            for noun in ("consents", "notices", "recordings"):
                assert await candidate.every(noun) == []


async def test_everything_can_be_on_and_each_withdrawn_in_the_middle(
    launch: Launch, offline: Product, email: str
) -> None:
    browser = await room.with_devices(launch)
    async with room.visit(browser, offline.url) as page:
        interview_id = await room.make_ready(page, offline.url, email)
        await room.give(page, "face_monitoring")
        await expect(room.own_picture(page)).to_be_visible()
        await room.withdraw(page, "face_monitoring")  # before anything has begun
        await expect(room.own_picture(page)).to_have_count(0)
        await room.give(page, *EVERYTHING)
        await room.record(page, "On the server")
        await expect(page.get_by_text(ON)).to_be_visible()
        await person.expect_accessible(page, "ready, everything on")
        await screens.expect_fits(page, "ready, everything on")

        await room.begin(page)
        for told in ("Camera on", "Microphone on", "Watching", "Recording", "Counting expressions"):
            await expect(room.strip(page)).to_contain_text(told)
        await person.expect_accessible(page, "room, everything on")
        await screens.expect_fits(page, "room, everything on")
        await room.open_panel(page)
        await person.expect_accessible(page, "what is on")
        await screens.expect_fits(page, "what is on")
        async with room.asking(offline, email, interview_id) as candidate:
            await candidate.until("recordings", lambda known: bool(known) and known[0]["received_chunks"] > 1)
            await room.withdraw(page, *EVERYTHING)
            await room.record(page, "Off")
            await expect(room.strip(page)).to_contain_text("Nothing is recorded or watched")
            await room.give(page, "face_monitoring")  # and one may think again
            await room.close_panel(page)
            await expect(room.strip(page)).to_contain_text("Camera on")

            assert [one["capture"] for one in (await candidate.interview())["consents"]] == ["face_monitoring"]
            ledger = await candidate.every("consents")
            given = [one["capture"] for one in ledger]
            assert sorted(given) == sorted([*EVERYTHING, "video_recording", *["face_monitoring"] * 2])
            assert [one["capture"] for one in ledger if one["withdrawn_at"] is None] == ["face_monitoring"]
            assert all(one["statement"] and one["version"] for one in ledger)
            # What was recorded until then is kept, as was promised.
            await candidate.until("recordings", lambda known: known[0]["status"] in {"ready", "partial"})
        await person.hand_in(page, ANSWERS[0])
        await _expect_ledger(page, offline, len(ledger))


async def _expect_ledger(page: Page, product: Product, rows: int) -> None:
    await page.goto(f"{product.url}/account")
    ledger = page.get_by_role("region", name="What you agreed to")
    await expect(ledger.get_by_role("listitem")).to_have_count(rows)
    await expect(ledger.get_by_text("not taken back")).to_have_count(1)
    await ledger.get_by_text("The words you agreed to").first.click()
    await expect(ledger.get_by_role("blockquote").first).to_contain_text("interview is complete without")
    await person.expect_accessible(page, "account, consents")


async def test_a_consent_that_the_server_does_not_take_is_not_shown_as_given(
    launch: Launch, offline: Product, email: str
) -> None:
    browser = await room.with_devices(launch)
    async with room.visit(browser, offline.url) as page:
        await room.make_ready(page, offline.url, email)
        await page.context.set_offline(True)
        await room.switch(page, "face_monitoring").click()
        await expect(page.get_by_role("alert").filter(has_text="The connection is gone.")).to_be_visible()
        await expect(room.switch(page, "face_monitoring")).not_to_be_checked()
        await expect(page.get_by_text("Nothing is recorded or watched. You type your answers.")).to_be_visible()
        await page.context.set_offline(False)
        await page.get_by_role("alert").get_by_role("button", name="Try again").click()
        await expect(room.switch(page, "face_monitoring")).to_be_checked()


async def test_a_stranger_finds_nothing_of_another_room(offline: Product, email: str, browser: Browser) -> None:
    async with room.visit(browser, offline.url) as page:
        interview_id = await room.make_ready(page, offline.url, email)
    async with room.visit(browser, offline.url) as page:
        await person.sign_up(page, offline.url, "Sam Example", f"other-{email}", PASSWORD)
        for noun in ("consents", "notices", "presence", "recordings"):
            status = await page.evaluate(
                "path => fetch(path).then((answer) => answer.status)", f"/api/interviews/{interview_id}/{noun}"
            )
            assert status == 404, noun

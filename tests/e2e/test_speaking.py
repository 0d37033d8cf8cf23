"""Answers that are spoken: over the server, in the browser, and when either goes wrong."""

import base64
import importlib.util
import io
import re
import wave
from array import array
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from fake_gemini import hearing
from fake_gemini.faults import Fault
from fake_gemini.server import FakeGemini
from kit.testing.brokers import TestBroker
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import person, room, screens
from tests.e2e.answers import ANSWERS
from tests.e2e.conftest import Launch, running
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# A part is recorded for some seconds, sent, decoded and written down.
WRITTEN = 60_000
CORRECTED = "I led the migration of our billing platform, in 2024."  # one word of eight another, two more
LAST_WORDS = "Your last words are still being written down."
# The browser's own ear, which hears what the test says. Only what the room uses of it.
EAR = """
globalThis.ear = { starts: 0, current: null };
globalThis.SpeechRecognition = globalThis.webkitSpeechRecognition = class extends EventTarget {
  start() {
    ear.starts += 1;
    ear.current = this;
    this.results = [];
    queueMicrotask(() => this.onstart?.());
    if (ear.broken) queueMicrotask(() => { this.onerror?.({ error: ear.broken }); this.onend?.(); });
  }
  stop() { queueMicrotask(() => this.onend?.()); }
  abort() { queueMicrotask(() => this.onend?.()); }
  hear(transcript, isFinal) {
    if (this.results.at(-1)?.isFinal === false) this.results.pop();
    this.results.push(Object.assign([{ transcript, confidence: 0.9 }], { isFinal }));
    this.onresult?.({ results: this.results, resultIndex: this.results.length - 1 });
  }
};
"""


def sheet(page: Page) -> Locator:
    return page.get_by_label("Your answer", exact=True)


async def start_speaking(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^Speak")).click()
    await expect(page.get_by_role("button", name=re.compile("^Stop"))).to_be_visible()


async def stop_speaking(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^Stop")).click()
    await expect(page.get_by_role("button", name=re.compile("^Speak"))).to_be_visible()


async def may_speak(page: Page, product: Product, email: str) -> str:
    """Agree to it, look at the first question, and return the interview's id."""
    interview_id = await room.make_ready(page, product.url, email)
    await room.give(page, "audio_transcription")
    await room.begin(page)
    return interview_id


def sounds(gemini: FakeGemini) -> list[bytes]:
    """The sounds that the stand-in for Gemini was sent."""
    sent = [sound["data"] for request in gemini.requests for sound in hearing.sounds(request["body"])]
    # Google's SDK writes base64 in the alphabet for addresses; both are the same to JSON of protocol buffers.
    return [base64.b64decode(data, altchars=None if "+" in data or "/" in data else "-_") for data in sent]


async def heard_by(gemini: FakeGemini) -> list[bytes]:
    """Wait until a sound has arrived there."""

    async def ask() -> list[bytes]:
        return sounds(gemini)

    return await room.until(ask, bool)


def loudest(sound: bytes) -> float:
    """The loudest sample of a WAV, 0 to 1."""
    with wave.open(io.BytesIO(sound)) as file:
        assert file.getsampwidth() == 2
        assert file.getnframes() > file.getframerate()
        return max(map(abs, array("h", file.readframes(file.getnframes())))) / 32_768


def answer_to(interview: dict[str, Any], position: int) -> dict[str, Any]:
    return dict(interview["questions"][position - 1]["answer"])


async def test_what_is_said_is_written_down_by_the_server_and_corrected(
    launch: Launch, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), with_gemini.url) as page:
        interview_id = await may_speak(page, with_gemini, email)
        gemini.requests.clear()
        gemini.hear(room.SPOKEN)
        await start_speaking(page)
        await expect(page.get_by_text("your voice goes to this server")).to_be_visible()
        await expect(room.strip(page)).to_contain_text("Microphone on")
        await person.expect_accessible(page, "listening")
        await screens.expect_fits(page, "listening")
        await expect(sheet(page)).to_have_value(room.SPOKEN, timeout=WRITTEN)
        await stop_speaking(page)
        await expect(room.strip(page)).to_contain_text("Microphone off")
        [sound, *more] = sounds(gemini)
        assert loudest(sound) > 0.05
        assert not more  # nobody spoke after that
        await person.hand_in(page, CORRECTED)

        async with room.asking(with_gemini, email, interview_id) as candidate:
            spoken = answer_to(await candidate.interview(), 1)
        assert (spoken["source"], spoken["text"]) == ("voice", CORRECTED)
        assert spoken["transcript"] == {"engine": "server", "heard": room.SPOKEN, "edit_ratio": 0.3}
        for answer in ANSWERS[1:]:
            await person.hand_in(page, answer)
        await person.expect_report(page)
        await person.open_answers(page)
        first = page.locator("#question-1")
        await expect(first).to_contain_text("spoken, written down by this server’s engine, 30 % changed by you")  # noqa: RUF001 - as it is printed


async def test_words_that_come_after_the_answer_was_handed_in_are_dropped(
    launch: Launch, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), with_gemini.url) as page:
        interview_id = await may_speak(page, with_gemini, email)
        gemini.requests.clear()
        gemini.hear(room.SPOKEN)
        gemini.hold()
        await sheet(page).fill(ANSWERS[0])
        await start_speaking(page)
        await heard_by(gemini)
        asked = await person.question(page)
        await page.get_by_role("button", name="Hand in answer").click()
        waiting = page.get_by_role("status").filter(has_text=LAST_WORDS)
        await expect(waiting).to_contain_text("1 part to go.")
        await person.expect_accessible(page, "last words")
        await waiting.get_by_role("button", name="Hand in without them").click()
        await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)
        gemini.let_go()
        for answer in ANSWERS[1:]:
            await expect(sheet(page)).to_have_value("")
            await person.hand_in(page, answer)
        await person.expect_report(page)
        async with room.asking(with_gemini, email, interview_id) as candidate:
            interview = await candidate.interview()
        assert [answer_to(interview, position)["text"] for position in (1, 2, 3)] == ANSWERS
        assert room.SPOKEN not in str(interview)


async def test_handing_in_waits_for_the_last_words(
    launch: Launch, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), with_gemini.url) as page:
        interview_id = await may_speak(page, with_gemini, email)
        gemini.requests.clear()
        gemini.hear(room.SPOKEN)
        gemini.hold()
        await start_speaking(page)
        await heard_by(gemini)
        asked = await person.question(page)
        await page.get_by_role("button", name="Hand in answer").click()
        await expect(page.get_by_role("status").filter(has_text=LAST_WORDS)).to_be_visible()
        gemini.let_go()
        await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked, timeout=WRITTEN)
        async with room.asking(with_gemini, email, interview_id) as candidate:
            spoken = answer_to(await candidate.interview(), 1)
        assert spoken["text"] == room.SPOKEN
        assert spoken["transcript"]["edit_ratio"] == 0


async def test_a_part_that_gemini_does_not_write_down_is_named_and_can_be_tried_again(
    launch: Launch, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), with_gemini.url) as page:
        await may_speak(page, with_gemini, email)
        gemini.next(Fault(kind="status", status=500, times=2))  # the product tries twice
        await start_speaking(page)
        missing = page.locator(".notice, [role=alert], [role=status]").filter(
            has_text=re.compile(r"What you said from 0:00 to 0:\d\d could not be written down\.")
        )
        await expect(missing.first).to_contain_text("Gemini had a fault of its own (HTTP 500)", timeout=WRITTEN)
        await stop_speaking(page)
        await person.expect_accessible(page, "a part that is missing")
        gemini.hear(room.SPOKEN)
        await page.get_by_role("button", name="Try again").click()
        await expect(sheet(page)).to_have_value(room.SPOKEN, timeout=WRITTEN)
        await expect(missing).to_have_count(0)


async def test_what_is_said_without_a_network_is_kept_and_sent_later(
    launch: Launch, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), with_gemini.url) as page:
        await may_speak(page, with_gemini, email)
        gemini.requests.clear()
        gemini.hear(room.SPOKEN)
        await start_speaking(page)
        await page.context.set_offline(True)
        kept = page.get_by_text("not sent yet and kept here")
        await expect(kept).to_be_visible(timeout=WRITTEN)
        await stop_speaking(page)
        await expect(kept).to_be_visible()
        assert not sounds(gemini)
        await page.context.set_offline(False)
        await expect(sheet(page)).to_have_value(room.SPOKEN, timeout=WRITTEN)
        await expect(kept).to_have_count(0)


async def test_without_a_microphone_it_is_said_and_one_types(launch: Launch, with_gemini: Product, email: str) -> None:
    async with room.visit(await room.with_refusal(launch), with_gemini.url, permissions=[]) as page:
        await may_speak(page, with_gemini, email)
        await page.get_by_role("button", name=re.compile("^Speak")).click()
        told = page.get_by_role("alert").filter(has_text="The microphone is not allowed for this page.")
        await expect(told).to_contain_text("You can type on at any time.")
        await person.expect_accessible(page, "no microphone")
        await person.hand_in(page, ANSWERS[0])


async def test_the_browsers_own_ear_shows_what_is_uncertain_and_keeps_what_is_certain(
    browser: Browser, offline: Product, email: str
) -> None:
    async with room.visit(browser, offline.url, EAR, permissions=[]) as page:
        interview_id = await may_speak(page, offline, email)
        await start_speaking(page)
        await expect(page.get_by_text(re.compile("your voice goes to your browser.s maker"))).to_be_visible()
        await page.evaluate("ear.current.hear('I led', false)")
        await expect(page.get_by_text("Not certain yet:").locator("..")).to_contain_text("I led")
        await expect(sheet(page)).to_have_value("")
        await person.expect_accessible(page, "words that are not certain")
        await page.evaluate("ear.current.hear('I led the migration', true)")
        await expect(sheet(page)).to_have_value(re.compile("^I led the migration"))
        await expect(page.get_by_text("Not certain yet:")).to_have_count(0)
        # Two certain results with nothing in between are two.
        await page.evaluate("ear.current.hear('of our', true); ear.current.hear('billing system', true)")
        await expect(sheet(page)).to_have_value(re.compile("I led the migration of our billing system"))
        # It ends by itself, as browsers' ears do, and is opened again.
        await page.evaluate("ear.current.onend()")
        await page.wait_for_function("() => ear.starts === 2")
        await page.evaluate("ear.current.hear('in 2024', true)")
        await expect(sheet(page)).to_have_value(re.compile("billing system in 2024"))
        await stop_speaking(page)
        await person.hand_in(page, "I led the migration of our billing system in 2023")
        async with room.asking(offline, email, interview_id) as candidate:
            spoken = answer_to(await candidate.interview(), 1)
        assert spoken["transcript"] == {
            "engine": "browser",
            "heard": "I led the migration of our billing system in 2024",
            "edit_ratio": 0.1,
        }


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("network", "speech service does not answer. You can type, or choose another way to speak."),
        ("not-allowed", "The microphone is not allowed for this page."),
    ],
)
async def test_a_browsers_ear_that_fails_says_so_and_is_left_in_peace(
    browser: Browser, offline: Product, email: str, error: str, told: str
) -> None:
    async with room.visit(browser, offline.url, EAR, permissions=[]) as page:
        await may_speak(page, offline, email)
        await page.evaluate("error => { ear.broken = error; }", error)
        speak = page.get_by_role("button", name=re.compile("^Speak"))
        await speak.click()
        trouble = page.get_by_role("alert").filter(has_text=told)
        await expect(trouble).to_be_visible()
        await expect(speak).to_be_visible()
        await person.expect_accessible(page, f"speech failed: {error}")
        assert await page.evaluate("ear.starts") == 1
        await page.evaluate("ear.broken = null")
        await trouble.get_by_role("button", name="Try again").click()
        await page.wait_for_function("() => ear.starts === 2")
        await page.evaluate("ear.current.hear('It works again', true)")
        await expect(sheet(page)).to_have_value(re.compile("It works again"))


@pytest_asyncio.fixture(loop_scope="session")
async def with_whisper(tmp_path_factory: pytest.TempPathFactory, broker: TestBroker) -> AsyncIterator[Product]:
    """The product that writes down speech by itself."""
    own = TestBroker(broker._amqp_url, broker._management_url)
    await own.create()
    try:
        directory = tmp_path_factory.mktemp("whisper")
        async with running(directory, own.url, INTERVIEW_SPEECH="whisper") as product:
            yield product
    finally:
        await own.delete()


@pytest.mark.skipif(
    importlib.util.find_spec("faster_whisper") is None, reason="faster-whisper is not installed in this environment"
)
async def test_whisper_writes_down_a_real_voice(launch: Launch, with_whisper: Product, email: str) -> None:
    async with room.visit(await room.with_devices(launch), with_whisper.url) as page:
        interview_id = await may_speak(page, with_whisper, email)
        await start_speaking(page)
        # The voice is a synthetic one: some of its words are enough.
        await expect(sheet(page)).to_have_value(re.compile("migration|billing|system", re.IGNORECASE), timeout=WRITTEN)
        await stop_speaking(page)
        asked = await person.question(page)
        await page.get_by_role("button", name="Hand in answer").click()
        await expect(page.get_by_role("heading", level=1)).not_to_have_text(asked)
        async with room.asking(with_whisper, email, interview_id) as candidate:
            spoken = answer_to(await candidate.interview(), 1)
        assert spoken["transcript"] == {"engine": "server", "heard": spoken["text"], "edit_ratio": 0}

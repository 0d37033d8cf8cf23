"""The front end's libraries for cameras, speech and recordings, in a real browser with pretended devices."""

import asyncio
import itertools
import math
import random
import struct
import subprocess
import wave
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from local_stack import chromium
from playwright.async_api import BrowserContext, Page, async_playwright

from tests.e2e.conftest import FLAGS
from tests.e2e.receiver import Receiver, receiving

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
RATE = 48_000
# Decodes each part alone, and tells how long it is and how loud its first and last tenths of a second are.
DECODE = """async (parts) => {
  const context = new AudioContext();
  const rms = (samples) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  const facts = [];
  for (const part of parts) {
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
    const audio = await context.decodeAudioData(bytes.buffer);
    const samples = audio.getChannelData(0);
    facts.push({ seconds: audio.duration, loud: rms(samples), end: rms(samples.slice(-4800)) });
  }
  return facts;
}"""
# Plays a file and tells its size and how far it came.
PLAY = """async (url) => {
  const video = document.createElement('video');
  video.muted = true;
  video.src = url;
  const ended = new Promise((resolve, reject) => {
    video.onended = resolve;
    video.onerror = () => reject(new Error(video.error.message));
  });
  video.playbackRate = 4;
  await video.play();
  await ended;
  return { width: video.videoWidth, seconds: video.currentTime };
}"""


def voice(path: Path) -> None:
    """Write something like speech: voiced syllables of five seconds, then a pause of a second, again and again."""
    chance = random.Random(7)  # noqa: S311
    samples = []
    for at in range(RATE * 12):
        second = at / RATE
        if second % 6 >= 5:
            samples.append(0)
            continue
        pitch = 2 * math.pi * 130 * second * (1 + 0.0005 * math.sin(second * 3))
        tone = sum(math.sin(pitch * harmonic) / harmonic for harmonic in range(1, 12))
        syllable = 0.35 + 0.65 * max(0.0, math.sin(2 * math.pi * 3.7 * second))
        samples.append(int(5200 * syllable * (tone + 0.2 * chance.uniform(-1, 1))))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page that drives the libraries."""
    out = tmp_path_factory.mktemp("harness")
    command = [str(FRONTEND / "scripts/npm"), "exec", "--", "vite", "build", "--config", "tests/harness/vite.config.ts"]
    subprocess.run([*command, "--outDir", str(out), "--logLevel", "warn"], check=True, cwd=FRONTEND)
    return out


@pytest.fixture(scope="module")
def speech_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a microphone something to hear."""
    path = tmp_path_factory.mktemp("media") / "voice.wav"
    voice(path)
    return path


@pytest.fixture
def receiver(built: Path) -> Iterator[Receiver]:
    with receiving(built) as it:
        yield it


@asynccontextmanager
async def room(receiver: Receiver, speech_file: Path, query: str = "") -> AsyncIterator[tuple[Page, BrowserContext]]:
    """Open the page with a camera and a microphone."""
    pretended = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={speech_file}",
        "--autoplay-policy=no-user-gesture-required",
    ]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(), args=[*FLAGS, *pretended])
        context = await browser.new_context()
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{receiver.url}/{query}")
        await page.wait_for_function("() => window.harness !== undefined")
        yield page, context
        await browser.close()
        assert not errors, "\n".join(errors)


async def open_devices(page: Page) -> None:
    await page.evaluate("() => harness.media.open({ camera: true, microphone: true })")
    await until(page, "harness.media.status === 'on'")


async def until(page: Page, condition: str, seconds: float = 60) -> None:
    try:
        await page.wait_for_function(f"() => {condition}", timeout=seconds * 1000)
    except Exception:
        state = "() => ({ ...harness.recording, ...harness.speech, recording: harness.recording.status })"
        print(await page.evaluate(f"() => JSON.stringify(({state})(), null, 1)"))  # noqa: T201
        raise


async def plays(page: Page, url: str) -> dict[str, Any]:
    facts: dict[str, Any] = await page.evaluate(PLAY, url)
    return facts


@pytest.mark.asyncio
async def test_speech_parts_are_whole_files_cut_at_pauses(receiver: Receiver, speech_file: Path) -> None:
    async with room(receiver, speech_file) as (page, _):
        await open_devices(page)
        await page.evaluate("() => harness.speech.start()")
        await until(page, "harness.speech.status === 'listening' && harness.speech.meter.read().speaking")
        await until(page, "harness.speech.segments.length >= 2")
        await page.evaluate("() => harness.speech.stop()")
        await until(page, "harness.speech.status === 'idle'")
        text = await page.evaluate("() => harness.text")
        facts = await page.evaluate(DECODE, [b64encode(part).decode() for part in receiver.audio])
    numbers = [seq for _, seq in receiver.parts]
    assert numbers == list(range(len(numbers)))
    assert text == " ".join(f"part {seq}" for seq in numbers)
    assert set(receiver.sent.values()) == {1}
    for fact in facts[:2]:
        assert 4 <= fact["seconds"] <= 26
        assert fact["end"] < fact["loud"] / 5, "cut in the middle of a word"
    parts = list(receiver.parts.values())
    for one, next_one in itertools.pairwise(parts):
        assert next_one["offset_ms"] <= one["offset_ms"] + one["duration_ms"], "words fell between two parts"


@pytest.mark.asyncio
async def test_a_recording_survives_the_network_and_plays(receiver: Receiver, speech_file: Path) -> None:
    async with room(receiver, speech_file) as (page, context):
        await open_devices(page)
        await page.evaluate("() => harness.recording.start()")
        await until(page, "harness.recording.status === 'recording' && harness.recording.seconds > 2")
        await context.set_offline(True)
        await until(page, "harness.recording.status === 'waiting-for-network' && harness.recording.backlog.chunks >= 3")
        assert await page.evaluate("() => harness.recording.capturing")
        await context.set_offline(False)
        await until(page, "harness.recording.status === 'recording' && harness.recording.backlog.chunks <= 1")
        await page.evaluate("() => harness.recording.stop()")
        await until(page, "harness.recording.status === 'done'")
        (recording,) = receiver.chunks
        facts = await plays(page, f"/api/recordings/{recording}/video")
    chunks = receiver.chunks[recording]
    assert sorted(chunks) == list(range(len(chunks)))
    assert receiver.completed == {recording: len(chunks)}
    assert set(receiver.sent.values()) == {1}
    assert facts["width"] == 640
    assert facts["seconds"] > 4


@pytest.mark.asyncio
async def test_a_reload_in_the_middle_loses_no_chunk(receiver: Receiver, speech_file: Path) -> None:
    async with room(receiver, speech_file) as (page, _):
        await open_devices(page)
        await page.evaluate("() => harness.recording.start()")
        await until(page, "harness.recording.seconds > 2")
        receiver.broken = True
        await until(page, "harness.recording.backlog.chunks >= 3")
        recorded = await page.evaluate("() => harness.recording.seconds")
        await page.reload()
        await until(page, "window.harness?.recording.backlog.chunks >= 3")
        receiver.broken = False
        (recording,) = receiver.chunks
        await until(page, "harness.recording.backlog.chunks === 0")
        assert await page.evaluate("() => harness.recording.status") == "off"
        assert await asyncio.to_thread(receiver.finished.wait, 60)
        facts = await plays(page, f"/api/recordings/{recording}/video")
    chunks = receiver.chunks[recording]
    assert sorted(chunks) == list(range(len(chunks)))
    assert receiver.completed == {recording: len(chunks)}
    # A chunk is a second; the clock of the page begins a little before the first picture.
    assert facts["seconds"] > recorded - 0.5


@pytest.mark.asyncio
async def test_another_tab_keeps_its_hands_off_a_running_recording(receiver: Receiver, speech_file: Path) -> None:
    async with room(receiver, speech_file) as (page, context):
        await open_devices(page)
        await page.evaluate("() => harness.recording.start()")
        await until(page, "harness.recording.seconds > 1")
        other = await context.new_page()
        await other.goto(receiver.url)
        await until(page, "harness.recording.seconds > 4")
        assert receiver.completed == {}
        await page.close()
        # Whoever closed the tab has not stopped it: the other one completes what is there.
        assert await asyncio.to_thread(receiver.finished.wait, 60)


@pytest.mark.asyncio
async def test_a_local_recording_stays_in_the_browser(receiver: Receiver, speech_file: Path) -> None:
    async with room(receiver, speech_file, "?mode=local") as (page, _):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await open_devices(page)
        await page.evaluate("() => harness.recording.start()")
        await until(page, "harness.recording.seconds > 2")
        await page.evaluate("() => harness.recording.stop()")
        await until(page, "harness.recording.status === 'done'")
        await page.evaluate("() => harness.local.refresh()")
        await until(page, "harness.local.recordings?.length === 1")
        url = await page.evaluate("() => harness.local.url(harness.local.recordings[0].id)")
        assert (await plays(page, url))["seconds"] > 1.5
        assert [address for address in asked if not address.startswith("blob:")] == []
        await page.evaluate("() => harness.local.remove(harness.local.recordings[0].id)")
        await until(page, "harness.local.recordings.length === 0")


@pytest.mark.asyncio
async def test_what_the_browser_lacks_is_said_and_nothing_hangs(receiver: Receiver, speech_file: Path) -> None:
    async with room(receiver, speech_file, "?engine=browser") as (page, _):
        can = await page.evaluate("() => harness.readCapabilities('en-US')")
        assert can["getUserMedia"]
        assert can["indexedDb"]
        assert can["webLocks"]
        assert can["videoRecording"].startswith("video/webm")
        assert can["audioRecording"].startswith("audio/webm")
        await open_devices(page)
        await page.evaluate("() => harness.devices.refresh()")
        await until(page, "harness.devices.named && harness.devices.cameras.length > 0")
        # This Chromium has the recogniser's class and no service behind it.
        await page.evaluate(
            """() => {
              window.starts = 0;
              const start = SpeechRecognition.prototype.start;
              SpeechRecognition.prototype.start = function (...track) { starts += 1; return start.apply(this, track); };
              harness.speech.start();
            }"""
        )
        await until(page, "harness.speech.status === 'failed'")
        assert await page.evaluate("() => starts") <= 3
        assert await page.evaluate("() => harness.speech.failure.message")
        if can["voices"] == 0:
            await until(page, "harness.aloud.available === false")
            await page.evaluate("() => harness.aloud.speak('Tell me about yourself.')")
            await until(page, "harness.aloud.failed && !harness.aloud.speaking")

"""The interview on video: on the server whatever happens to page and network, or on this device only."""

import asyncio
import re
from typing import Any

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.e2e import applicant, person, room
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.conftest import Launch
from tests.e2e.outgoing import Sent
from tests.e2e.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
Recordings = list[dict[str, Any]]
# Plays from the middle: only a video that knows its length and can be entered anywhere can do that.
SEEK = """
async (video) => {
  const told = (name) => new Promise((resolve, reject) => {
    video.addEventListener(name, resolve, { once: true });
    video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
  });
  while (!Number.isFinite(video.duration)) await told('durationchange');
  const middle = video.duration / 2;
  video.currentTime = middle;
  await told('seeked');
  return { duration: video.duration, off: Math.abs(video.currentTime - middle), width: video.videoWidth };
}
"""
RANGE = """
async (path) => {
  const answer = await fetch(path, { headers: { Range: 'bytes=4-11' } });
  const { status, headers } = answer;
  return [status, headers.get('content-range'), headers.get('cache-control'), (await answer.arrayBuffer()).byteLength];
}
"""

# How many chunks this browser keeps.
KEPT = """
() => new Promise((resolve) => {
  const opening = indexedDB.open('ik-recordings');
  opening.onsuccess = () => {
    const counting = opening.result.transaction('chunks').objectStore('chunks').count();
    counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
  };
})
"""


async def record(page: Page, product: Product, email: str, where: str) -> str:
    """Choose where, look at the first question, and return the interview's id when it is being recorded."""
    interview_id = await room.make_ready(page, product.url, email)
    await room.record(page, where)
    await expect(room.own_picture(page)).to_be_visible()
    await room.begin(page)
    await expect(room.strip(page)).to_contain_text("Recording")
    await expect(room.strip(page)).to_contain_text("Camera on")
    await expect(room.strip(page)).to_contain_text("Microphone on")
    return interview_id


async def answer_all(page: Page) -> None:
    for answer in ANSWERS:
        await person.hand_in(page, answer)
    await person.expect_report(page)


async def expect_plays(page: Page) -> None:
    """Expect the video on the screen to play from its middle."""
    video = page.get_by_label("Recording of the interview")
    await expect(video).to_be_visible()
    seen: dict[str, Any] = await video.evaluate(SEEK)
    assert seen["duration"] > 1
    assert seen["off"] < 0.5
    assert seen["width"] == 640


def chunks(count: int, *, of: int = 1) -> Any:
    """Whether so many recordings are there, the last of which has got so far."""
    return lambda known: len(known) == of and known[-1]["received_chunks"] >= count


def all_are(*wanted: str) -> Any:
    return lambda known: known and all(one["status"] in wanted for one in known)


async def test_a_refresh_in_the_middle_makes_a_second_part_and_loses_nothing_of_the_first(
    launch: Launch, offline: Product, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        interview_id = await record(page, offline, email, "On the server")
        async with room.asking(offline, email, interview_id) as candidate:
            [first] = await candidate.until("recordings", chunks(3))
            await page.reload()
            await expect(room.strip(page)).to_contain_text("Recording")
            known = await candidate.until("recordings", chunks(2, of=2))
            assert known[0]["id"] == first["id"]
            await answer_all(page)
            known = await candidate.until("recordings", all_are("ready"))
        assert len(known) == 2
        assert all(one["missing"] == [] and one["duration_s"] > 1 for one in known)
        assert known[0]["received_chunks"] >= first["received_chunks"]

        await page.get_by_role("button", name="Watch it again").click()
        await expect_plays(page)
        await person.expect_accessible(page, "report with a recording")
        await page.get_by_role("button", name="Watch part 2").click()
        await expect_plays(page)
        video = f"/api/interviews/{interview_id}/recordings/{known[1]['id']}/video"
        status, content_range, cached, length = await page.evaluate(RANGE, video)
        assert (status, length) == (206, 8)
        assert re.fullmatch(r"bytes 4-11/\d+", content_range)
        assert "no-store" in cached
        await _is_for_its_owner_only(offline, video, f"other-{email}")

        await page.get_by_role("button", name="Delete part 1").click()
        await page.get_by_role("button", name="Delete it").click()
        await expect(page.get_by_text("The recording is deleted.")).to_be_visible()
        async with room.asking(offline, email, interview_id) as candidate:
            assert [one["id"] for one in await candidate.every("recordings")] == [known[1]["id"]]
        await expect_plays(page)


async def _is_for_its_owner_only(product: Product, video: str, stranger: str) -> None:
    async with (
        applicant.signed_up(product, "Sam Example", stranger, PASSWORD),
        product.api(stranger, PASSWORD) as client,
    ):
        assert await _status(client, video) == 404
    async with product.api(product.admin_email, product.admin_password) as client:
        assert await _status(client, video) in {403, 404}


async def _status(client: httpx2.AsyncClient, path: str) -> int:
    return (await client.get(path)).status_code


async def test_what_is_recorded_without_a_network_arrives_later(launch: Launch, offline: Product, email: str) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        interview_id = await record(page, offline, email, "On the server")
        async with room.asking(offline, email, interview_id) as candidate:
            [before] = await candidate.until("recordings", chunks(2))
            await page.context.set_offline(True)
            await expect(room.strip(page)).to_contain_text("Recording, waiting for the network")
            await person.expect_accessible(page, "recording without a network")
            await page.context.set_offline(False)
            await expect(room.strip(page)).not_to_contain_text("waiting for the network")
            await candidate.until("recordings", chunks(before["received_chunks"] + 3))
            await answer_all(page)
            [whole] = await candidate.until("recordings", all_are("ready"))
        assert whole["missing"] == []


async def test_a_page_that_crashes_leaves_a_video_behind(launch: Launch, offline: Product, email: str) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        interview_id = await record(page, offline, email, "On the server")
        async with room.asking(offline, email, interview_id) as candidate:
            [before] = await candidate.until("recordings", chunks(3))
            devtools = await page.context.new_cdp_session(page)
            async with page.expect_event("crash"):
                crashing = asyncio.create_task(devtools.send("Page.crash"))  # which nobody is left to answer
            crashing.cancel()
            await asyncio.gather(crashing, return_exceptions=True)
            [left] = await candidate.until("recordings", all_are("ready", "partial"))
        assert left["received_chunks"] >= before["received_chunks"]
        assert left["duration_s"] > 1


async def test_a_recording_for_this_device_only_never_reaches_the_server(
    launch: Launch, offline: Product, email: str
) -> None:
    async with room.visit(await room.with_devices(launch), offline.url) as page:
        sent = Sent(page.context)
        interview_id = await record(page, offline, email, "Only on this device")
        await expect(room.strip(page)).to_contain_text("Recording on this device")
        await room.until(lambda: page.evaluate(KEPT), lambda kept: bool(kept >= 3))
        assert not sent.to("recordings", "consents")
        await answer_all(page)
        await page.get_by_role("button", name="Watch it again").click()
        await expect_plays(page)
        await expect(page.get_by_text("On this device only, in this browser. It was never sent.")).to_be_visible()
        assert all(method == "GET" for method, _ in sent.to("recordings"))
        async with room.asking(offline, email, interview_id) as candidate:
            assert await candidate.every("recordings") == []
            assert (await candidate.interview())["consents"] == []
        await page.get_by_role("button", name="Delete the recording").click()
        await page.get_by_role("button", name="Delete it").click()
        await expect(page.get_by_text("The recording is deleted.")).to_be_visible()
        assert not await page.evaluate(KEPT, 1)

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aio_pika
import pytest
from aio_pika.abc import AbstractIncomingMessage
from contracts.analysis import AnswerAnalysed
from fake_gemini.faults import Fault
from fake_gemini.server import FakeGemini
from kit.messaging.broker import CONNECT_TIMEOUT
from kit.messaging.envelope import decode
from kit.messaging.topology import EXCHANGE
from playwright.async_api import Page, expect

from tests.e2e import applicant, person, screens
from tests.e2e.answers import ANSWERS, PASSWORD
from tests.e2e.product import Product
from tests.e2e.wire import Wire

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


async def test_answers_are_taken_while_the_broker_is_away_and_read_when_it_is_back(
    page: Page, offline: Product, wire: Wire, email: str
) -> None:
    interview_id = await person.enter_room(page, offline.url, email, PASSWORD)
    await wire.cut()
    try:
        for answer in ANSWERS:
            async with page.expect_response(lambda one: one.url.endswith("/answers")) as taken:
                await person.hand_in(page, answer)
            response = await taken.value
            await response.finished()
            assert response.request.timing["responseEnd"] < CONNECT_TIMEOUT.total_seconds() * 1000
        await expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are being read")
        await expect(page.get_by_text("0 of 3 answers ready.")).to_be_visible()
        await expect(page.get_by_text("Waiting to be read")).to_have_count(3)
        await person.expect_accessible(page, "report, nothing read yet")
        await screens.expect_fits(page, "report, nothing read yet")

        waiting = await page.context.new_page()
        await person.choose(waiting, offline.url, role="Data engineer")
        await expect(waiting.get_by_role("heading", level=1)).to_have_text("Your questions are being prepared")
        await person.expect_accessible(waiting, "preparing")
        await screens.expect_fits(waiting, "preparing")
        async with applicant.logged_in(offline, email, PASSWORD) as candidate:
            interview = await candidate.read(interview_id)
        assert [question["answer"]["text"] for question in interview["questions"]] == ANSWERS
        assert interview["report_status"] in {"none", "pending"}
    finally:
        await wire.mend()
    await person.expect_report(page)
    await expect(waiting.get_by_role("heading", level=1)).to_have_text(
        "Your 3 questions are ready", timeout=person.SLOW
    )
    await waiting.close()
    async with applicant.logged_in(offline, email, PASSWORD) as candidate:
        report = await candidate.report(interview_id)
    assert [(answer["text"], answer["status"]) for answer in report["answers"]] == [(text, "done") for text in ANSWERS]


async def test_a_killed_analysis_worker_costs_no_answer_and_makes_no_second_result(
    page: Page, with_gemini: Product, gemini: FakeGemini, email: str
) -> None:
    interview_id = await person.enter_room(page, with_gemini.url, email, PASSWORD)
    async with heard(with_gemini, AnswerAnalysed.event_type) as told:
        gemini.next(Fault(kind="slow", seconds=30))
        asked = len(gemini.requests)
        await person.hand_in(page, ANSWERS[0])
        await until(lambda: len(gemini.requests) > asked)
        killed = with_gemini.kill("analysis-worker")
        for answer in ANSWERS[1:]:
            await person.hand_in(page, answer)
        await person.expect_report(page)
        async with applicant.logged_in(with_gemini, email, PASSWORD) as candidate:
            report = await candidate.report(interview_id)
        ours = {answer["answer_id"] for answer in report["answers"]}
        await until(lambda: ours <= set(told.values()))
    assert with_gemini.pid_of("analysis-worker") not in {None, killed}
    assert any("analysis-worker" in line and "killed by SIGKILL" in line for line in with_gemini.printed)
    assert [(answer["text"], answer["status"]) for answer in report["answers"]] == [(text, "done") for text in ANSWERS]
    assert {answer["analysis"]["provenance"]["provider"] for answer in report["answers"]} == {"gemini"}
    # One result for each, and nobody was told of another.
    assert sorted(answer_id for answer_id in told.values() if answer_id in ours) == sorted(ours)


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(person.SLOW / 1000):
        while not reached():  # noqa: ASYNC110 - what is waited for raises no event
            await asyncio.sleep(0.02)


@asynccontextmanager
async def heard(product: Product, event_type: str) -> AsyncIterator[dict[str, str]]:
    """Listen to the product's events like one more service: the answer's id by the message's."""
    async with await aio_pika.connect(product.amqp_url) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(EXCHANGE, event_type)
        told: dict[str, str] = {}

        async def note(message: AbstractIncomingMessage) -> None:
            async with message.process():
                envelope = decode(message.body)
                told[str(envelope.id)] = envelope.data["analysis"]["answer_id"]

        await queue.consume(note)
        yield told

import asyncio
from uuid import uuid4

import aio_pika
import pytest
from analysis.settings import AnalysisSettings
from kit.ids import new_id
from sqlalchemy import text

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import GERMAN, GOOD, MIDDLING, VAGUE, Interview, help_question


async def test_good_answer_is_judged_with_words_of_its_own(house: House) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        row = await house.ended(event.answer_id)
    assert row["status"] == "done"
    [analysed] = await house.published("answer_analysed", interview.id)
    analysis = analysed["analysis"]
    assert analysis["provenance"]["provider"] == "offline"
    assert analysis["provenance"]["fallback_reason"] is None
    assert analysis["score"]["value"] >= 3.5
    assert analysis["score"]["low"] < analysis["score"]["value"] < analysis["score"]["high"]
    quotes = [e for one in (*analysis["dimensions"], *analysis["key_points"]) for e in one["evidence"]]
    assert quotes
    assert all(GOOD[one["start"] : one["end"]] == one["quote"] for one in quotes)
    assert [started["answer_id"] for started in await house.published("analysis_started", interview.id)] == [
        str(event.answer_id)
    ]


async def test_better_answers_score_higher(house: House) -> None:
    scores = []
    async with house.working():
        for answer in (VAGUE, MIDDLING, GOOD):
            event = Interview().answer(answer)
            await house.post(event)
            scores.append((await house.ended(event.answer_id))["result"]["score"]["value"])
    assert scores == sorted(scores)
    assert scores[0] < 2
    assert scores[2] - scores[0] > 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("fine", "Too little to judge: 1 word"),
        ("I don't know.", "says that it is not known"),
        (
            "Honestly I have no idea what to say here, I have never worked in a team, sorry.",
            "says that it is not known",
        ),
        ("Tell me about a time when you were stuck and decided to ask somebody for help.", "repeats the question"),
        (" ".join(["Tell me about a time when you were stuck and decided to ask somebody for help."] * 6), "repeats"),
        ("fine " * 80, "same words again and again"),
        ("asdf qwer zxcv hjkl bnmq wrtp sdfg xcvb ghjk plkj mnbv tyrw " * 4, "same words again and again"),
        ("... !!! ---", "no words"),
        (GERMAN, "without AI only English answers can be judged"),
    ],
)
async def test_nothing_to_judge_is_said_and_never_scored(house: House, answer: str, reason: str) -> None:
    event = Interview().answer(answer)
    async with house.working():
        await house.post(event)
        row = await house.ended(event.answer_id)
    assert row["status"] == "insufficient"
    assert reason in row["status_reason"]
    assert row["result"]["score"] is None
    assert row["result"]["dimensions"] == []


async def test_hundred_kilobytes_are_refused_quickly(house: House) -> None:
    event = Interview().answer("I decided to measure it because it was slow. " * 2300)
    async with house.working():
        await house.post(event)
        row = await house.ended(event.answer_id)
    assert row["status"] == "insufficient"
    assert "longer than 20,000 characters" in row["status_reason"]


async def test_answer_that_cannot_be_stored_goes_to_the_dead_letters(house: House) -> None:
    event = Interview().answer("A\x00B " * 30)
    async with house.working():
        await house.post(event)

        async def dead() -> bool:
            # The broker itself: what it tells its managers about is several seconds old.
            async with await aio_pika.connect(house.broker.url) as connection, connection.channel() as channel:
                queue = await channel.declare_queue("analysis.answer_submitted.dead", passive=True)
                return bool(queue.declaration_result.message_count)

        await eventually(dead)
    assert await house.row(event.answer_id) == {}


async def test_second_delivery_changes_nothing(house: House) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    message_id = uuid4()
    async with house.working():
        await house.post(event, event, message_id=message_id)
        await house.post(event)
        await house.ended(event.answer_id)
        await house.post(event, message_id=message_id)
        marker = Interview().answer(GOOD)
        await house.post(marker)
        await house.ended(marker.answer_id)
        await asyncio.sleep(0.3)
    row = await house.row(event.answer_id)
    assert row["runs"] == 1
    assert len(await house.published("answer_analysed", interview.id)) == 1
    assert len(await house.published("analysis_started", interview.id)) == 1


async def test_answers_of_many_candidates_are_all_judged(house: House) -> None:
    events = [Interview(help_question()).answer(f"{GOOD} That was case {number}.") for number in range(30)]
    async with house.working():
        await house.post(*events)
        rows = [await house.ended(event.answer_id) for event in events]
    assert {row["status"] for row in rows} == {"done"}
    assert {row["runs"] for row in rows} == {1}


async def test_answer_of_a_dead_run_is_taken_over(house: House) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        await house.ended(event.answer_id)
    async with house.database.transaction() as session:
        await session.execute(
            text(
                "UPDATE analysis.analyses SET status = 'running', result = NULL, lease = :lease, "
                "due_at = now() + interval '1 second' WHERE answer_id = :id"
            ),
            {"lease": new_id(), "id": event.answer_id},
        )
    async with house.working():
        await house.post(event)  # delivered again while the lease still runs: left alone
        row = await house.ended(event.answer_id)
    assert row["status"] == "done"
    assert row["runs"] == 2


async def test_answer_that_kills_every_run_is_failed_in_the_end(house: House, settings: AnalysisSettings) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        await house.ended(event.answer_id)
    async with house.database.transaction() as session:
        await session.execute(
            text(
                "UPDATE analysis.analyses SET status = 'running', result = NULL, lease = :lease, due_at = now(), "
                "runs = :runs WHERE answer_id = :id"
            ),
            {"lease": new_id(), "id": event.answer_id, "runs": settings.max_runs},
        )
    async with house.working():
        row = await house.ended(event.answer_id)
    assert row["status"] == "failed"
    assert row["status_reason"] == "The analysis was interrupted several times"
    assert len(await house.published("analysis_failed", interview.id)) == 1

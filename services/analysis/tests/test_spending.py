"""What the AI costs is written down for every request, and an allowance is not passed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from analysis.settings import AnalysisSettings
from contracts.base import AiUsage
from contracts.interview import InterviewAiUsed
from fake_gemini import FakeGemini, Fault
from kit.clock import now
from kit.ids import new_id
from sqlalchemy import text

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import GOOD, SLOW_ANSWER, Interview, help_question, slow_question


async def ledger(house: House, interview_id: UUID) -> list[dict[str, Any]]:
    async with house.database.transaction() as session:
        rows = await session.execute(
            text("SELECT * FROM analysis.ai_usage WHERE job_id = :id ORDER BY id"), {"id": interview_id}
        )
        return [dict(row) for row in rows.mappings()]


def told(interview: Interview, tokens: int = 1_000, usd: str | None = None, **changes: Any) -> InterviewAiUsed:
    """The interview service used so many tokens."""
    usage = AiUsage(
        id=new_id(),
        purpose="questions",
        provider="gemini",
        model="gemini-3.5-flash-lite",
        input_tokens=tokens,
        output_tokens=0,
        cost_usd=Decimal(usd) if usd else None,
        used_at=now(),
    ).model_copy(update=changes)
    return InterviewAiUsed(interview_id=interview.id, candidate_id=interview.candidate_id, usage=usage)


def limited(settings: AnalysisSettings, **limits: Any) -> AnalysisSettings:
    return AnalysisSettings.model_validate({**settings.model_dump(), **limits})


async def test_every_request_is_written_down_with_its_tokens_and_its_price(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    interview = Interview()
    gemini.next(Fault(kind="garbage"))  # paid for, and of no use
    async with house.working(with_gemini):
        event = interview.answer(GOOD)
        await house.post(event)
        assert (await house.ended(event.answer_id))["result"]["provenance"]["provider"] == "gemini"
    rows = await ledger(house, interview.id)
    assert len(rows) == len(gemini.requests) == 2
    for row in rows:
        assert row["account_id"] == interview.candidate_id
        assert (row["purpose"], row["provider"], row["model"]) == ("answer", "gemini", "gemini-3.5-flash-lite")
        assert row["input_tokens"] > 100
        millionths = Decimal("0.30") * row["input_tokens"] + Decimal("2.50") * row["output_tokens"]
        assert row["cost_usd"] == round(millionths / 1_000_000, 8)
    events = await house.published("analysis_ai_used", interview.id)
    assert [event["usage"]["id"] for event in events] == [str(row["id"]) for row in rows]
    assert events[0]["usage"]["input_tokens"] == rows[0]["input_tokens"]


async def test_refused_reply_is_written_down_too(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    interview = Interview(allow_fallback=False)
    gemini.next(Fault(kind="safety"))
    async with house.working(with_gemini):
        event = interview.answer(GOOD)
        await house.post(event)
        assert (await house.ended(event.answer_id))["status"] == "failed"
    assert len(await ledger(house, interview.id)) == 1


async def test_offline_engine_costs_nothing(house: House) -> None:
    interview = Interview()
    async with house.working():
        event = interview.answer(GOOD)
        await house.post(event)
        await house.ended(event.answer_id)
    assert await ledger(house, interview.id) == []


@pytest.mark.parametrize("limit", [{"ai_tokens_per_interview": 1_000}, {"ai_usd_per_interview": Decimal("0.25")}])
async def test_used_up_interview_is_judged_without_ai_and_says_so(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini, limit: dict[str, Any]
) -> None:
    interview = Interview(help_question(), slow_question())
    async with house.working(limited(with_gemini, **limit)):
        spent = told(interview, 1_000, "0.25")
        await house.post(spent)
        await eventually(lambda: ledger(house, interview.id))
        event = interview.answer(GOOD)
        await house.post(event)
        row = await house.ended(event.answer_id)
        other = Interview(candidate_id=interview.candidate_id).answer(GOOD)
        await house.post(other)
        untouched = await house.ended(other.answer_id)
    provenance = row["result"]["provenance"]
    assert provenance["provider"] == "offline"
    assert provenance["fallback_reason"] == "The AI allowance of this interview is used up"
    assert untouched["result"]["provenance"]["provider"] == "gemini"
    assert len(gemini.requests) == 1


async def test_without_fallback_the_answer_fails_with_the_reason_and_can_be_tried_again(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    interview = Interview(allow_fallback=False)
    async with house.working(limited(with_gemini, ai_tokens_per_interview=0)):
        event = interview.answer(GOOD)
        await house.post(event)
        row = await house.ended(event.answer_id)
    assert (row["status"], row["status_reason"]) == ("failed", "The AI allowance of this interview is used up")
    assert gemini.requests == []


async def test_account_has_an_allowance_for_24_hours_over_all_its_interviews(
    house: House, with_gemini: AnalysisSettings
) -> None:
    first = Interview()
    second = Interview(candidate_id=first.candidate_id)
    third = Interview(slow_question())
    async with house.working(limited(with_gemini, ai_tokens_per_user_day=1_000)):
        await house.post(told(first, 999), told(third, 5_000, used_at=now() - timedelta(hours=25)))
        await eventually(lambda: ledger(house, first.id))
        await eventually(lambda: ledger(house, third.id))
        for interview, answer in ((second, GOOD), (third, SLOW_ANSWER)):
            event = interview.answer(answer)
            await house.post(event)
            row = await house.ended(event.answer_id)
            assert row["result"]["provenance"]["provider"] == "gemini"
        again = Interview(candidate_id=first.candidate_id).answer(GOOD)
        await house.post(again)
        row = await house.ended(again.answer_id)
    assert row["result"]["provenance"]["fallback_reason"] == "The AI allowance of this account for 24 hours is used up"


async def test_usage_that_is_told_twice_counts_once(house: House) -> None:
    interview = Interview()
    event = told(interview, 400)
    last = told(interview, 1)
    async with house.working():
        await house.post(event, event, last)

        async def both() -> bool:
            return {row["id"] for row in await ledger(house, interview.id)} == {event.usage.id, last.usage.id}

        await eventually(both)
    assert sum(row["input_tokens"] for row in await ledger(house, interview.id)) == 401

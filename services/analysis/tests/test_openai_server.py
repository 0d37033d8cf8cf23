"""Answers judged with a real server behind the real queues. Its model is too small to judge, and may say anything."""

import random
from typing import Any
from uuid import UUID

import pytest
from analysis.settings import AnalysisSettings
from contracts.interview import Question
from kit.testing.openai_server import asks_a_real_server, real_server

from services.analysis.tests.house import House
from services.analysis.tests.material import (
    GOOD,
    MIDDLING,
    SLOW_ANSWER,
    VAGUE,
    Interview,
    help_question,
    slow_question,
)
from services.analysis.tests.test_spending import ledger

pytestmark = asks_a_real_server

PATIENCE = 1_500.0
WORDS = f"{GOOD} {MIDDLING} {SLOW_ANSWER} {VAGUE}".split()
CHANCE = random.Random(21)  # noqa: S311 - the same in every run
TOO_LONG = " ".join(" ".join(CHANCE.sample(WORDS, 15)) + "." for _ in range(200))


@pytest.fixture
def with_server(settings: AnalysisSettings) -> AnalysisSettings:
    server = real_server()
    named = {
        "ai_provider": "openai",
        "openai_api_key": server.key,
        "openai_base_url": server.url,
        "openai_model": server.model,
        "openai_timeout": 600.0,
        "answer_deadline": PATIENCE - 100,
    }
    return AnalysisSettings.model_validate({**settings.model_dump(), **named})


async def analysed(house: House, settings: AnalysisSettings, interview: Interview, text: str) -> dict[str, Any]:
    event = interview.answer(text)
    async with house.working(settings):
        await house.post(event)
        return await house.ended(event.answer_id, patience=PATIENCE)


async def assert_counted(house: House, interview_id: UUID) -> None:
    rows = await ledger(house, interview_id)
    assert rows
    for row in rows:
        assert (row["provider"], row["model"], row["purpose"]) == ("openai", real_server().model, "answer")
        assert row["input_tokens"] > 0
        assert row["output_tokens"] > 0
        assert row["cost_usd"] is None  # nobody named a price
    events = await house.published("analysis_ai_used", interview_id)
    assert [event["usage"]["id"] for event in events] == [str(row["id"]) for row in rows]


@pytest.mark.parametrize(("question", "answer"), [(help_question(), GOOD), (slow_question(1), SLOW_ANSWER)])
async def test_answer_ends_and_no_level_is_invented(
    house: House, with_server: AnalysisSettings, question: Question, answer: str
) -> None:
    interview = Interview(question, allow_fallback=False)
    row = await analysed(house, with_server, interview, answer)
    await assert_counted(house, interview.id)
    result = row["result"]
    if row["status"] == "failed":
        assert row["status_reason"]
        assert result is None
        return
    assert (result["provenance"]["provider"], result["provenance"]["model"]) == ("openai", real_server().model)
    if row["status"] == "insufficient":
        assert row["status_reason"]
        assert result["score"] is None
        assert not any(one["level"] for one in result["dimensions"])
    for one in (*result["dimensions"], *result["key_points"]):
        assert all(answer[found["start"] : found["end"]] == found["quote"] for found in one["evidence"])
    # A quote that is not in the answer leaves the lowest level, and a dimension that was not judged has none.
    assert all(one["evidence"] for one in result["dimensions"] if one["level"] not in {None, 1})
    assert all(one["evidence"] for one in result["key_points"] if one["covered"])


async def test_answer_over_the_models_context_is_refused_once_with_the_reason(
    house: House, with_server: AnalysisSettings
) -> None:
    interview = Interview(allow_fallback=False)
    row = await analysed(house, with_server, interview, TOO_LONG)
    assert (row["status"], row["result"], row["runs"]) == ("failed", None, 1)
    assert row["status_reason"] == "The text is longer than the AI server's model can read"
    assert await ledger(house, interview.id) == []


async def test_answer_over_the_models_context_is_judged_without_ai_where_that_is_allowed(
    house: House, with_server: AnalysisSettings
) -> None:
    result = (await analysed(house, with_server, Interview(), f"{GOOD} {TOO_LONG}"))["result"]
    assert result["provenance"]["provider"] == "offline"
    assert result["provenance"]["fallback_reason"] == "The text is longer than the AI server's model can read"

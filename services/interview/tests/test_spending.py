"""What questions cost is written down and told, and an interview's allowance counts what others used."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from contracts.analysis import AnalysisAiUsed
from contracts.base import AiUsage
from fake_gemini import FakeGemini
from interview.consumers import on_analysis_ai_used
from interview.models import ai_usage
from interview.settings import InterviewSettings
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from sqlalchemy import select

from services.interview.tests.candidate import Candidate


async def rows_of(database: Database, interview_id: str) -> list[Any]:
    async with database.transaction() as session:
        return list(await session.execute(select(ai_usage).where(ai_usage.c.job_id == UUID(interview_id))))


def used(candidate: Candidate, interview: dict[str, Any], tokens: int) -> AnalysisAiUsed:
    usage = AiUsage(
        id=new_id(),
        purpose="answer",
        provider="gemini",
        model="gemini-3.5-flash-lite",
        input_tokens=tokens,
        output_tokens=0,
        cost_usd=Decimal("0.001"),
        used_at=now(),
    )
    return AnalysisAiUsed(interview_id=interview["id"], candidate_id=candidate.id, usage=usage)


async def test_writing_questions_is_charged_to_the_interview_and_told(
    candidate: Candidate, database: Database, with_gemini: InterviewSettings, gemini: FakeGemini
) -> None:
    interview = await candidate.ready(using=with_gemini)
    [row] = await rows_of(database, interview["id"])
    assert len(gemini.requests) == 1
    assert (row.account_id, row.purpose, row.provider) == (candidate.id, "questions", "gemini")
    assert row.input_tokens > 100
    assert row.output_tokens > 100
    [event] = await candidate.events("interview_ai_used", interview)
    assert (event.usage.id, event.usage.cost_usd) == (row.id, row.cost_usd)


async def test_account_that_used_its_day_up_elsewhere_gets_questions_from_the_bank(
    candidate: Candidate, database: Database, with_gemini: InterviewSettings, gemini: FakeGemini
) -> None:
    earlier = await candidate.completed()
    event = used(candidate, earlier, 5_000)
    for _ in range(2):  # told twice, counted once
        async with database.transaction() as session:
            await on_analysis_ai_used(session, event)
    enough = with_gemini.model_copy(update={"ai_tokens_per_user_day": 5_001})
    assert (await candidate.ready(using=enough))["question_source"]["provider"] == "gemini"
    spent = with_gemini.model_copy(update={"ai_tokens_per_user_day": 5_000})
    interview = await candidate.ready(using=spent)
    assert interview["question_source"]["provider"] == "offline"
    assert interview["question_source"]["fallback_reason"].startswith("The AI allowance of this account")
    assert await rows_of(database, interview["id"]) == []
    assert len(gemini.requests) == 1

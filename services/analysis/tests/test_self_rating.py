import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from analysis import queries
from kit.ids import new_id
from sqlalchemy import text

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import GOOD, MIDDLING, SLOW_ANSWER, Interview, help_question, slow_question


async def finished(house: House, candidate_id: UUID | None = None) -> tuple[Interview, list[UUID]]:
    """An interview of three answers with its report."""
    interview = Interview(help_question(1), slow_question(2), help_question(3), candidate_id=candidate_id)
    events = [interview.answer(text, number) for number, text in enumerate((GOOD, SLOW_ANSWER, MIDDLING), 1)]
    async with house.working():
        await house.post(*events, interview.completed())
        await house.report(interview.id)
    return interview, [event.answer_id for event in events]


async def rate(house: House, interview: Interview, answer_id: UUID, value: Any, user: UUID | None = None) -> int:
    response = await house.client.put(
        f"/reports/{interview.id}/answers/{answer_id}/self-rating",
        json={"value": value},
        headers=house.headers(user or interview.candidate_id),
    )
    return response.status_code


async def reveal(house: House, interview: Interview, user: UUID | None = None) -> int:
    response = await house.client.post(
        f"/reports/{interview.id}/reveal", headers=house.headers(user or interview.candidate_id)
    )
    return response.status_code


async def view(house: House, interview: Interview) -> dict[str, Any]:
    read: dict[str, Any] = (await house.get(f"/reports/{interview.id}", interview.candidate_id)).json()
    return read


async def test_own_ratings_are_compared_with_the_scores_of_the_same_answers(house: House) -> None:
    interview, answers = await finished(house)
    made = await house.report(interview.id)
    assert (await view(house, interview))["revealed_at"] is None
    assert await rate(house, interview, answers[0], 2) == 204
    assert await rate(house, interview, answers[0], 5) == 204
    assert await rate(house, interview, answers[2], 5) == 204
    assert await reveal(house, interview) == 204

    seen = await view(house, interview)
    scores = [seen["answers"][number]["analysis"]["score"]["value"] for number in (0, 2)]
    assert [one["self_rating"] for one in seen["answers"]] == [5, None, 5]
    assert seen["calibration"]["answers"] == 2
    assert seen["calibration"]["self_mean"] == 5
    assert seen["calibration"]["scored_mean"] == pytest.approx(sum(scores) / 2, abs=0.01)
    assert seen["calibration"]["difference"] == pytest.approx(5 - sum(scores) / 2, abs=0.01)
    assert "above the scores" in seen["calibration"]["note"]
    assert seen["report"] == made, "a rating of one's own changes no figure"


@pytest.mark.parametrize(("ratings", "why"), [((), "No answer has both"), ((4,), "1 answer has both")])
async def test_too_few_ratings_are_not_compared(house: House, ratings: tuple[int, ...], why: str) -> None:
    interview, answers = await finished(house)
    for answer_id, value in zip(answers, ratings, strict=False):
        assert await rate(house, interview, answer_id, value) == 204
    assert await reveal(house, interview) == 204
    calibration = (await view(house, interview))["calibration"]
    assert calibration["self_mean"] is None
    assert calibration["why_not_shown"].startswith(why)


async def test_after_the_reveal_ratings_stay_as_they_are(house: House) -> None:
    interview, answers = await finished(house)
    assert await rate(house, interview, answers[0], 3) == 204
    assert await reveal(house, interview) == 204
    first = (await view(house, interview))["revealed_at"]
    assert await rate(house, interview, answers[0], 4) == 409
    assert await rate(house, interview, answers[1], 4) == 409
    assert await reveal(house, interview) == 204
    seen = await view(house, interview)
    assert seen["revealed_at"] == first
    assert [one["self_rating"] for one in seen["answers"]] == [3, None, None]


async def test_only_the_candidate_rates_and_reveals(house: House) -> None:
    interview, answers = await finished(house)
    assert await rate(house, interview, answers[0], 3, user=uuid4()) == 404
    assert await reveal(house, interview, user=uuid4()) == 404
    assert await rate(house, interview, new_id(), 3) == 404
    assert (await view(house, interview))["revealed_at"] is None


async def test_rating_an_answer_whose_analysis_ends_waits_for_it_and_is_kept(house: House) -> None:
    interview, answers = await finished(house)
    async with house.database.transaction() as ending:
        # As a run that records its result, or somebody who asks for an analysis again: the answer, then the report.
        assert await queries.analysis_for_update(ending, interview.id, answers[0]) is not None
        rating = asyncio.create_task(rate(house, interview, answers[0], 4))
        await eventually(lambda: _waits_for_a_lock(house))
        assert await queries.report_for_update(ending, interview.id) is not None
    assert await rating == 204
    assert (await view(house, interview))["answers"][0]["self_rating"] == 4


async def _waits_for_a_lock(house: House) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with house.database.transaction() as session:
        return bool(await session.scalar(text(waiting)))


@pytest.mark.parametrize("value", [0, 6, None, "good", 2.5])
async def test_rating_outside_the_scale_is_refused(house: House, value: object) -> None:
    interview, answers = await finished(house)
    assert await rate(house, interview, answers[0], value) == 422
    assert (await view(house, interview))["answers"][0]["self_rating"] is None


async def test_second_interview_is_set_beside_the_first(house: House) -> None:
    candidate_id = uuid4()
    first, _ = await finished(house, candidate_id)
    await finished(house)  # somebody else's, between the two
    second, _ = await finished(house, candidate_id)
    for interview in (first, second):
        assert await reveal(house, interview) == 204

    alone = await view(house, first)
    assert {one["note"] for one in alone["trend"]} == {"Seen for the first time."}
    assert alone["delivery_comparison"]["why_not_shown"].startswith("There is no earlier interview")

    seen = await view(house, second)
    assert [one["competency_id"] for one in seen["trend"]] == ["collaboration", "debugging"]
    for trend, result in zip(seen["trend"], alone["report"]["competencies"], strict=True):
        assert trend["previous"] == result["score"]["value"]
        assert (trend["n_previous"], trend["other_rubric"], trend["change"]) == (1, 0, 0)
        assert trend["note"].startswith("No clear change")
    compared = seen["delivery_comparison"]
    assert compared["previous_interview_id"] == str(first.id)
    assert {one["metric"] for one in compared["changes"]} == {"hedges", "words"}
    assert all(one["difference"] == 0 for one in compared["changes"])


async def test_report_plans_what_to_do_next(house: House) -> None:
    interview, _ = await finished(house)
    assert await reveal(house, interview) == 204
    report = (await view(house, interview))["report"]
    asked = {str(one.id) for one in interview.questions}
    assert report["next_plan"]
    assert all(one["redo_question_ids"] and set(one["redo_question_ids"]) <= asked for one in report["priorities"])
    assert report["next_plan"][0]["question_id"] == report["priorities"][0]["redo_question_ids"][0]
    assert report["delivery_summary"]["source"] == "typed"
    assert {one["metric"] for one in report["delivery_summary"]["figures"]} == {"hedges", "words"}

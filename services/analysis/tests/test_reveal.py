"""What is told of a report before its candidate has asked to see it: nothing of how the answers were judged."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from kit.ids import new_id
from sqlalchemy import text

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import GOOD, MIDDLING, SLOW_ANSWER, VAGUE, Interview, help_question, slow_question
from services.analysis.tests.test_self_rating import finished, rate, reveal, view

JUDGED = ("report", "calibration", "trend", "delivery_comparison")
FIELDS = {"score", "band", "low", "high", "dimensions", "anchor", "rationale", "headline", "gaps", "fix", "strengths"}
FIELDS |= {"covered", "evidence", "quote", "priorities", "do_next", "kept_well", "next_plan", "delivery", "provenance"}


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    else:
        yield value


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names(one)


def judged(whole: dict[str, Any]) -> list[Any]:
    """Return what a revealed report says that its candidate did not know."""
    answers = whole["answers"] + whole["attempts"]
    return [
        *(whole[part] for part in JUDGED),
        *(one["analysis"] for one in answers),
        *(one["question"]["key_points"] for one in answers),
    ]


def without(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the view as it was before its report was revealed."""
    left: dict[str, Any] = json.loads(json.dumps(whole))
    left |= {"report": None, "calibration": None, "trend": [], "delivery_comparison": None}
    left |= {"revealed": False, "revealed_at": None}
    for one in left["answers"] + left["attempts"]:
        one["analysis"] = one["question"]["key_points"] = None
    return left


def expect_nothing_judged(told: Any, whole: dict[str, Any]) -> None:
    """Look for every figure, sentence and field of a judgement in something that was told before."""
    dumped = json.dumps(told)
    known = [(one["text"], one["question"]) for one in whole["answers"] + whole["attempts"]]
    given = " ".join(f"{said} {asked['text']} {asked['competency']['label']}" for said, asked in known)
    said = {one for one in leaves(judged(whole)) if isinstance(one, str) and " " in one and one not in given}
    figures = {one for one in leaves(judged(whole)) if isinstance(one, float) and not one.is_integer()}
    assert len(said) > 40
    assert len(figures) > 10
    assert [one for one in said if json.dumps(one)[1:-1] in dumped] == []
    assert figures.isdisjoint(leaves(told))
    assert set(names(whole)) > FIELDS
    assert FIELDS.isdisjoint(names(told))


async def refusal(house: House, interview: Interview, path: str, method: str = "GET", **more: Any) -> str:
    own = house.headers(interview.candidate_id)
    response: httpx2.Response = await house.client.request(
        method, f"/reports/{interview.id}/{path}", headers=own, **more
    )
    assert response.status_code == 409, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]
    return str(response.json()["type"]).rpartition(":")[2]


async def test_report_says_nothing_of_how_answers_were_judged_until_it_is_asked_for(house: House) -> None:
    interview, answers = await finished(house)
    async with house.working():
        again = interview.answer(VAGUE, 3, answer_id=new_id(), attempt=2)
        await house.post(again)
        await house.ended(again.answer_id)
    assert await rate(house, interview, answers[0], 5) == 204
    before = await view(house, interview)
    assert before["status"] == "done"
    assert [one["text"] for one in before["answers"]] == [GOOD, SLOW_ANSWER, MIDDLING]
    assert [one["self_rating"] for one in before["answers"]] == [5, None, None]
    assert await reveal(house, interview) == 204

    whole = await view(house, interview)
    assert all(judged(whole))
    expect_nothing_judged(before, whole)
    assert (before["revealed"], whole["revealed"]) == (False, True)
    assert before == without(whole)


async def test_list_has_a_report_without_figures_until_it_is_asked_for(house: House) -> None:
    interview, _ = await finished(house)
    [before] = (await house.get("/reports", interview.candidate_id)).json()["items"]
    assert (before["revealed"], before["overall"], before["competencies"]) == (False, None, [])
    assert (before["rubric_versions"], before["role"]["title"]) == ([], "Backend engineer")
    assert await reveal(house, interview) == 204
    [after] = (await house.get("/reports", interview.candidate_id)).json()["items"]
    expect_nothing_judged(before, await view(house, interview))
    assert after["revealed"] is True
    assert after["overall"] is not None
    assert after["competencies"]
    assert after["rubric_versions"]


async def test_nothing_is_saved_or_improved_before_the_report_is_asked_for(house: House) -> None:
    interview, answers = await finished(house)
    improvements = f"answers/{answers[2]}/improvements"
    asked = [
        await refusal(house, interview, "export.md"),
        await refusal(house, interview, "export.pdf"),
        await refusal(house, interview, improvements, "POST"),
        await refusal(house, interview, improvements),
        await refusal(house, interview, f"{improvements}/facts", "PUT", json={"facts": []}),
    ]
    assert asked == ["report-not-revealed"] * 5
    async with house.database.transaction() as session:
        begun = await session.execute(text("SELECT count(*) FROM analysis.improvements"))
        assert begun.scalar_one() == 0
    assert await reveal(house, interview) == 204
    for path in ("export.md", "export.pdf"):
        assert (await house.get(f"/reports/{interview.id}/{path}", interview.candidate_id)).status_code == 200
    own = house.headers(interview.candidate_id)
    assert (await house.client.post(f"/reports/{interview.id}/{improvements}", headers=own)).status_code == 202


async def test_other_interviews_are_not_set_beside_one_that_was_not_asked_for(house: House) -> None:
    candidate_id = uuid4()
    first, _ = await finished(house, candidate_id)
    second, _ = await finished(house, candidate_id)
    assert await reveal(house, second) == 204
    alone = await view(house, second)
    assert {one["note"] for one in alone["trend"]} == {"Seen for the first time."}
    assert alone["delivery_comparison"]["previous_interview_id"] is None
    assert await reveal(house, first) == 204
    beside = await view(house, second)
    assert all(one["n_previous"] == 1 for one in beside["trend"])
    assert beside["delivery_comparison"]["previous_interview_id"] == str(first.id)


async def test_running_interview_tells_that_an_answer_was_read_and_not_how_it_was_judged(house: House) -> None:
    interview = Interview(help_question(1), slow_question(2))
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        await house.ended(event.answer_id)
    told = await view(house, interview)
    [answer] = told["answers"]
    assert (told["revealed"], answer["status"], answer["analysis"]) == (False, "done", None)
    assert answer["question"]["key_points"] is None


async def test_failed_answer_can_be_read_again_before_the_report_is_asked_for(house: House) -> None:
    interview, answers = await finished(house)
    async with house.database.transaction() as session:
        await session.execute(
            text("UPDATE analysis.analyses SET status = 'failed', result = NULL WHERE answer_id = :id"),
            {"id": answers[0]},
        )
    failed = (await view(house, interview))["answers"][0]
    assert (failed["status"], failed["can_retry"]) == ("failed", True)
    path = f"/reports/{interview.id}/answers/{answers[0]}/retry"
    assert (await house.client.post(path, json={}, headers=house.headers(interview.candidate_id))).status_code == 202
    async with house.working():
        await house.ended(answers[0])

        async def made_anew() -> bool:
            return len(await house.published("report_ready", interview.id)) == 2

        await eventually(made_anew)
    assert (await view(house, interview))["report"] is None


@pytest.mark.parametrize(("answered", "outcome"), [(1, "completed"), (1, "abandoned"), (2, "abandoned")])
async def test_report_with_nothing_to_rate_waits_for_nobody(house: House, answered: int, outcome: str) -> None:
    interview = Interview(help_question(1), slow_question(2))
    events = [interview.answer(words, number) for number, words in enumerate((GOOD, SLOW_ANSWER)[:answered], 1)]
    async with house.working():
        await house.post(*events, interview.completed(outcome))
        await house.report(interview.id)
    told = await view(house, interview)
    assert told["revealed"] is True
    assert told["report"]["competencies"]
    assert all(one["analysis"]["score"] for one in told["answers"])
    assert (await ready(house, interview.id)) == [True]
    assert await rate(house, interview, events[0].answer_id, 4) == 409
    assert await house.published("report_revealed", interview.id) == []
    assert await reveal(house, interview) == 204
    [told] = await house.published("report_revealed", interview.id)
    assert told["revealed_at"] == (await view(house, interview))["revealed_at"]


async def test_other_services_are_told_that_a_report_was_asked_for_and_again_when_it_is_again(house: House) -> None:
    interview, _ = await finished(house)
    assert await ready(house, interview.id) == [False]
    assert await house.published("report_revealed", interview.id) == []
    assert await reveal(house, interview) == 204
    [told] = await house.published("report_revealed", interview.id)
    assert told["candidate_id"] == str(interview.candidate_id)
    assert told["revealed_at"] == (await view(house, interview))["revealed_at"]
    # Whoever was told and took no notice, as an older process may have, hears the very same once more.
    assert await reveal(house, interview) == 204
    assert await house.published("report_revealed", interview.id) == [told, told]


async def test_report_that_is_asked_for_before_it_is_made_is_told_as_it_comes(house: House) -> None:
    interview = Interview(help_question(1), slow_question(2))
    first, second = interview.answer(GOOD, 1), interview.answer(SLOW_ANSWER, 2)
    async with house.working():
        await house.post(first)
        await house.ended(first.answer_id)
        await house.reveal(interview.id, interview.candidate_id)
        [answer] = (await view(house, interview))["answers"]
        assert answer["analysis"]["score"] is not None
        await house.post(second, interview.completed())
        made = await house.report(interview.id)
    assert (await view(house, interview))["report"] == made
    assert await ready(house, interview.id) == [True]


async def ready(house: House, interview_id: UUID) -> list[bool]:
    """Return what the report's events said about the reveal."""
    return [one["revealed"] for one in await house.published("report_ready", interview_id)]

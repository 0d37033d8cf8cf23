"""Follow-ups through the service: asked when an answer is handed in, and judged with it as one thread."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from interview.models import Question
from kit.database import Database

from services.interview.tests.candidate import ANSWER, Candidate, problem

MORE = "I moved the users first and chose the billing service last, because it had the fewest tests."
NO = "I don't know."


def open_one(interview: dict[str, Any]) -> dict[str, Any]:
    every = [one for question in interview["questions"] for one in (question, *question["follow_ups"])]
    [found] = [one for one in every if one["id"] == interview["current_question_id"]]
    return dict(found)


async def followed_up(candidate: Candidate, **choice: Any) -> dict[str, Any]:
    """Return an interview in which the first follow-up is being asked."""
    interview = await candidate.submit(await candidate.started(**({"follow_ups": 2} | choice)))
    assert open_one(interview)["follow_up"]["number"] == 1
    return dict(interview)


async def submitted(candidate: Candidate, interview: dict[str, Any]) -> list[Any]:
    return await candidate.events("answer_submitted", interview)


async def test_without_the_setting_nothing_is_followed_up(candidate: Candidate) -> None:
    interview = await candidate.submit(await candidate.started())
    assert interview["follow_ups"] == 0
    assert open_one(interview)["position"] == 2
    [event] = await submitted(candidate, interview)
    assert event.parts == ()


async def test_follow_up_is_part_of_its_question(candidate: Candidate) -> None:
    interview = await followed_up(candidate)
    assert [question["position"] for question in interview["questions"]] == [1, 2, 3]
    assert [question["status"] for question in interview["questions"]] == ["submitted", "upcoming", "upcoming"]
    asked = open_one(interview)
    assert (asked["position"], asked["follow_up"]) == (1, {"number": 1, "kind": "expand"})
    assert ANSWER.rstrip(".")[:20] in asked["text"]
    assert asked["asked_at"] == interview["questions"][0]["submitted_at"]
    # The thread is open, so there is nothing to judge yet.
    assert await submitted(candidate, interview) == []


@pytest.mark.parametrize("most", [1, 2, 3, 4])
async def test_at_most_so_many_are_asked_and_the_thread_is_handed_over_once(candidate: Candidate, most: int) -> None:
    interview = await candidate.submit(await candidate.started(follow_ups=most))
    while open_one(interview)["position"] == 1:
        interview = await candidate.submit(interview, MORE)
    follow_ups = interview["questions"][0]["follow_ups"]
    assert 1 <= len(follow_ups) <= most
    assert [one["follow_up"]["number"] for one in follow_ups] == list(range(1, len(follow_ups) + 1))
    [event] = await submitted(candidate, interview)
    assert event.answer_id == UUID(interview["questions"][0]["answer"]["id"])
    assert event.text == "\n\n".join([ANSWER, *[MORE] * len(follow_ups)])
    assert [event.text[part.start : part.end] for part in event.parts] == [part.text for part in event.parts]
    assert [part.question_text for part in event.parts[1:]] == [one["text"] for one in follow_ups]
    assert [part.follow_up for part in event.parts] == [None, *(one["follow_up"]["kind"] for one in follow_ups)]


@pytest.mark.parametrize("count", [-1, 5])
async def test_other_settings_are_refused(candidate: Candidate, count: int) -> None:
    body = {"role_id": "backend-engineer", "level_id": "mid", "follow_ups": count}
    assert (await candidate.do("POST", "/interviews", body)).status_code == 422


async def test_skipped_follow_up_ends_the_thread(candidate: Candidate) -> None:
    interview = await candidate.skip(await followed_up(candidate))
    assert open_one(interview)["position"] == 2
    [event] = await submitted(candidate, interview)
    assert (event.text, event.parts) == (ANSWER, ())
    assert interview["questions"][0]["follow_ups"][0]["status"] == "skipped"


async def test_no_more_is_asked_after_a_no(candidate: Candidate) -> None:
    interview = await candidate.submit(await followed_up(candidate), NO)
    assert open_one(interview)["position"] == 2
    [event] = await submitted(candidate, interview)
    assert event.text == f"{ANSWER}\n\n{NO}"


async def test_skipped_question_has_no_follow_up_and_nothing_is_handed_over(candidate: Candidate) -> None:
    interview = await candidate.skip(await candidate.started(follow_ups=2))
    assert open_one(interview)["position"] == 2
    assert await submitted(candidate, interview) == []


@pytest.mark.parametrize("verb", ["complete", "abandon"])
async def test_end_of_the_interview_hands_the_open_thread_over_first(candidate: Candidate, verb: str) -> None:
    interview = await candidate.post(await followed_up(candidate), verb)
    [event] = await submitted(candidate, interview)
    assert event.text == ANSWER
    [completed] = await candidate.events("interview_completed", interview)
    assert [asked.position for asked in completed.questions] == [1, 2, 3]
    assert completed.questions[0].answer_id == event.answer_id
    assert interview["questions"][0]["follow_ups"][0]["status"] == "not_reached"
    assert (await candidate.post(interview, verb))["version"] == interview["version"]
    assert len(await submitted(candidate, interview)) == 1


async def test_last_thread_ends_the_interview(candidate: Candidate) -> None:
    interview = await candidate.started(follow_ups=1)
    for _ in range(2):
        interview = await candidate.skip(interview)
    interview = await candidate.submit(interview)
    assert interview["status"] == "in_progress"
    interview = await candidate.submit(interview, MORE)
    assert interview["status"] == "completed"
    [event] = await submitted(candidate, interview)
    assert len(event.parts) == 2


async def test_refresh_finds_the_follow_up_with_its_draft(candidate: Candidate) -> None:
    interview = await followed_up(candidate)
    await candidate.save(interview, "The users came fir", 0)
    found = await candidate.read(interview["id"])
    assert open_one(found)["draft"]["text"] == "The users came fir"
    assert found["questions"][0]["answer"]["text"] == ANSWER
    assert await candidate.post(found, "start") == found


async def test_twenty_submits_at_once_ask_one_follow_up(candidate: Candidate, database: Database) -> None:
    interview = await candidate.started(follow_ups=2)
    path = f"{candidate.question(interview)}/answers"
    responses = await asyncio.gather(*(candidate.do("POST", path, {"text": ANSWER}) for _ in range(20)))
    assert {response.status_code for response in responses} == {202}
    async with database.transaction() as session:
        follow_ups = sa.select(sa.func.count(Question.id)).where(Question.parent_id.is_not(None))
        assert await session.scalar(follow_ups) == 1


async def test_two_windows_answer_a_follow_up_once(candidate: Candidate) -> None:
    interview = await followed_up(candidate, follow_ups=1)
    path = f"{candidate.question(interview)}/answers"
    first, second = await asyncio.gather(
        *(candidate.do("POST", path, {"text": f"{MORE} It took {n} weeks."}) for n in (2, 3))
    )
    assert sorted((first.status_code, second.status_code)) == [202, 409]
    refused = first if first.status_code == 409 else second
    assert problem(refused) == "answer-already-submitted"
    assert len(await submitted(candidate, interview)) == 1


async def test_late_submit_of_the_question_again_changes_nothing(candidate: Candidate) -> None:
    interview = await followed_up(candidate)
    again = await candidate.submit(interview, ANSWER, interview["questions"][0]["id"])
    assert again == interview


async def test_parts_together_are_no_longer_than_an_answer_may_be(candidate: Candidate) -> None:
    long = f"{ANSWER} " * 180
    interview = await candidate.submit(await candidate.started(follow_ups=2), long)
    path = f"{candidate.question(interview)}/answers"
    response = await candidate.do("POST", path, {"text": "word " * 3_000})
    assert response.status_code == 422
    assert problem(response) == "answer-too-long"
    assert (await candidate.read(interview["id"]))["current_question_id"] == interview["current_question_id"]


async def test_list_counts_questions_and_not_follow_ups(candidate: Candidate) -> None:
    interview = await candidate.submit(await followed_up(candidate), MORE)
    [row] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert row["answered"] == 1
    assert interview["questions"][0]["follow_ups"][0]["answer"]["text"] == MORE


async def test_key_points_are_not_told_with_a_follow_up(candidate: Candidate) -> None:
    interview = await followed_up(candidate)
    [ready] = await candidate.events("interview_ready", interview)
    shown = (await candidate.do("GET", f"/interviews/{interview['id']}")).text
    assert not any(point.text in shown for question in ready.questions for point in question.key_points)

"""A question of a finished interview, answered once more."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from kit.ids import new_id

from services.interview.tests.candidate import ANSWER, Candidate, problem

SECOND = "I cut deployment time from two hours to ten minutes, and since then every team deploys on its own."


def attempts(candidate: Candidate, interview: dict[str, Any]) -> str:
    return f"{candidate.question(interview, interview['questions'][0]['id'])}/attempts"


async def handed_in(candidate: Candidate, interview: dict[str, Any], text: str = SECOND) -> dict[str, Any]:
    path = attempts(candidate, interview)
    opened = (await candidate.do("POST", path)).json()
    response = await candidate.do("POST", f"{path}/{opened['number']}/answer", {"text": text})
    assert response.status_code == 202, response.text
    return dict(response.json())


async def test_attempt_becomes_a_second_answer_and_the_interview_stays_as_it_was(candidate: Candidate) -> None:
    interview = await candidate.completed()
    attempt = await handed_in(candidate, interview)
    after = await candidate.read(interview["id"])
    assert after["status"] == "completed"
    assert after["questions"] == interview["questions"]
    assert after["version"] > interview["version"]
    event = (await candidate.events("answer_submitted", interview))[-1]
    assert (event.attempt, event.text, event.source) == (2, SECOND, "typed")
    assert event.answer_id == UUID(attempt["answer_id"]) != UUID(interview["questions"][0]["answer"]["id"])
    assert event.question.id == UUID(interview["questions"][0]["id"])
    assert len(await candidate.events("interview_completed", interview)) == 1
    [line] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert line["answered"] == 3


async def test_draft_survives_and_a_second_window_is_noticed(candidate: Candidate) -> None:
    interview = await candidate.completed()
    path = attempts(candidate, interview)
    opened = await candidate.do("POST", path)
    assert opened.status_code == 201
    saved = await candidate.do("PUT", f"{path}/2/draft", {"text": "So far ", "revision": 0})
    assert saved.json()["revision"] == 1
    stale = await candidate.do("PUT", f"{path}/2/draft", {"text": "Other", "revision": 0})
    assert (stale.status_code, problem(stale), stale.json()["text"]) == (409, "draft-stale", "So far ")
    again = await candidate.do("POST", path)
    assert (again.json()["number"], again.json()["text"]) == (2, "So far ")
    listed = (await candidate.do("GET", path)).json()
    assert ([one["number"] for one in listed["items"]], listed["left"], listed["most"]) == ([2], 3, 5)


async def test_same_attempt_twice_is_one_answer(candidate: Candidate) -> None:
    interview = await candidate.completed()
    path = f"{attempts(candidate, interview)}/2/answer"
    await candidate.do("POST", attempts(candidate, interview))
    responses = await asyncio.gather(*(candidate.do("POST", path, {"text": f" {SECOND} "}) for _ in range(10)))
    assert {response.status_code for response in responses} == {202}
    assert len({response.json()["answer_id"] for response in responses}) == 1
    other = await candidate.do("POST", path, {"text": "Something else."})
    assert (other.status_code, problem(other)) == (409, "attempt-closed")
    draft = await candidate.do("PUT", f"{attempts(candidate, interview)}/2/draft", {"text": "Late", "revision": 0})
    assert problem(draft) == "attempt-closed"
    assert len(await candidate.events("answer_submitted", interview)) == 4


async def test_five_attempts_are_the_most(candidate: Candidate) -> None:
    interview = await candidate.completed()
    numbers = [(await handed_in(candidate, interview, f"{SECOND} {n}"))["number"] for n in range(4)]
    assert numbers == [2, 3, 4, 5]
    refused = await candidate.do("POST", attempts(candidate, interview))
    assert (refused.status_code, problem(refused)) == (409, "attempts-full")
    assert (await candidate.do("GET", attempts(candidate, interview))).json()["left"] == 0


async def test_ten_at_once_open_one_attempt(candidate: Candidate) -> None:
    interview = await candidate.completed()
    responses = await asyncio.gather(*(candidate.do("POST", attempts(candidate, interview)) for _ in range(10)))
    assert {(response.status_code, response.json()["number"]) for response in responses} == {(201, 2)}


async def test_attempt_needs_a_completed_interview_and_a_first_answer(candidate: Candidate) -> None:
    running = await candidate.started()
    refused = await candidate.do("POST", attempts(candidate, running))
    assert (refused.status_code, problem(refused)) == (409, "interview-not-completed")
    await candidate.skip(running)
    done = await candidate.post(await candidate.submit(await candidate.read(running["id"])), "complete")
    skipped = await candidate.do("POST", attempts(candidate, done))
    assert (skipped.status_code, problem(skipped)) == (409, "question-not-answered")


@pytest.mark.parametrize("verb", ["list", "open", "save", "submit"])
async def test_attempts_belong_to_their_candidate(candidate: Candidate, stranger: Candidate, verb: str) -> None:
    interview = await candidate.completed()
    path = attempts(candidate, interview)
    await candidate.do("POST", path)
    tries: dict[str, tuple[str, str, Any]] = {
        "list": ("GET", path, None),
        "open": ("POST", path, None),
        "save": ("PUT", f"{path}/2/draft", {"text": "Mine", "revision": 0}),
        "submit": ("POST", f"{path}/2/answer", {"text": ANSWER}),
    }
    response = await stranger.do(*tries[verb])
    assert (response.status_code, problem(response)) == (404, "interview-not-found")


async def test_nonsense_is_a_problem_and_loses_nothing(candidate: Candidate) -> None:
    interview = await candidate.completed()
    path = attempts(candidate, interview)
    await candidate.do("POST", path)
    await candidate.do("PUT", f"{path}/2/draft", {"text": "Kept", "revision": 0})
    empty = await candidate.do("POST", f"{path}/2/answer", {"text": "  "})
    assert (empty.status_code, problem(empty)) == (422, "answer-empty")
    long = await candidate.do("POST", f"{path}/2/answer", {"text": "x" * 20_001})
    assert (long.status_code, problem(long)) == (422, "answer-too-long")
    for number, status in (("1", 422), ("x", 422), ("3", 404)):
        assert (await candidate.do("POST", f"{path}/{number}/answer", {"text": "A"})).status_code == status
    unknown = f"/interviews/{interview['id']}/questions/{new_id()}/attempts"
    assert problem(await candidate.do("POST", unknown)) == "question-not-found"
    assert (await candidate.do("GET", path)).json()["items"][0]["text"] == "Kept"

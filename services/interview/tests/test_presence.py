import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from interview.models import Presence
from kit.database import Database
from sqlalchemy import func, select

from services.interview.tests.candidate import Candidate, problem
from services.interview.tests.fixtures import Opening

NONE = {"neutral": 0, "happy": 0, "surprised": 0, "sad": 0, "angry": 0, "fearful": 0, "disgusted": 0}
COUNTED = {
    "seconds": 20.5,
    "samples": 60,
    "readable": 48,
    "facing": 36,
    "expressions": NONE | {"neutral": 36, "happy": 12},
}
SHARES = NONE | {"neutral": 0.75, "happy": 0.25}


def presence(interview: dict[str, Any]) -> str:
    return f"/interviews/{interview['id']}/presence"


async def put(candidate: Candidate, interview: dict[str, Any], body: Any = COUNTED, question_id: Any = None) -> Any:
    return await candidate.do("PUT", f"{candidate.question(interview, question_id)}/presence", body)


async def read(candidate: Candidate, interview: dict[str, Any]) -> Any:
    return (await candidate.do("GET", presence(interview))).json()


async def share(candidate: Candidate, interview: dict[str, Any], shared: Any = True) -> Any:
    return await candidate.do("PUT", f"{presence(interview)}/sharing", {"shared": shared})


async def looked_at(candidate: Candidate) -> dict[str, Any]:
    """An interview in progress with consent to expressions."""
    interview = await candidate.ready()
    await candidate.consent(interview, "expression_analysis")
    return await candidate.post(interview, "start")


async def test_counts_become_shares_for_the_candidate(candidate: Candidate) -> None:
    interview = await looked_at(candidate)
    response = await put(candidate, interview)
    assert response.status_code == 200
    expected = {
        "shared": False,
        "answers": [
            {
                "question_id": interview["current_question_id"],
                "seconds": 20.5,
                "samples": 60,
                "readable_share": 0.8,
                "facing_share": 0.75,
                "expressions": [{"label": label, "share": part} for label, part in SHARES.items()],
            }
        ],
    }
    assert response.json() == expected
    assert await read(candidate, interview) == expected
    assert await candidate.events("presence_sharing_changed", interview) == []
    assert await candidate.read(interview["id"]) == interview


async def test_later_counts_take_the_place_of_earlier_ones(candidate: Candidate, database: Database) -> None:
    interview = await looked_at(candidate)
    await put(candidate, interview)
    less = {"seconds": 4, "samples": 12, "readable": 0, "facing": None, "expressions": NONE}
    [answer] = (await put(candidate, interview, less)).json()["answers"]
    assert (answer["samples"], answer["readable_share"]) == (12, 0)
    # Nothing was readable: of nothing there are no shares, and none is made up.
    assert (answer["facing_share"], answer["expressions"]) == (None, [])
    assert (await put(candidate, interview, less | {"samples": 0})).json()["answers"] == []
    await asyncio.gather(*(put(candidate, interview) for _ in range(20)))
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Presence.question_id))) == 1


async def test_answers_come_in_the_order_of_the_questions(candidate: Candidate) -> None:
    interview = await looked_at(candidate)
    first = interview["current_question_id"]
    interview = await candidate.submit(interview)
    await put(candidate, interview)
    # The last counts of an answer follow after it was handed in.
    assert (await put(candidate, interview, question_id=first)).status_code == 200
    found = await read(candidate, interview)
    assert [answer["question_id"] for answer in found["answers"]] == [first, interview["current_question_id"]]


@pytest.mark.parametrize(
    "change",
    [
        {"readable": 61},
        {"facing": 49},
        {"readable": 47},
        {"expressions": NONE},
        {"expressions": NONE | {"neutral": 49}},
        {"expressions": NONE | {"neutral": 49, "happy": -1}},
        {"expressions": {"neutral": 48}},
        {"expressions": COUNTED["expressions"] | {"nervous": 0}},
        {"samples": 10**30},
        {"samples": 60.5},
        {"samples": True},
        {"seconds": -1},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"frames": ["…"]},
    ],
)
async def test_counts_that_contradict_each_other_are_refused(candidate: Candidate, change: dict[str, Any]) -> None:
    interview = await looked_at(candidate)
    response = await candidate.do(
        "PUT",
        f"{candidate.question(interview)}/presence",
        content=json.dumps(COUNTED | change).encode(),
        headers={"Content-Type": "application/json"},
    )
    assert (response.status_code, problem(response)) == (422, "validation")
    assert (await read(candidate, interview))["answers"] == []


async def test_more_time_than_there_was_is_refused(candidate: Candidate) -> None:
    interview = await looked_at(candidate)
    for seconds in (90, 1e308):
        response = await put(candidate, interview, COUNTED | {"seconds": seconds})
        assert (response.status_code, problem(response)) == (422, "presence-time-impossible")


async def test_question_that_was_not_asked_or_is_of_another_interview_is_refused(
    candidate: Candidate, stranger: Candidate
) -> None:
    interview, theirs = await looked_at(candidate), await stranger.started()
    upcoming = await put(candidate, interview, question_id=interview["questions"][2]["id"])
    assert (upcoming.status_code, problem(upcoming)) == (409, "question-not-open")
    for question_id in (theirs["current_question_id"], uuid4()):
        response = await put(candidate, interview, question_id=question_id)
        assert (response.status_code, problem(response)) == (404, "question-not-found")


async def test_without_consent_nothing_is_kept(candidate: Candidate) -> None:
    interview = await candidate.ready()
    await candidate.consent(interview, "face_monitoring")
    interview = await candidate.post(interview, "start")
    response = await put(candidate, interview)
    assert (response.status_code, problem(response)) == (409, "consent-missing")
    assert response.json()["capture"] == "expression_analysis"
    await candidate.consent(interview, "expression_analysis")
    assert (await put(candidate, interview)).status_code == 200
    await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/expression_analysis")
    assert problem(await put(candidate, interview)) == "consent-missing"
    # What is there stays until it is deleted.
    assert len((await read(candidate, interview))["answers"]) == 1


async def test_sharing_is_told_with_what_is_shared(candidate: Candidate) -> None:
    interview = await looked_at(candidate)
    await put(candidate, interview)
    assert (await share(candidate, interview)).json()["shared"] is True
    await share(candidate, interview)
    second = COUNTED | {"samples": 96}
    await put(candidate, interview, second)
    assert (await share(candidate, interview, shared=False)).json()["shared"] is False
    await put(candidate, interview)
    events = await candidate.events("presence_sharing_changed", interview)
    assert [event.shared for event in events] == [True, True, False]
    assert [[answer.readable_share for answer in event.answers] for event in events] == [[0.8], [0.5], []]
    moments = [event.changed_at for event in events]
    assert moments == sorted(set(moments))


async def test_sharing_at_once_is_told_once(candidate: Candidate) -> None:
    interview = await looked_at(candidate)
    await put(candidate, interview)
    await asyncio.gather(*(share(candidate, interview) for _ in range(20)))
    assert len(await candidate.events("presence_sharing_changed", interview)) == 1


async def test_deleting_takes_it_back_from_reviewers_too(candidate: Candidate, database: Database) -> None:
    interview = await looked_at(candidate)
    await put(candidate, interview)
    await share(candidate, interview)
    for _ in range(2):
        response = await candidate.do("DELETE", presence(interview))
        assert (response.status_code, response.content) == (204, b"")
    assert await read(candidate, interview) == {"shared": False, "answers": []}
    events = await candidate.events("presence_sharing_changed", interview)
    assert [(event.shared, event.answers == ()) for event in events] == [(True, False), (False, True)]
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Presence.question_id))) == 0


@pytest.mark.parametrize("shared", [None, "perhaps", {}])
async def test_sharing_is_yes_or_no(candidate: Candidate, shared: Any) -> None:
    interview = await looked_at(candidate)
    assert (await share(candidate, interview, shared)).status_code == 422


@pytest.mark.parametrize("context", ["education", "employer"])
async def test_schools_and_employers_get_no_expressions(opened: Opening, candidate: Candidate, context: str) -> None:
    interview = await looked_at(candidate)
    await put(candidate, interview)
    await share(candidate, interview)
    async with opened(deployment_context=context) as client:
        candidate.client = client
        for response in (await put(candidate, interview), await share(candidate, interview)):
            assert (response.status_code, problem(response)) == (403, "expression-not-offered")
        # What was practised before is still the candidate's own: to see, to take back and to delete.
        assert len((await read(candidate, interview))["answers"]) == 1
        assert (await share(candidate, interview, shared=False)).status_code == 200
        assert (await candidate.do("DELETE", presence(interview))).status_code == 204

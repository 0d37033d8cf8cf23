from uuid import uuid4

import pytest
from analysis.schemas import ReportView
from kit.ids import new_id

from services.analysis.tests.house import House
from services.analysis.tests.material import GOOD, SLOW_ANSWER, Interview, help_question, slow_question


async def test_report_can_be_read_while_it_is_pending(house: House) -> None:
    interview = Interview(help_question(1), slow_question(2))
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        await house.ended(event.answer_id)
    await house.reveal(interview.id, interview.candidate_id)
    response = await house.get(f"/reports/{interview.id}", interview.candidate_id)
    view = ReportView.model_validate(response.json())
    assert response.status_code == 200
    assert (view.status, view.report) == ("pending", None)
    [answer] = view.answers
    assert (answer.answer_id, answer.status, answer.can_retry) == (event.answer_id, "done", False)
    assert answer.text == GOOD
    assert answer.question.key_points is not None
    assert answer.question.key_points[0].id == "blocked-on"
    assert answer.analysis is not None
    assert "terms" not in response.json()["answers"][0]["question"]["key_points"][0]


async def test_report_belongs_to_its_candidate(house: House) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event, interview.completed())
        await house.report(interview.id)
    path = f"/reports/{interview.id}"
    assert (await house.get(path, interview.candidate_id)).status_code == 200
    # A record that staff reads is read where it is written down who did.
    assert (await house.get(path, uuid4(), role="admin")).status_code == 403
    assert (await house.client.get(path)).status_code == 401
    stranger = await house.get(path, uuid4())
    unknown = await house.get(f"/reports/{new_id()}", interview.candidate_id)
    assert stranger.status_code == unknown.status_code == 404
    assert stranger.json()["type"] == unknown.json()["type"] == "urn:interview-kit:problem:report-not-found"


@pytest.mark.parametrize("role", ["candidate", "admin"])
async def test_only_the_candidate_can_ask_again(house: House, role: str) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        await house.ended(event.answer_id)
    path = f"/reports/{interview.id}/answers/{event.answer_id}/retry"
    refused = await house.client.post(path, json={}, headers=house.headers(uuid4(), role))
    assert refused.status_code == (404 if role == "candidate" else 403)
    own = await house.client.post(path, headers=house.headers(interview.candidate_id))
    assert own.status_code == 409
    assert own.json()["type"] == "urn:interview-kit:problem:analysis-not-failed"
    other = f"/reports/{interview.id}/answers/{new_id()}/retry"
    assert (await house.client.post(other, json={}, headers=house.headers(interview.candidate_id))).status_code == 404


async def test_list_holds_ones_own_finished_interviews_newest_first(house: House) -> None:
    candidate_id = uuid4()
    interviews = [Interview(help_question(1), slow_question(2), candidate_id=candidate_id) for _ in range(5)]
    foreign, unfinished = Interview(), Interview(candidate_id=candidate_id)
    async with house.working():
        for interview in (*interviews, foreign):
            await house.post(interview.answer(GOOD, 1), interview.completed())
            await house.report(interview.id)
        pending = unfinished.answer(SLOW_ANSWER)
        await house.post(pending)
        await house.ended(pending.answer_id)
    first = (await house.get("/reports?limit=3", candidate_id)).json()
    second = (await house.get(f"/reports?limit=3&cursor={first['next_cursor']}", candidate_id)).json()
    listed = [one["interview_id"] for one in (*first["items"], *second["items"])]
    assert listed == [str(interview.id) for interview in reversed(interviews)]
    assert second["next_cursor"] is None
    line = first["items"][0]
    assert line["role"]["title"] == "Backend engineer"
    assert line["overall"] is None
    assert line["competencies"][0]["score"]["value"] >= 3
    assert (await house.get("/reports", candidate_id, role="admin")).status_code == 403


async def test_nonsense_is_a_problem_and_not_a_fault(house: House) -> None:
    headers = house.headers(uuid4())
    for path in ("/reports/nobody", "/reports?cursor=xyz", "/reports?limit=0"):
        assert (await house.client.get(path, headers=headers)).status_code == 422
    path = f"/reports/{new_id()}/answers/{new_id()}/retry"
    assert (await house.client.post(path, json={"use_magic": True}, headers=headers)).status_code == 422

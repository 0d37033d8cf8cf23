import asyncio

from interview.models import Answer
from kit.database import Database
from sqlalchemy import func, select

from services.interview.tests.candidate import ANSWER, Candidate, problem


async def test_same_answer_twice_is_one_answer(candidate: Candidate) -> None:
    interview = await candidate.started()
    question_id = interview["current_question_id"]
    first = await candidate.submit(interview)
    again = await candidate.submit(interview, f"\n {ANSWER} ", question_id)
    assert again == first
    assert len(await candidate.events("answer_submitted", interview)) == 1


async def test_other_answer_after_the_first_is_refused(candidate: Candidate) -> None:
    interview = await candidate.started()
    path = f"{candidate.question(interview)}/answers"
    await candidate.submit(interview)
    response = await candidate.do("POST", path, {"text": "Something else."})
    assert response.status_code == 409
    assert problem(response) == "answer-already-submitted"
    found = await candidate.read(interview["id"])
    assert found["questions"][0]["answer"]["text"] == ANSWER


async def test_same_answer_is_welcome_after_the_end_too(candidate: Candidate) -> None:
    interview = await candidate.completed()
    last = interview["questions"][-1]["id"]
    assert await candidate.submit(interview, ANSWER, last) == interview
    response = await candidate.do("POST", f"{candidate.question(interview, last)}/answers", {"text": "Other."})
    assert problem(response) == "answer-already-submitted"


async def test_twenty_submits_at_once_are_one_answer_and_one_event(candidate: Candidate, database: Database) -> None:
    interview = await candidate.started()
    path = f"{candidate.question(interview)}/answers"
    responses = await asyncio.gather(*(candidate.do("POST", path, {"text": ANSWER}) for _ in range(20)))
    assert {response.status_code for response in responses} == {202}
    assert len({response.json()["questions"][0]["answer"]["id"] for response in responses}) == 1
    async with database.transaction() as session:
        assert await session.scalar(select(func.count(Answer.id))) == 1
    assert len(await candidate.events("answer_submitted", interview)) == 1


async def test_twenty_different_submits_at_once_leave_the_first(candidate: Candidate) -> None:
    interview = await candidate.started()
    path = f"{candidate.question(interview)}/answers"
    responses = await asyncio.gather(*(candidate.do("POST", path, {"text": f"Answer {n}."}) for n in range(20)))
    assert sorted(response.status_code for response in responses) == [202] + [409] * 19
    assert len(await candidate.events("answer_submitted", interview)) == 1


async def test_location_leads_to_the_report(candidate: Candidate) -> None:
    interview = await candidate.started()
    response = await candidate.do("POST", f"{candidate.question(interview)}/answers", {"text": ANSWER})
    assert response.status_code == 202
    assert response.headers["location"] == f"/reports/{interview['id']}"


async def test_refresh_in_the_middle_finds_everything_as_it_was(candidate: Candidate) -> None:
    interview = await candidate.submit(await candidate.started())
    draft = "  I began by asking the team what\n"
    await candidate.save(interview, draft, 0)
    found = await candidate.read(interview["id"])
    assert found["current_question_id"] == interview["current_question_id"]
    assert found["questions"][1]["status"] == "answering"
    assert found["questions"][1]["draft"]["text"] == draft
    assert found["questions"][1]["draft"]["revision"] == 1
    assert found["questions"][1]["asked_at"] == interview["questions"][1]["asked_at"]
    assert found["questions"][0]["answer"]["text"] == ANSWER
    # Starting again, as a page that lost its place may do, moves nothing.
    assert await candidate.post(found, "start") == found


async def test_stale_draft_is_refused_with_the_newer_one(candidate: Candidate) -> None:
    interview = await candidate.started()
    assert (await candidate.save(interview, "one", 0)).json()["revision"] == 1
    assert (await candidate.save(interview, "two", 1)).json()["revision"] == 2
    stale = await candidate.save(interview, "from another window", 1)
    assert stale.status_code == 409
    assert problem(stale) == "draft-stale"
    assert (stale.json()["revision"], stale.json()["text"]) == (2, "two")
    # Too new is as wrong as too old.
    assert (await candidate.save(interview, "from nowhere", 7)).status_code == 409


async def test_draft_saved_again_because_its_reply_was_lost_is_no_conflict(candidate: Candidate) -> None:
    interview = await candidate.started()
    first = await candidate.save(interview, "one", 0)
    again = await candidate.save(interview, "one", 0)
    assert again.status_code == 200
    assert again.json() == first.json()


async def test_draft_can_be_emptied(candidate: Candidate) -> None:
    interview = await candidate.started()
    await candidate.save(interview, "one", 0)
    assert (await candidate.save(interview, "", 1)).json()["revision"] == 2
    assert (await candidate.read(interview["id"]))["questions"][0]["draft"]["text"] == ""


async def test_drafts_from_two_windows_at_once_do_not_overwrite_each_other(candidate: Candidate) -> None:
    interview = await candidate.started()
    responses = await asyncio.gather(*(candidate.save(interview, f"window {n}", 0) for n in range(8)))
    assert sorted(response.status_code for response in responses) == [200] + [409] * 7


async def test_closed_question_takes_no_draft(candidate: Candidate) -> None:
    interview = await candidate.started()
    closed, upcoming = interview["questions"][0]["id"], interview["questions"][2]["id"]
    await candidate.submit(interview)
    for question_id in (closed, upcoming):
        path = f"{candidate.question(interview, question_id)}/draft"
        response = await candidate.do("PUT", path, {"text": "late", "revision": 0})
        assert response.status_code == 409
        assert problem(response) == "question-not-open"


async def test_skipping_twice_skips_one_question(candidate: Candidate) -> None:
    interview = await candidate.started()
    path = f"{candidate.question(interview)}/skip"
    first = await candidate.do("POST", path)
    again = await candidate.do("POST", path)
    assert again.status_code == 200
    assert again.json() == first.json()
    assert [question["status"] for question in again.json()["questions"]] == ["skipped", "asked", "upcoming"]


async def test_skipping_the_last_question_completes(candidate: Candidate) -> None:
    interview = await candidate.started()
    for _ in range(3):
        interview = await candidate.skip(interview)
    assert interview["status"] == "completed"
    [event] = await candidate.events("interview_completed", interview)
    assert all(asked.answer_id is None for asked in event.questions)

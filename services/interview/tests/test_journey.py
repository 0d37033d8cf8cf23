import itertools
from typing import Any

from services.interview.tests.candidate import ANSWER, Candidate, eventually
from services.interview.tests.fixtures import Working


async def test_whole_journey_with_the_real_broker(candidate: Candidate, working: Working, clean_queues: None) -> None:
    async with working():
        interview = await candidate.create(question_count=3)
        assert interview["status"] == "preparing"
        assert interview["preparation"]["stage"] == "waiting"
        assert interview["questions"] == []

        async def is_ready() -> Any:
            found = await candidate.read(interview["id"])
            return found if found["status"] == "ready" else None

        ready = await eventually(is_ready)
    assert ready["preparation"]["stage"] == "done"
    assert ready["question_source"] == {"provider": "offline", "model": None, "fallback_reason": None}
    assert [question["text"] for question in ready["questions"]] == [None, None, None]

    interview = await candidate.post(ready, "start")
    assert [question["status"] for question in interview["questions"]] == ["asked", "upcoming", "upcoming"]
    assert [question["text"] is None for question in interview["questions"]] == [False, True, True]

    saved = (await candidate.save(interview, "I split the", 0)).json()
    assert saved["revision"] == 1
    assert (await candidate.read(interview["id"]))["questions"][0]["status"] == "answering"

    interview = await candidate.submit(interview)
    first = interview["questions"][0]
    assert first["status"] == "submitted"
    assert first["draft"] is None
    assert first["answer"]["text"] == ANSWER
    assert first["answer"]["analysis"] == "queued"
    assert 0 <= first["answer"]["duration_s"] < 60
    assert interview["current_question_id"] == interview["questions"][1]["id"]

    interview = await candidate.skip(interview)
    interview = await candidate.submit(interview, "Another answer.")
    assert interview["status"] == "completed"
    assert interview["report_status"] == "pending"
    assert interview["current_question_id"] is None
    assert [question["status"] for question in interview["questions"]] == ["submitted", "skipped", "submitted"]

    [completed] = await candidate.events("interview_completed", interview)
    assert completed.outcome == "completed"
    assert [asked.answer_id is not None for asked in completed.questions] == [True, False, True]
    assert len(await candidate.events("answer_submitted", interview)) == 2
    assert len(await candidate.events("interview_started", interview)) == 1


async def test_event_carries_all_that_an_analysis_needs(candidate: Candidate) -> None:
    interview = await candidate.started(allow_fallback=False)
    await candidate.submit(interview)
    [event] = await candidate.events("answer_submitted", interview)
    [ready] = await candidate.events("interview_ready", interview)
    assert event.text == ANSWER
    assert event.question == ready.questions[0]
    assert event.question.text == interview["questions"][0]["text"]
    assert len(event.question.key_points) >= 4
    assert all(point.terms for point in event.question.key_points)
    assert abs(sum(dimension.weight for dimension in event.question.rubric.dimensions) - 1) < 1e-6
    assert event.question.rubric.expectation.startswith("A 3 ")
    assert event.question.anchors is not None
    assert (event.role.id, event.level.id) == ("backend-engineer", "mid")
    assert event.allow_fallback is False
    assert event.submitted_at.utcoffset().total_seconds() == 0


async def test_question_is_not_told_before_it_is_asked(candidate: Candidate) -> None:
    interview = await candidate.ready(question_count=5)
    [ready] = await candidate.events("interview_ready", interview)
    texts = [question.text for question in ready.questions]
    points = [point.text for question in ready.questions for point in question.key_points]
    for seen, verb in enumerate(("start", None, None, None, None), start=1):
        interview = await (candidate.post(interview, verb) if verb else candidate.submit(interview))
        shown = (await candidate.do("GET", f"/interviews/{interview['id']}")).text
        assert all((text in shown) is (number < seen) for number, text in enumerate(texts))
        assert not any(point in shown for point in points)
        assert "key_points" not in shown


async def test_answers_come_one_after_the_other(candidate: Candidate) -> None:
    interview = await candidate.completed(question_count=4)
    questions = interview["questions"]
    for earlier, later in itertools.pairwise(questions):
        assert earlier["submitted_at"] == later["asked_at"]
    assert [question["position"] for question in questions] == [1, 2, 3, 4]


async def test_interview_can_be_finished_early(candidate: Candidate) -> None:
    interview = await candidate.submit(await candidate.started())
    interview = await candidate.post(interview, "complete")
    assert interview["status"] == "completed"
    assert [question["status"] for question in interview["questions"]] == ["submitted", "not_reached", "not_reached"]
    assert interview["questions"][2]["text"] is None
    again = await candidate.post(interview, "complete")
    assert again["version"] == interview["version"]
    assert len(await candidate.events("interview_completed", interview)) == 1


async def test_interview_can_be_left(candidate: Candidate) -> None:
    interview = await candidate.submit(await candidate.started())
    interview = await candidate.post(interview, "abandon")
    assert interview["status"] == "abandoned"
    [event] = await candidate.events("interview_completed", interview)
    assert event.outcome == "abandoned"
    assert (await candidate.post(interview, "abandon"))["version"] == interview["version"]
    assert len(await candidate.events("interview_completed", interview)) == 1


async def test_version_grows_with_every_change(candidate: Candidate) -> None:
    interview = await candidate.ready()
    versions = [interview["version"]]
    for verb in ("start", None, None, None):
        interview = await (candidate.post(interview, verb) if verb else candidate.submit(interview))
        versions.append(interview["version"])
    assert versions == sorted(set(versions))
    assert (await candidate.read(interview["id"]))["version"] == versions[-1]


async def test_list_shows_own_interviews_newest_first_page_by_page(candidate: Candidate, stranger: Candidate) -> None:
    await stranger.create()
    done = await candidate.completed()
    open_ones = [await candidate.create() for _ in range(2)]
    first = (await candidate.do("GET", "/interviews?limit=2")).json()
    rest = (await candidate.do("GET", f"/interviews?limit=2&cursor={first['next_cursor']}")).json()
    items = first["items"] + rest["items"]
    assert [item["id"] for item in items] == [open_ones[1]["id"], open_ones[0]["id"], done["id"]]
    assert rest["next_cursor"] is None
    assert [item["answered"] for item in items] == [0, 0, 3]
    assert items[-1]["report_status"] == "pending"
    assert items[-1]["overall"] is None
    only = (await candidate.do("GET", "/interviews?status=completed")).json()["items"]
    assert [item["id"] for item in only] == [done["id"]]

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from uuid import uuid4

import pytest
import sqlalchemy as sa
from contracts.interview import NoticeKind
from interview.models import Interview, Notice
from interview.reasons import reason_for
from kit.clock import now
from kit.database import Database

from services.interview.tests.candidate import Candidate, problem

KINDS = get_args(NoticeKind)
Shift = Callable[..., Awaitable[None]]


def when(seconds: float = 0) -> str:
    return (now() + timedelta(seconds=seconds)).isoformat()


def notice(**change: Any) -> dict[str, Any]:
    return {"kind": "no_face", "started_at": when(-3), "duration_s": 2.5, "confidence": 0.8} | change


async def put(candidate: Candidate, interview: dict[str, Any], body: Any, notice_id: Any = None) -> Any:
    return await candidate.do("PUT", f"/interviews/{interview['id']}/notices/{notice_id or uuid4()}", body)


async def listed(candidate: Candidate, interview: dict[str, Any]) -> list[dict[str, Any]]:
    response = await candidate.do("GET", f"/interviews/{interview['id']}/notices")
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()
    return found


async def watched(candidate: Candidate, **choice: Any) -> dict[str, Any]:
    """An interview in progress with consent to notices."""
    interview = await candidate.ready(**choice)
    await candidate.consent(interview, "face_monitoring")
    return await candidate.post(interview, "start")


@pytest.fixture
def shift(database: Database) -> Shift:
    """Make it so that every interview and consent began some time ago."""

    async def back(seconds: float, withdrawn: float | None = None) -> None:
        async with database.transaction() as session:
            await session.execute(sa.text("ALTER TABLE interview.consents DISABLE TRIGGER consents_are_kept"))
            for table, column in (("interviews", "started_at"), ("consents", "given_at")):
                await session.execute(
                    sa.text(f"UPDATE interview.{table} SET {column} = {column} - make_interval(secs => :seconds)"),  # noqa: S608 - ours
                    {"seconds": seconds},
                )
            if withdrawn is not None:
                await session.execute(
                    sa.text(
                        "UPDATE interview.consents SET withdrawn_at = withdrawn_at - make_interval(secs => :seconds)"
                    ),
                    {"seconds": withdrawn},
                )
            await session.execute(sa.text("ALTER TABLE interview.consents ENABLE TRIGGER consents_are_kept"))

    return back


@pytest.mark.parametrize(
    ("kind", "seconds", "sentence"),
    [
        ("no_face", 6.4, "No face was in the picture for 6 s."),
        ("page_hidden", 14, "The page was hidden for 14 s."),
        ("several_faces", 60, "More than one face was in the picture for 1 min."),
        ("window_blur", 125, "The page was not in focus for 2 min 5 s."),
        ("could_not_tell", 3599.6, "The camera picture could not be read for 1 h."),
        ("monitoring_off", 5400, "The camera picture was not watched for 1 h 30 min."),
        ("paste", 0, "Text was pasted into the answer."),
        ("fullscreen_exit", 0, "Full screen was left."),
        ("fullscreen_exit", 20, "Full screen was left."),
        ("looking_away", 0.4, "The face in the picture was turned away from the camera."),
    ],
)
def test_reason_is_a_plain_sentence(kind: Any, seconds: float, sentence: str) -> None:
    assert reason_for(kind, seconds) == sentence


@pytest.mark.parametrize("kind", KINDS)
def test_reason_is_about_the_picture_or_the_page_and_never_about_a_person(kind: Any) -> None:
    for seconds in (0, 5, 500):
        words = reason_for(kind, seconds).lower()
        assert not any(word in words for word in ("you", "candidate", "cheat", "suspicious", "absent", "they"))


async def test_notice_is_kept_and_told_with_its_reason(candidate: Candidate) -> None:
    interview = await watched(candidate)
    notice_id, sent = uuid4(), notice(question_id=interview["current_question_id"])
    response = await put(candidate, interview, sent, notice_id)
    assert response.status_code == 201
    kept = response.json()
    assert kept["id"] == str(notice_id)
    assert kept["reason"] == "No face was in the picture for 2 s."
    assert (kept["reply"], kept["replied_at"]) == (None, None)
    assert datetime.fromisoformat(kept["started_at"]) == datetime.fromisoformat(sent["started_at"])
    assert await listed(candidate, interview) == [kept]
    [event] = await candidate.events("notice_recorded", interview)
    assert event.candidate_id == candidate.id
    assert json.loads(event.notice.model_dump_json()) == {
        name: value for name, value in kept.items() if name not in {"reply", "replied_at"}
    }
    # Nothing of it is part of the interview that the room shows.
    assert await candidate.read(interview["id"]) == interview


async def test_same_notice_again_changes_nothing(candidate: Candidate) -> None:
    interview = await watched(candidate)
    notice_id, sent = uuid4(), notice()
    first = await put(candidate, interview, sent, notice_id)
    for again in (sent, sent | {"duration_s": 1.0}):
        response = await put(candidate, interview, again, notice_id)
        assert (response.status_code, response.json()) == (200, first.json())
    assert len(await candidate.events("notice_recorded", interview)) == 1


async def test_notice_grows(candidate: Candidate) -> None:
    interview = await watched(candidate)
    notice_id, sent = uuid4(), notice()
    await put(candidate, interview, sent, notice_id)
    longer = await put(candidate, interview, sent | {"duration_s": 9.0}, notice_id)
    assert longer.status_code == 200
    assert longer.json()["reason"] == "No face was in the picture for 9 s."
    events = await candidate.events("notice_recorded", interview)
    assert [event.notice.duration_s for event in events] == [2.5, 9.0]
    too_long = await put(candidate, interview, sent | {"duration_s": 90.0}, notice_id)
    assert problem(too_long) == "notice-time-impossible"
    assert await listed(candidate, interview) == [longer.json()]


@pytest.mark.parametrize("change", [{"kind": "several_faces"}, {"started_at": when(-1)}])
async def test_other_notice_under_the_same_id_is_refused(candidate: Candidate, change: dict[str, Any]) -> None:
    interview = await watched(candidate)
    notice_id, sent = uuid4(), notice()
    await put(candidate, interview, sent, notice_id)
    response = await put(candidate, interview, sent | change, notice_id)
    assert (response.status_code, problem(response)) == (409, "notice-differs")


async def test_twenty_puts_of_one_notice_at_once_are_one(candidate: Candidate) -> None:
    interview = await watched(candidate)
    notice_id, sent = uuid4(), notice()
    responses = await asyncio.gather(*(put(candidate, interview, sent, notice_id) for _ in range(20)))
    assert sorted(response.status_code for response in responses) == [200] * 19 + [201]
    assert len({response.text for response in responses}) == 1
    assert len(await candidate.events("notice_recorded", interview)) == 1


async def test_twenty_lengths_of_one_notice_at_once_leave_the_longest(candidate: Candidate) -> None:
    interview = await watched(candidate)
    notice_id, sent = uuid4(), notice()
    await asyncio.gather(*(put(candidate, interview, sent | {"duration_s": float(n)}, notice_id) for n in range(20)))
    [kept] = await listed(candidate, interview)
    assert kept["duration_s"] == 19


async def test_same_id_in_two_interviews_is_two_notices(candidate: Candidate, stranger: Candidate) -> None:
    mine, theirs, notice_id = await watched(candidate), await watched(stranger), uuid4()
    assert (await put(candidate, mine, notice(), notice_id)).status_code == 201
    assert (await put(stranger, theirs, notice(kind="paste"), notice_id)).status_code == 201
    assert [one["kind"] for one in await listed(candidate, mine)] == ["no_face"]


async def test_notices_come_in_the_order_in_which_they_began(candidate: Candidate) -> None:
    interview = await watched(candidate)
    for kind, seconds in (("paste", -1), ("no_face", -30), ("page_hidden", -10)):
        await put(candidate, interview, notice(kind=kind, started_at=when(seconds), duration_s=0))
    assert [one["kind"] for one in await listed(candidate, interview)] == ["no_face", "page_hidden", "paste"]


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": when(-3600)},
        {"started_at": when(3600)},
        {"started_at": "0001-01-01T00:00:00+14:00"},
        {"started_at": "9999-12-31T23:59:59-14:00"},
        {"duration_s": 90},
        {"duration_s": 1e308},
    ],
)
async def test_time_that_cannot_be_is_refused(candidate: Candidate, change: dict[str, Any]) -> None:
    interview = await watched(candidate)
    response = await put(candidate, interview, notice(**change))
    assert (response.status_code, problem(response)) == (422, "notice-time-impossible")
    assert await listed(candidate, interview) == []


@pytest.mark.parametrize("seconds", [-50, 50])
async def test_clock_that_is_a_little_off_is_forgiven(candidate: Candidate, seconds: float) -> None:
    interview = await watched(candidate)
    assert (await put(candidate, interview, notice(started_at=when(seconds), duration_s=0))).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "yawning"},
        {"kind": None},
        {"started_at": "yesterday"},
        {"started_at": "2026-01-01T00:00:00"},
        {"duration_s": -1},
        {"duration_s": float("nan")},
        {"duration_s": float("inf")},
        {"confidence": 1.1},
        {"confidence": float("nan")},
        {"question_id": "first"},
        {"reason": "Cheated."},
        {"score": 3},
    ],
)
async def test_wrong_notice_is_refused(candidate: Candidate, change: dict[str, Any]) -> None:
    interview = await watched(candidate)
    response = await candidate.do(
        "PUT",
        f"/interviews/{interview['id']}/notices/{uuid4()}",
        content=json.dumps(notice(**change)).encode(),
        headers={"Content-Type": "application/json"},
    )
    assert (response.status_code, problem(response)) == (422, "validation")
    assert await listed(candidate, interview) == []


async def test_question_of_another_interview_is_refused(candidate: Candidate, stranger: Candidate) -> None:
    interview, other, theirs = await watched(candidate), await candidate.started(), await stranger.started()
    for question_id in (other["current_question_id"], theirs["current_question_id"], str(uuid4())):
        response = await put(candidate, interview, notice(question_id=question_id))
        assert (response.status_code, problem(response)) == (404, "question-not-found")


async def test_without_consent_nothing_is_noticed(candidate: Candidate) -> None:
    interview = await candidate.ready()
    await candidate.consent(interview, "video_recording")
    await candidate.consent(interview, "expression_analysis")
    interview = await candidate.post(interview, "start")
    for kind in KINDS:
        response = await put(candidate, interview, notice(kind=kind, started_at=when(), duration_s=0))
        assert (response.status_code, problem(response)) == (409, "consent-missing")
        assert response.json()["capture"] == "face_monitoring"
    assert await listed(candidate, interview) == []


async def test_what_began_before_the_withdrawal_is_kept_up_to_it(candidate: Candidate, shift: Shift) -> None:
    interview = await watched(candidate)
    await shift(300)
    await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/face_monitoring")
    before, notice_id = notice(started_at=when(-20), duration_s=50), uuid4()
    response = await put(candidate, interview, before, notice_id)
    assert response.status_code == 201
    assert 19 < response.json()["duration_s"] < 21
    # Growing does not reach behind the withdrawal either.
    again = await put(candidate, interview, before | {"duration_s": 55}, notice_id)
    assert (again.status_code, again.json()) == (200, response.json())
    after = await put(candidate, interview, notice(started_at=when(1), duration_s=0))
    assert problem(after) == "consent-missing"
    assert len(await candidate.events("notice_recorded", interview)) == 1


async def test_between_a_withdrawal_and_the_next_consent_nothing_is_noticed(
    candidate: Candidate, database: Database, shift: Shift
) -> None:
    interview = await watched(candidate)
    await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/face_monitoring")
    await shift(300, withdrawn=280)
    await candidate.consent(interview, "face_monitoring")
    for seconds, status in ((-290, 201), (-270, 409), (-20, 409), (0, 201)):
        response = await put(candidate, interview, notice(started_at=when(seconds), duration_s=0))
        assert response.status_code == status, seconds


async def test_what_lies_long_before_the_consent_is_refused(candidate: Candidate, database: Database) -> None:
    interview = await candidate.started()
    async with database.transaction() as session:
        await session.execute(sa.update(Interview).values(started_at=now() - timedelta(seconds=300)))
    await candidate.consent(interview, "face_monitoring")
    assert problem(await put(candidate, interview, notice(started_at=when(-120)))) == "consent-missing"
    assert (await put(candidate, interview, notice(started_at=when(-30)))).status_code == 201


async def test_interview_that_never_started_has_no_notices(candidate: Candidate) -> None:
    interview = await candidate.ready()
    await candidate.consent(interview, "face_monitoring")
    response = await put(candidate, interview, notice())
    assert (response.status_code, problem(response)) == (409, "interview-not-in-progress")


async def test_queue_of_a_page_that_was_offline_is_welcome_after_the_end(candidate: Candidate, shift: Shift) -> None:
    interview = await watched(candidate)
    await shift(300)
    interview = await candidate.post(interview, "complete")
    assert (await put(candidate, interview, notice(started_at=when(-200)))).status_code == 201
    late = await put(candidate, interview, notice(started_at=when(70), duration_s=0))
    assert problem(late) == "notice-time-impossible"


async def test_full_interview_takes_no_more_notices(candidate: Candidate, database: Database) -> None:
    interview = await watched(candidate)
    known, sent = uuid4(), notice()
    await put(candidate, interview, sent, known)
    async with database.transaction() as session:
        session.add_all(
            Notice(
                interview_id=interview["id"],
                id=uuid4(),
                kind="paste",
                started_at=datetime.now(UTC),
                duration_s=0,
                reason="Text was pasted into the answer.",
                recorded_at=datetime.now(UTC),
            )
            for _ in range(499)
        )
    response = await put(candidate, interview, notice())
    assert (response.status_code, problem(response)) == (409, "notices-full")
    assert (await put(candidate, interview, sent | {"duration_s": 4}, known)).status_code == 200
    assert len(await listed(candidate, interview)) == 500


async def test_reply_stands_next_to_the_notice_and_the_newest_counts(candidate: Candidate) -> None:
    interview = await watched(candidate)
    notice_id = uuid4()
    await put(candidate, interview, notice(), notice_id)
    await candidate.do("DELETE", f"/interviews/{interview['id']}/consents/face_monitoring")
    await candidate.post(interview, "complete")
    path = f"/interviews/{interview['id']}/notices/{notice_id}/reply"
    first = await candidate.do("PUT", path, {"text": "  I bent down to pick up my pen.\n"})
    assert first.status_code == 200
    assert first.json()["reply"] == "I bent down to pick up my pen."
    assert (await candidate.do("PUT", path, {"text": "I bent down to pick up my pen."})).json() == first.json()
    second = (await candidate.do("PUT", path, {"text": "It was the phone."})).json()
    assert second["replied_at"] > first.json()["replied_at"]
    assert await listed(candidate, interview) == [second]
    events = await candidate.events("notice_replied", interview)
    assert [event.reply for event in events] == ["I bent down to pick up my pen.", "It was the phone."]
    assert {event.notice_id for event in events} == {notice_id}


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "NUL \x00", None, 7])
async def test_text_that_is_no_reply_is_refused(candidate: Candidate, text: Any) -> None:
    interview = await watched(candidate)
    notice_id = uuid4()
    kept = (await put(candidate, interview, notice(), notice_id)).json()
    response = await candidate.do("PUT", f"/interviews/{interview['id']}/notices/{notice_id}/reply", {"text": text})
    assert response.status_code == 422
    assert await listed(candidate, interview) == [kept]


async def test_reply_to_somebody_elses_notice_is_refused(candidate: Candidate, stranger: Candidate) -> None:
    interview, other, notice_id = await watched(candidate), await watched(stranger), uuid4()
    await put(candidate, interview, notice(), notice_id)
    for path in (f"/interviews/{other['id']}/notices/{notice_id}", f"/interviews/{other['id']}/notices/{uuid4()}"):
        response = await stranger.do("PUT", f"{path}/reply", {"text": "Not mine."})
        assert (response.status_code, problem(response)) == (404, "notice-not-found")


async def test_notices_end_nothing_and_change_no_state(candidate: Candidate) -> None:
    interview = await watched(candidate)
    for kind in KINDS:
        assert (await put(candidate, interview, notice(kind=kind))).status_code == 201
    assert await candidate.read(interview["id"]) == interview

"""Administrators change the bank, and what that means for the interviews that follow."""

import asyncio
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from interview.bank import questions
from interview.models import BankVersion
from interview.settings import InterviewSettings
from interview.use_cases import preparation
from interview.writers import BankWriter
from kit.database import Database
from kit.ids import new_id

from services.interview.tests.administrator import QUESTION, Admin
from services.interview.tests.candidate import Candidate, eventually, problem
from services.interview.tests.test_ownership import operations

SIDES = ("added", "removed")
ADDRESSES = [
    ("GET", "/bank/questions"),
    ("POST", "/bank/questions"),
    ("GET", "/bank/similar-questions?text=why"),
    ("GET", f"/bank/questions/{QUESTION}"),
    ("PUT", f"/bank/questions/{QUESTION}"),
    ("POST", f"/bank/questions/{QUESTION}/retire"),
    ("POST", f"/bank/questions/{QUESTION}/restore"),
    ("GET", "/bank/rubrics"),
    ("GET", "/bank/rubrics/technical"),
    ("PUT", "/bank/rubrics/technical"),
    ("POST", "/bank/rubrics/technical/restore"),
]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
async def test_only_administrators_see_and_change_the_bank(
    client: httpx2.AsyncClient, candidate: Candidate, method: str, path: str
) -> None:
    refused = await candidate.do(method, path, {})
    assert (refused.status_code, problem(refused)) == (403, "admin-only")
    assert (await client.request(method, path, json={})).status_code == 401


def test_every_operation_on_the_bank_is_among_those(settings: InterviewSettings) -> None:
    asked = {(method, path) for method, path in operations(settings) if path.startswith("/bank/")}
    assert len(asked) == len(ADDRESSES)


async def test_edit_is_a_version_with_author_reason_and_difference(admin: Admin) -> None:
    saved = await admin.edit(text="You open a long function that nobody likes to touch. What do you do first?")
    assert saved.status_code == 200, saved.text
    found = saved.json()
    assert (found["version"], found["origin"], found["status"]) == (2, "edited", "active")
    newest, shipped = found["history"]
    assert (newest["author"], newest["note"]) == ("editor@example.com", "Says it more plainly.")
    assert (shipped["number"], shipped["author"], shipped["made_at"]) == (1, None, None)
    [difference] = newest["differences"]
    assert difference["field"] == "text"
    old = "".join(part["text"] for part in difference["parts"] if part["change"] != "added")
    assert old.split() == next(q.text for q in questions() if q.id == QUESTION).split()


async def test_older_version_cannot_overwrite_a_newer_one(admin: Admin) -> None:
    await admin.edit(text="You open a long function that nobody likes to touch. What do you do first?")
    late = await admin.edit(text="Something else that was typed for a long time?", version=1)
    assert (late.status_code, problem(late)) == (409, "bank-changed")
    current = late.json()["current"]
    assert (current["version"], current["author"]) == (2, "editor@example.com")
    assert current["content"]["text"].endswith("What do you do first?")
    [difference] = late.json()["differences"]
    assert difference["label"] == "Question"
    sides = {side: "".join(part["text"] for part in difference["parts"] if part["change"] != side) for side in SIDES}
    assert sides["added"] == current["content"]["text"]
    assert sides["removed"] == "Something else that was typed for a long time?"


async def test_order_that_changed_is_a_difference_of_its_own(admin: Admin) -> None:
    points = (await admin.read())["content"]["key_points"]
    first, second, *rest = points
    moved = (await admin.edit(key_points=[second, first, *rest])).json()
    [difference] = moved["history"][0]["differences"]
    assert (difference["field"], difference["label"]) == ("key_points.order", "Order of the key points")
    sides = {side: "".join(part["text"] for part in difference["parts"] if part["change"] != side) for side in SIDES}
    assert sides["added"] == ", ".join(point["id"].replace("-", " ") for point in points)
    assert sides["removed"].split(", ")[:2] == [one["id"].replace("-", " ") for one in (second, first)]
    assert {part["change"] for part in difference["parts"]} == {"same", *SIDES}
    late = await admin.edit(version=1, key_points=points)
    assert [one["label"] for one in late.json()["differences"]] == ["Order of the key points"]


async def test_point_that_came_has_moved_no_other(admin: Admin) -> None:
    first, *rest = (await admin.read())["content"]["key_points"]
    new = first | {"id": "brand-new", "text": "Says something else as well."}
    added = (await admin.edit(key_points=[new, first, *rest])).json()
    assert {one["field"].rpartition(".")[0] for one in added["history"][0]["differences"]} == {"key_points.brand-new"}


async def test_two_who_save_at_once_do_not_overwrite_each_other(admin: Admin) -> None:
    saved = await asyncio.gather(*(admin.edit(text=f"What would you do first, if it were number {n}?") for n in (1, 2)))
    assert sorted(response.status_code for response in saved) == [200, 409]


async def test_same_key_saves_once(admin: Admin) -> None:
    content = (await admin.read())["content"]
    del content["id"]
    body = {"version": 1, "content": content | {"difficulty": 2}, "note": "Harder than it looks."}
    headers = {"Idempotency-Key": "save-1"}
    first = await admin.do("PUT", f"/bank/questions/{QUESTION}", body, **headers)
    again = await admin.do("PUT", f"/bank/questions/{QUESTION}", body, **headers)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert len((await admin.read())["history"]) == 2


async def test_what_is_missing_is_said_at_each_field_as_a_person_would(admin: Admin) -> None:
    content = (await admin.read())["content"] | {"text": "", "key_points": [], "difficulty": 6, "suggested_seconds": 5}
    del content["id"]
    added = {"id": "Own Habit", "content": content, "note": "no"}
    refused = (await admin.do("POST", "/bank/questions", added)).json()
    assert {error["loc"][-1]: error["msg"] for error in refused["errors"]} == {
        "id": "This is not written the way it has to be.",
        "text": "Write at least 8 characters.",
        "key_points": "Give at least 4.",
        "difficulty": "Give a number of 5 or less.",
        "suggested_seconds": "Give a number of 60 or more.",
        "note": "Write at least 3 characters.",
    }


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"text": "short"}, ["body", "content", "text"]),
        ({"key_points": []}, ["body", "content", "key_points"]),
        ({"typo": 1}, ["body", "content", "typo"]),
        ({"competency": "juggling"}, ["body", "content", "competency"]),
        ({"roles": ["recruiter"]}, ["body", "content", "roles", 0]),
        ({"difficulty": 6}, ["body", "content", "difficulty"]),
    ],
)
async def test_bad_question_names_its_field_and_changes_nothing(
    admin: Admin, change: dict[str, Any], place: list[Any]
) -> None:
    refused = await admin.edit(**change)
    assert (refused.status_code, problem(refused)) == (422, "validation")
    assert place in [error["loc"] for error in refused.json()["errors"]]
    assert (await admin.read())["version"] == 1


async def test_text_that_cannot_be_stored_is_refused(admin: Admin) -> None:
    refused = await admin.edit(text="A NUL \u0000 cannot be stored at all")
    assert (refused.status_code, problem(refused)) == (422, "validation")


async def test_every_shipped_question_can_be_saved_as_it_is(admin: Admin) -> None:
    refused = await admin.edit()
    assert problem(refused) == "bank-nothing-changed"


async def test_question_is_added_listed_and_found_again(admin: Admin) -> None:
    content = (await admin.read())["content"] | {"text": "Which of your own habits would you teach a new colleague?"}
    del content["id"]
    body = {"id": "own-habit", "content": content, "note": "Asked for by three teams."}
    added = await admin.do("POST", "/bank/questions", body)
    assert (added.status_code, added.headers["location"]) == (201, "/bank/questions/own-habit")
    assert added.json()["origin"] == "added"
    assert problem(await admin.do("POST", "/bank/questions", body)) == "bank-question-exists"
    found = (await admin.do("GET", "/bank/questions?q=own%20habits&changed=true")).json()
    assert [row["id"] for row in found["items"]] == ["own-habit"]
    similar = (await admin.do("GET", f"/bank/similar-questions?text={content['text']}")).json()
    assert [row["id"] for row in similar] == ["own-habit"]


async def test_list_is_paged_and_filtered(admin: Admin) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await admin.do("GET", f"/bank/questions?limit=100{cursor}")).json()
        seen += [row["id"] for row in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == sorted(question.id for question in questions())
    filters = "family=data-ai&kind=technical&difficulty=3"
    some = (await admin.do("GET", f"/bank/questions?{filters}")).json()["items"]
    assert some
    assert {(row["family"], row["kind"], row["difficulty"]) for row in some} == {("data-ai", "technical", 3)}


async def test_retired_question_is_not_asked_until_it_is_restored(
    admin: Admin, candidate: Candidate, stranger: Candidate
) -> None:
    before = await _asked(candidate)
    for question_id in before:
        assert (await admin.retire(question_id)).status_code == 200
    assert not before & await _asked(stranger)
    # What was made before is a copy.
    assert await _asked(candidate, new=False) == before
    question_id = min(before)
    restored = await admin.do(
        "POST", f"/bank/questions/{question_id}/restore", {"version": 2, "note": "It was a good one."}
    )
    assert restored.json()["status"] == "active"
    again = await admin.do("POST", f"/bank/questions/{question_id}/restore", {"version": 3, "note": "Once more."})
    assert problem(again) == "bank-question-state"


async def test_earlier_version_is_restored_as_a_new_one(admin: Admin) -> None:
    shipped = (await admin.read())["content"]
    await admin.edit(text="You open a long function that nobody likes to touch. What do you do first?")
    body = {"version": 2, "to": 1, "note": "The first was clearer."}
    restored = (await admin.do("POST", f"/bank/questions/{QUESTION}/restore", body)).json()
    assert (restored["version"], restored["content"]) == (3, shipped)
    assert restored["history"][0]["restored_from"] == 1
    unknown = await admin.do("POST", f"/bank/questions/{QUESTION}/restore", {"version": 3, "to": 9, "note": "None."})
    assert (unknown.status_code, problem(unknown)) == (404, "bank-version-unknown")


async def test_wording_of_this_release_is_shown_and_taken_after_an_edit(admin: Admin) -> None:
    before = await admin.read()
    assert before["shipped"] is None
    edited = (await admin.edit(text="You open a long function nobody likes to touch. What do you do first?")).json()
    assert edited["shipped"]["label"] is None
    assert [one["field"] for one in edited["shipped"]["differences"]] == ["text"]
    body = {"version": 2, "to": "shipped", "note": "The release says it better."}
    taken = (await admin.do("POST", f"/bank/questions/{QUESTION}/restore", body)).json()
    assert (taken["version"], taken["content"], taken["shipped"]) == (3, before["content"], None)
    again = await admin.do("POST", f"/bank/questions/{QUESTION}/restore", body | {"version": 3})
    assert problem(again) == "bank-question-state"


async def test_question_that_was_added_has_no_wording_of_a_release(admin: Admin) -> None:
    content = (await admin.read())["content"]
    del content["id"]
    new = {"id": "own-habit", "content": content, "note": "Asked for by the team."}
    assert (await admin.do("POST", "/bank/questions", new)).json()["shipped"] is None
    body = {"version": 1, "to": "shipped", "note": "There is none."}
    refused = await admin.do("POST", "/bank/questions/own-habit/restore", body)
    assert (refused.status_code, problem(refused)) == (404, "bank-version-unknown")


async def test_no_job_is_left_with_too_few_questions(admin: Admin) -> None:
    refused = None
    for question in questions():
        if question.family in {None, "people-operations"}:
            response = await admin.retire(question.id)
            if response.status_code == 409:
                refused = response
                break
    assert refused is not None
    assert problem(refused) == "bank-role-runs-short"


class SlowWriter:
    """Takes its questions from the bank, and hands them over only when it is told to."""

    def __init__(self) -> None:
        self.written = asyncio.Event()
        self.go_on = asyncio.Event()
        self.rounds: list[set[str]] = []

    async def write(self, request: Any) -> Any:
        written = await BankWriter().write(request)
        self.rounds.append({question.bank_id for question in written.questions})
        self.written.set()
        await self.go_on.wait()
        return written


async def test_question_retired_while_an_interview_is_prepared_is_not_in_it(
    admin: Admin, candidate: Candidate, database: Database, settings: InterviewSettings
) -> None:
    interview = await candidate.create()
    writer = SlowWriter()
    writers = preparation.Writers(writer, None)
    preparing = asyncio.ensure_future(
        preparation.prepare_questions(
            database, writers, settings.preparation_lease, interview["id"], new_id(), last_try=True
        )
    )
    await writer.written.wait()
    gone = min(writer.rounds[0])
    assert (await admin.retire(gone)).status_code == 200
    writer.go_on.set()
    await preparing
    [ready] = await candidate.events("interview_ready", interview)
    assert len(writer.rounds) == 2
    assert {question.text for question in ready.questions}.isdisjoint({q.text for q in questions() if q.id == gone})


async def test_save_waits_for_an_interview_that_is_just_getting_ready(
    admin: Admin, candidate: Candidate, database: Database
) -> None:
    interview = await candidate.create()
    async with database.transaction() as session:
        lease = preparation.timedelta(minutes=4)
        job = await preparation.claim(session, interview["id"], new_id(), lease)
    assert job is not None
    written = await BankWriter().write(job.request)
    question_id = written.questions[0].bank_id
    assert question_id is not None
    async with database.transaction() as session:
        assert await preparation.record(session, job, written)
        saving = asyncio.ensure_future(admin.retire(question_id))
        await eventually(lambda: _waits_for_a_lock(database))
        assert not saving.done()
    assert (await saving).status_code == 200


async def test_versions_cannot_be_rewritten(admin: Admin, database: Database) -> None:
    await admin.edit(difficulty=2)
    with pytest.raises(sa.exc.DBAPIError, match="is not changed"):
        async with database.transaction() as session:
            await session.execute(sa.update(BankVersion).values(note="Never happened."))


async def _asked(candidate: Candidate, *, new: bool = True) -> set[str]:
    """Return the bank's ids of the questions of the candidate's newest interview."""
    if new:
        await candidate.ready()
    [newest] = (await candidate.do("GET", "/interviews?limit=1")).json()["items"]
    [ready] = await candidate.events("interview_ready", newest)
    texts = {question.text for question in ready.questions}
    return {question.id for question in questions() if question.text in texts}


async def _waits_for_a_lock(database: Database) -> bool:
    statement = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with database.transaction() as session:
        return bool(await session.scalar(statement))

import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from admin.main import create
from admin.models import Presence
from admin.settings import AdminSettings
from kit.database import Database
from sqlalchemy import select

from services.admin.tests.story import ANSWER, Story

Hear = Callable[..., Awaitable[None]]
LISTS = ["/admin/overview", "/admin/interviews", "/admin/candidates"]


async def read(client: httpx2.AsyncClient, headers: dict[str, str], story: Story) -> dict[str, Any]:
    response = await client.get(f"/admin/interviews/{story.interview_id}", headers=headers)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


async def test_the_record_holds_what_the_events_said(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(*story.events())
    record = await read(client, as_admin, story)
    assert record["candidate"] == {
        "id": str(story.candidate_id),
        "email": "ada@example.com",
        "display_name": "Ada Example",
    }
    assert (record["status"], record["report_status"], record["answered"]) == ("completed", "done", 1)
    assert record["overall"] == {"value": 3.0, "band": "solid"}
    first, second = record["questions"]
    assert (first["status"], second["status"]) == ("submitted", "not_answered")
    assert first["answer"]["text"] == ANSWER
    assert first["answer"]["analysis"]["score"]["value"] == 3.0
    assert first["key_points"][0]["text"] == "Measures before and after."
    assert second["answer"] is None
    assert record["report"]["coverage"]["scored"] == 1
    [notice] = record["notices"]
    assert (notice["reason"], notice["reply"]) == ("No face was in the picture for 9 s.", "I picked up my pen.")
    [visible] = record["presence"]["answers"]
    assert (visible["readable_share"], visible["facing_share"]) == (0.9, None)


@pytest.mark.parametrize("seed", range(12))
async def test_events_in_any_order_and_twice_give_the_same_record(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str], seed: int
) -> None:
    story = Story()
    await hear(*story.events())
    in_order = await read(client, as_admin, story)
    other = Story(candidate_id=story.candidate_id)
    other.__dict__.update({**story.__dict__, "interview_id": other.interview_id, "answer_id": other.answer_id})
    other._about = {"interview_id": other.interview_id, "candidate_id": story.candidate_id}
    other.questions = [
        question | {"id": fresh["id"]} for question, fresh in zip(story.questions, Story().questions, strict=True)
    ]
    events = other.events() * 2
    random.Random(seed).shuffle(events)  # noqa: S311 - a repeatable order is what is wanted
    await hear(*events)
    shuffled = await read(client, as_admin, other)
    ids = ("id", "questions", "report")
    assert {k: v for k, v in shuffled.items() if k not in ids} == {k: v for k, v in in_order.items() if k not in ids}
    for left, right in zip(shuffled["questions"], in_order["questions"], strict=True):
        assert left["status"] == right["status"]
        assert (left["answer"] or {}).get("analysis_status") == (right["answer"] or {}).get("analysis_status")


async def test_the_later_word_on_an_analysis_counts(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(story.created(), story.ready(), story.answered())
    await hear(story.analysed(minutes=9), story.analysis_failed(minutes=7), story.analysis_started(minutes=8))
    record = await read(client, as_admin, story)
    assert record["questions"][0]["answer"]["analysis_status"] == "done"


async def test_a_failed_analysis_is_shown_with_its_reason(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(story.created(), story.ready(), story.answered(), story.analysis_failed())
    record = await read(client, as_admin, story)
    answer = record["questions"][0]["answer"]
    assert (answer["analysis_status"], answer["analysis"]) == ("failed", None)
    assert answer["analysis_reason"] == "The AI did not answer in time."


async def test_a_new_name_shows_and_an_old_one_does_not_come_back(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(story.created(), story.renamed("Ada King", minutes=30), story.registered())
    record = await read(client, as_admin, story)
    assert record["candidate"]["display_name"] == "Ada King"


async def test_a_report_made_anew_replaces_the_first_whatever_comes_first(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(story.created(), story.reported(minutes=20, overall=4.0), story.reported(minutes=10, overall=2.0))
    record = await read(client, as_admin, story)
    assert record["overall"]["value"] == 4.0


async def test_an_abandoned_interview_waits_for_no_report(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(story.created(), story.ready(), story.started(), story.completed(outcome="abandoned"))
    record = await read(client, as_admin, story)
    assert (record["status"], record["report_status"]) == ("abandoned", "none")


async def test_a_reply_that_comes_first_waits_for_its_notice(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    await hear(story.created(), story.replied())
    assert (await read(client, as_admin, story))["notices"] == []
    await hear(story.noticed())
    [notice] = (await read(client, as_admin, story))["notices"]
    assert (notice["duration_s"], notice["reply"]) == (6, "I picked up my pen.")
    assert notice["replied_at"] is not None


async def test_notices_stand_in_the_order_in_which_they_began(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story, other = Story(), Story()
    await hear(story.created(), other.created(), other.noticed(3, notice_id=story.notice_id))
    for minutes in (5, 3, 4):
        await hear(story.noticed(float(minutes), notice_id=uuid4(), minutes=minutes))
    record = await read(client, as_admin, story)
    assert [notice["duration_s"] for notice in record["notices"]] == [3, 4, 5]
    # The id of a notice is the browser's: the same one in another interview is another notice.
    assert len((await read(client, as_admin, other))["notices"]) == 1


@pytest.mark.parametrize("turned", [False, True])
async def test_what_is_no_longer_shared_is_gone_whatever_comes_first(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str], database: Database, turned: bool
) -> None:
    story = Story()
    await hear(story.created())
    assert "presence" not in await read(client, as_admin, story)
    events = [story.sharing(0.8, minutes=6), story.sharing(None, minutes=7)]
    await hear(*(reversed(events) if turned else events))
    assert "presence" not in await read(client, as_admin, story)
    async with database.transaction() as session:
        [row] = await session.scalars(select(Presence))
    assert (row.shared, row.answers) == (False, [])


@pytest.mark.parametrize("context", ["education", "employer"])
async def test_schools_and_employers_see_no_expressions(
    settings: AdminSettings, hear: Hear, as_admin: dict[str, str], context: str
) -> None:
    story = Story()
    await hear(*story.events())
    app = create(settings.model_copy(update={"deployment_context": context}))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
    ):
        record = await read(client, as_admin, story)
    assert "presence" not in record
    assert len(record["notices"]) == 1


async def test_no_table_of_reviewers_counts_sorts_or_filters_by_notices(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    watched, other = Story(name="Ada Example"), Story(name="Bo Example")
    for story in (watched, other):
        await hear(story.registered(), story.created(), story.completed(), story.reported())
    before = [(await client.get(path, headers=as_admin)).json() for path in LISTS]
    await hear(watched.noticed(), watched.replied(), watched.sharing(0.8, minutes=9))
    after = [(await client.get(path, headers=as_admin)).json() for path in LISTS]
    for overview in (before[0], after[0]):
        del overview["updated_at"]
    assert before == after

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from services.admin.tests.story import Story

Hear = Callable[..., Awaitable[None]]
ROUTES = ["/admin/overview", "/admin/interviews", f"/admin/interviews/{uuid4()}", "/admin/candidates"]


async def pages(client: httpx2.AsyncClient, headers: dict[str, str], path: str, **params: Any) -> list[dict[str, Any]]:
    """Follow the cursors to the end, two rows at a time."""
    rows: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        query = {"limit": 2, **params} | ({"cursor": cursor} if cursor else {})
        response = await client.get(path, params=query, headers=headers)
        assert response.status_code == 200, response.text
        rows += response.json()["items"]
        cursor = response.json()["next_cursor"]
        if cursor is None:
            return rows


@pytest.mark.parametrize("path", ROUTES)
async def test_without_a_token_nothing_is_shown(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize("path", ROUTES)
async def test_a_candidate_is_refused(client: httpx2.AsyncClient, as_candidate: dict[str, str], path: str) -> None:
    response = await client.get(path, headers=as_candidate)
    assert response.status_code == 403
    assert response.json()["type"] == "urn:interview-kit:problem:admin-only"


async def test_an_unknown_interview_is_not_found(client: httpx2.AsyncClient, as_admin: dict[str, str]) -> None:
    response = await client.get(f"/admin/interviews/{uuid4()}", headers=as_admin)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def five(hear: Hear) -> list[Story]:
    """Five interviews, an hour apart, with overall figures 1 to 4 and one without."""
    names = ["Cleo Zed", "ada Young", "Bo Xavier", "Dee Wu", "Eve Vale"]
    stories = [
        Story(name=name, started=timedelta(hours=hour), role="data-analyst" if hour % 2 else "backend-engineer")
        for hour, name in enumerate(names)
    ]
    for overall, story in zip([2.0, 1.0, 4.0, 3.0, None], stories, strict=True):
        await hear(story.registered(), story.created(), story.completed(), story.reported(overall=overall))
    return stories


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-created_at", [4, 3, 2, 1, 0]),
        ("created_at", [0, 1, 2, 3, 4]),
        ("candidate", [1, 2, 0, 3, 4]),
        ("-candidate", [4, 3, 0, 2, 1]),
        ("overall", [1, 0, 3, 2, 4]),
        ("-overall", [2, 3, 0, 1, 4]),
    ],
)
async def test_cursors_walk_the_whole_table_in_order(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str], sort: str, order: list[int]
) -> None:
    stories = await five(hear)
    rows = await pages(client, as_admin, "/admin/interviews", sort=sort)
    assert [row["id"] for row in rows] == [str(stories[index].interview_id) for index in order]


async def test_a_cursor_survives_rows_that_arrive_meanwhile(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    stories = await five(hear)
    first = (await client.get("/admin/interviews", params={"limit": 2}, headers=as_admin)).json()
    newer = Story(name="New One", started=timedelta(hours=9))
    await hear(newer.registered(), newer.created())
    query = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await client.get("/admin/interviews", params=query, headers=as_admin)).json()
    assert [row["id"] for row in second["items"]] == [str(stories[index].interview_id) for index in (2, 1)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ADA"}, [1]),
        ({"q": "bo@example"}, [2]),
        ({"q": "100%_"}, []),
        ({"role_id": "data-analyst"}, [3, 1]),
        ({"level_id": "senior"}, []),
        ({"status": "completed", "from": "2026-03-02T15:00:00Z"}, [4, 3]),
        ({"to": "2026-03-02T13:00:00Z"}, [0]),
        ({"report_status": "pending"}, []),
    ],
)
async def test_filters_narrow_the_table(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str], query: dict[str, str], found: list[int]
) -> None:
    stories = await five(hear)
    rows = await pages(client, as_admin, "/admin/interviews", **query)
    assert [row["id"] for row in rows] == [str(stories[index].interview_id) for index in found]


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "nonsense"},
        {"limit": 0},
        {"limit": 101},
        {"sort": "password"},
        {"status": "draft"},
        {"from": "yesterday"},
        {"candidate_id": "7"},
    ],
)
async def test_a_bad_query_is_told_what_is_wrong(
    client: httpx2.AsyncClient, as_admin: dict[str, str], query: dict[str, Any]
) -> None:
    response = await client.get("/admin/interviews", params=query, headers=as_admin)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_cursor_of_another_order_is_refused(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    await five(hear)
    first = (await client.get("/admin/interviews", params={"limit": 2}, headers=as_admin)).json()
    query = {"cursor": first["next_cursor"], "sort": "candidate"}
    response = await client.get("/admin/interviews", params=query, headers=as_admin)
    assert response.json()["type"] == "urn:interview-kit:problem:cursor-of-another-list"


async def test_candidates_are_counted_with_their_interviews(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    stories = await five(hear)
    again = Story(name="Cleo Zed", started=timedelta(hours=7), candidate_id=stories[0].candidate_id)
    await hear(again.created(), again.completed(outcome="abandoned"))
    rows = await pages(client, as_admin, "/admin/candidates", sort="name")
    assert [row["display_name"] for row in rows] == ["ada Young", "Bo Xavier", "Cleo Zed", "Dee Wu", "Eve Vale"]
    cleo = rows[2]
    assert (cleo["interviews"], cleo["completed"], cleo["mean_overall"]) == (2, 1, 2.0)
    assert rows[4]["mean_overall"] is None


async def test_the_overview_counts_what_is_there(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    empty = (await client.get("/admin/overview", headers=as_admin)).json()
    assert (empty["interviews"], empty["mean_overall"], len(empty["completed_last_7_days"])) == (0, None, 7)
    await five(hear)
    running, waiting = Story(name="Fay U"), Story(name="Gus T")
    await hear(
        running.registered(), running.created(), running.started(), running.answered(), running.analysis_failed()
    )
    await hear(waiting.registered(), waiting.created(), waiting.completed())
    overview = (await client.get("/admin/overview", headers=as_admin)).json()
    assert overview["candidates"] == 7
    assert overview["interviews"] == 7
    assert overview["completed"] == 6
    assert overview["in_progress"] == 1
    assert overview["awaiting_report"] == 1
    assert overview["failed_analyses"] == 1
    assert overview["mean_overall"] == 2.5


async def test_spoken_answer_tells_who_listened_and_how_much_was_edited_but_not_what_was_heard(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    heard = {
        "engine": "server",
        "provider": "whisper",
        "model": "tiny.en",
        "heard": "something I took back",
        "edit_ratio": 0.25,
        "words": [{"text": "something", "start_s": 0.0, "end_s": 0.4}],
        "spoken_s": 2.0,
    }
    spoken, typed = Story(), Story(name="Bo Typed")
    await hear(*(event for event in spoken.events() if event.event_type != "interview.answer_submitted.v1"))
    await hear(spoken.answered(heard), *typed.events())
    shown = await client.get(f"/admin/interviews/{spoken.interview_id}", headers=as_admin)
    answer = shown.json()["questions"][0]["answer"]
    assert answer["source"] == "voice"
    assert answer["transcript"] == {"engine": "server", "provider": "whisper", "model": "tiny.en", "edit_ratio": 0.25}
    assert "took back" not in shown.text
    other = await client.get(f"/admin/interviews/{typed.interview_id}", headers=as_admin)
    assert other.json()["questions"][0]["answer"]["transcript"] is None


async def test_record_and_overview_say_what_the_ai_cost_and_what_nobody_knows(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story, other = Story(), Story()
    questions, answer = story.questions_cost("0.0125"), story.answer_cost(None)
    for one in (story, other):
        await hear(one.registered(), one.created())
    await hear(questions, answer, questions)
    record = (await client.get(f"/admin/interviews/{story.interview_id}", headers=as_admin)).json()
    assert record["ai_spending"] == {
        "requests": 2,
        "input_tokens": 1_500,
        "output_tokens": 700,
        "cost_usd": "0.01250000",
        "without_cost": 1,
    }
    free = (await client.get(f"/admin/interviews/{other.interview_id}", headers=as_admin)).json()
    assert (free["ai_spending"]["requests"], free["ai_spending"]["cost_usd"]) == (0, None)
    overview = (await client.get("/admin/overview", headers=as_admin)).json()
    assert overview["ai_last_30_days"] == record["ai_spending"]


async def test_answer_given_again_for_practice_does_not_replace_the_one_of_the_interview(
    client: httpx2.AsyncClient, hear: Hear, as_admin: dict[str, str]
) -> None:
    story = Story()
    again = story.answered().model_copy(update={"answer_id": uuid4(), "attempt": 2, "text": "A better one."})
    await hear(story.registered(), story.created(), story.ready(), again, story.answered(), story.analysed())
    record = (await client.get(f"/admin/interviews/{story.interview_id}", headers=as_admin)).json()
    assert record["questions"][0]["answer"]["text"] == story.answered().text
    assert record["questions"][0]["answer"]["analysis"]["attempt"] == 1
    assert record["answered"] == 1

import json
from typing import Any

import pytest

from services.interview.tests.candidate import ANSWER, Candidate, problem

CHOICE = {"role_id": "backend-engineer", "level_id": "mid"}


@pytest.mark.parametrize(
    ("change", "status", "kind"),
    [
        ({"role_id": "astronaut"}, 404, "role-unknown"),
        ({"level_id": "wizard"}, 404, "level-unknown"),
        ({"role_id": "'; DROP TABLE interviews; --"}, 404, "role-unknown"),
        ({"role_id": ""}, 422, "validation"),
        ({"role_id": "x" * 65}, 422, "validation"),
        ({"role_id": None}, 422, "validation"),
        ({"question_count": 2}, 422, "validation"),
        ({"question_count": 11}, 422, "validation"),
        ({"question_count": "many"}, 422, "validation"),
        ({"kinds": ["riddle"]}, 422, "validation"),
        ({"kinds": ["technical"] * 6}, 422, "validation"),
        ({"candidate_id": "01890000-0000-7000-8000-000000000000"}, 422, "validation"),
        ({"role_id": "recruiter", "kinds": ["system_design"]}, 409, "kind-not-offered"),
    ],
)
async def test_wrong_choice_is_refused(candidate: Candidate, change: dict[str, Any], status: Any, kind: Any) -> None:
    response = await candidate.do("POST", "/interviews", CHOICE | change)
    assert response.status_code == status
    assert problem(response) == kind
    assert (await candidate.do("GET", "/interviews")).json()["items"] == []


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("", 422, "answer-empty"),
        (" \n\t\u2003 ", 422, "answer-empty"),
        ("x" * 20_001, 422, "answer-too-long"),
        ("x" * 300_000, 413, "payload-too-large"),
        ("NUL \x00 inside", 422, "validation"),
        ("half a pair \ud800", 422, "validation"),
        (None, 422, "validation"),
        (["a", "list"], 422, "validation"),
    ],
    ids=["empty", "blank", "20,001", "300 kB", "NUL", "surrogate", "null", "list"],
)
async def test_text_that_is_no_answer_is_refused_and_changes_nothing(
    candidate: Candidate, text: Any, status: Any, kind: Any
) -> None:
    interview = await candidate.started()
    response = await candidate.do(
        "POST",
        f"{candidate.question(interview)}/answers",
        content=json.dumps({"text": text}).encode(),
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == status
    assert problem(response) == kind
    assert "xxxx" not in response.text
    assert await candidate.read(interview["id"]) == interview
    assert await candidate.events("answer_submitted", interview) == []


@pytest.mark.parametrize("text", ["x", "x" * 20_000, "  \n x \n ", "ünï 😀 <b>'\"--"])
async def test_text_within_the_limits_is_taken_without_the_space_around_it(candidate: Candidate, text: Any) -> None:
    interview = await candidate.submit(await candidate.started(), text)
    assert interview["questions"][0]["answer"]["text"] == text.strip()


async def test_answer_is_typed_and_nothing_else(candidate: Candidate) -> None:
    interview = await candidate.started()
    for extra in ({"source": "telepathy"}, {"submitted_at": "2020-01-01T00:00:00Z"}, {"duration_s": 1}):
        response = await candidate.do("POST", f"{candidate.question(interview)}/answers", {"text": ANSWER, **extra})
        assert response.status_code == 422


async def test_draft_that_is_too_long_is_refused(candidate: Candidate) -> None:
    interview = await candidate.started()
    assert (await candidate.save(interview, "x" * 20_001, 0)).status_code == 422
    assert (await candidate.save(interview, "x" * 20_000, 0)).status_code == 200


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "cursor=nonsense", "status=unheard-of"])
async def test_wrong_page_is_refused(candidate: Candidate, query: str) -> None:
    assert (await candidate.do("GET", f"/interviews?{query}")).status_code == 422

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from interview.main import create
from interview.settings import InterviewSettings
from kit.ids import new_id
from kit.testing.tokens import TokenFactory

from services.interview.tests.candidate import ANSWER, Candidate, problem

LABELS = ("neutral", "happy", "surprised", "sad", "angry", "fearful", "disgusted")
BODIES: dict[str, dict[str, Any]] = {
    "draft": {"text": "mine", "revision": 0},
    "answers": {"text": ANSWER},
    "answer": {"text": ANSWER},
    "{capture}": {"version": "1"},
    "{notice_id}": {"kind": "paste", "started_at": "2026-01-01T00:00:00Z", "duration_s": 0},
    "reply": {"text": "A notification."},
    "sharing": {"shared": True},
    "presence": {"seconds": 1, "samples": 0, "readable": 0, "facing": None, "expressions": dict.fromkeys(LABELS, 0)},
}


def private_routes(settings: InterviewSettings) -> list[tuple[str, str]]:
    """Return method and path of every operation for candidates, from the document the service publishes.

    The question bank is for administrators: test_bank_editing.py.
    """
    return [one for one in operations(settings) if one[1] != "/catalog" and not one[1].startswith("/bank/")]


def operations(settings: InterviewSettings) -> list[tuple[str, str]]:
    paths = create(settings).openapi()["paths"]
    return [(method.upper(), path) for path, operations in paths.items() for method in operations]


def address_of(path: str, interview_id: object, question_id: object) -> str:
    """Fill in a route; the consent is one that is offered, the notice one that may exist."""
    filled = path.format(
        interview_id=interview_id,
        question_id=question_id,
        capture="face_monitoring",
        notice_id=interview_id,
        recording_id=interview_id,
        take=interview_id,
        seq=0,
        number=2,
    )
    return f"{filled}?offset_ms=0&duration_ms=1000" if path.endswith("/speech/{take}/{seq}") else filled


def body_of(path: str) -> dict[str, Any] | None:
    return BODIES.get(path.rsplit("/", 1)[-1])


async def test_somebody_elses_interview_does_not_exist_on_any_route(
    settings: InterviewSettings, candidate: Candidate, stranger: Candidate
) -> None:
    interview = await candidate.started()
    question = interview["current_question_id"]
    routes = [(method, path) for method, path in private_routes(settings) if "{interview_id}" in path]
    # A recording has an owner of its own: test_recordings.py.
    routes = [(method, path) for method, path in routes if "recording" not in path]
    assert len(routes) == 27
    for method, path in routes:
        response = await stranger.do(method, address_of(path, interview["id"], question), body_of(path))
        assert response.status_code == 404, (method, path)
        assert problem(response) == "interview-not-found"
        # The very same answer as for an interview that does not exist at all.
        nobodys = await stranger.do(method, address_of(path, new_id(), question), body_of(path))
        hide = re.compile(r'"(instance|request_id)": ?"[^"]*"')
        assert hide.sub("", nobodys.text) == hide.sub("", response.text)
    assert await candidate.read(interview["id"]) == interview


async def test_own_interview_does_not_open_somebody_elses_question(candidate: Candidate, stranger: Candidate) -> None:
    interview = await candidate.started()
    other = await stranger.started()
    for method, verb in (("PUT", "draft"), ("POST", "answers"), ("POST", "skip")):
        path = f"/interviews/{other['id']}/questions/{interview['current_question_id']}/{verb}"
        response = await stranger.do(method, path, BODIES.get(verb))
        assert response.status_code == 404
        assert problem(response) == "question-not-found"


@pytest.mark.parametrize(
    "token",
    ["none", "expired", "not yet", "forged", "wrong audience", "wrong issuer", "wrong type", "no algorithm", "garbage"],
)
async def test_bad_token_opens_nothing(
    settings: InterviewSettings, client: httpx2.AsyncClient, tokens: TokenFactory, token: str
) -> None:
    good = tokens.issue()
    other = {
        "none": None,
        "expired": tokens.issue(lifetime=timedelta(minutes=-5)),
        "not yet": tokens.issue(nbf=4_000_000_000),
        "forged": good[:-20] + ("A" * 20),
        "wrong audience": tokens.issue(aud="somebody-else"),
        "wrong issuer": tokens.issue(iss="somebody-else"),
        "wrong type": tokens.issue(headers={"typ": "JWT"}),
        "no algorithm": "eyJhbGciOiJub25lIn0." + good.split(".")[1] + ".",
        "garbage": "not.a.token",
    }[token]
    headers = {} if other is None else {"Authorization": f"Bearer {other}"}
    for method, path in private_routes(settings):
        address = address_of(path, new_id(), new_id())
        response = await client.request(method, address, headers=headers, json=body_of(path))
        assert response.status_code == 401, (method, path)
        assert response.headers["www-authenticate"].startswith("Bearer")


async def test_administrator_has_no_interviews_here(
    settings: InterviewSettings, client: httpx2.AsyncClient, tokens: TokenFactory
) -> None:
    for method, path in private_routes(settings):
        address = address_of(path, new_id(), new_id())
        response = await client.request(method, address, headers=tokens.headers(role="admin"), json=body_of(path))
        assert response.status_code == 403, (method, path)


async def test_address_that_is_no_id_is_refused(candidate: Candidate) -> None:
    response = await candidate.do("GET", "/interviews/1%20OR%201=1")
    assert response.status_code == 422
    assert problem(response) == "validation"


async def test_idempotency_key_makes_one_interview(candidate: Candidate, stranger: Candidate) -> None:
    choice = {"role_id": "backend-engineer", "level_id": "mid"}
    key = {"Idempotency-Key": "once"}
    first = await candidate.do("POST", "/interviews", choice, headers=key)
    again = await candidate.do("POST", "/interviews", choice, headers=key)
    assert (first.status_code, again.status_code) == (202, 202)
    assert UUID(first.json()["id"]) == UUID(again.json()["id"])
    assert first.headers["location"] == again.headers["location"] == f"/interviews/{first.json()['id']}"
    other = await candidate.do("POST", "/interviews", {**choice, "level_id": "senior"}, headers=key)
    assert other.status_code == 422
    somebody = await stranger.do("POST", "/interviews", choice, headers=key)
    assert somebody.json()["id"] != first.json()["id"]

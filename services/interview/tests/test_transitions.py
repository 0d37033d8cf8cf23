from typing import Any

import pytest
from fake_gemini import FakeGemini, Fault
from interview.settings import InterviewSettings

from services.interview.tests.candidate import ANSWER, Candidate, problem

# What each request comes to at each stage. A number alone: it goes well.
TABLE = {
    "draft": {
        "prepare": 202,
        "start": (409, "interview-not-ready"),
        "complete": (409, "interview-not-in-progress"),
        "abandon": 200,
    },
    "preparing": {
        "prepare": 202,
        "start": (409, "interview-not-ready"),
        "complete": (409, "interview-not-in-progress"),
        "abandon": 200,
    },
    "ready": {
        "prepare": (409, "illegal-transition"),
        "start": 200,
        "complete": (409, "interview-not-in-progress"),
        "abandon": 200,
        "draft": (409, "question-not-open"),
        "answers": (409, "question-not-open"),
        "skip": (409, "question-not-open"),
    },
    "in_progress": {
        "prepare": (409, "illegal-transition"),
        "start": 200,
        "complete": 200,
        "abandon": 200,
        "draft": 200,
        "answers": 202,
        "skip": 200,
    },
    "completed": {
        "prepare": (409, "illegal-transition"),
        "start": (409, "interview-finished"),
        "complete": 200,
        "abandon": (409, "interview-finished"),
        "draft": (409, "question-not-open"),
        "answers": (409, "question-not-open"),
        "skip": (409, "question-not-open"),
    },
    "abandoned": {
        "prepare": (409, "illegal-transition"),
        "start": (409, "interview-finished"),
        "complete": (409, "interview-finished"),
        "abandon": 200,
        "draft": (409, "question-not-open"),
        "answers": (409, "question-not-open"),
        "skip": (409, "question-not-open"),
    },
}
BODIES = {"draft": {"text": "typed", "revision": 0}, "answers": {"text": ANSWER}}


@pytest.mark.parametrize(
    ("stage", "verb", "outcome"),
    [(stage, verb, outcome) for stage, verbs in TABLE.items() for verb, outcome in verbs.items()],
)
async def test_request_at_a_stage(
    *, candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini, stage: str, verb: str, outcome: Any
) -> None:
    interview = await _at(candidate, stage, with_gemini, gemini)
    assert interview["status"] == stage
    path = f"/interviews/{interview['id']}/{verb}"
    if verb in {"draft", "answers", "skip"}:
        path = f"{candidate.question(interview, interview['questions'][0]['id'])}/{verb}"
    response = await candidate.do("PUT" if verb == "draft" else "POST", path, BODIES.get(verb))
    if isinstance(outcome, int):
        assert response.status_code == outcome
        return
    assert (response.status_code, problem(response)) == outcome
    assert await candidate.read(interview["id"]) == interview


async def _at(candidate: Candidate, stage: str, with_gemini: InterviewSettings, gemini: FakeGemini) -> dict[str, Any]:
    if stage == "draft":
        return await _failed(candidate, with_gemini, gemini)
    if stage == "preparing":
        return await candidate.create()
    if stage == "ready":
        return await candidate.ready()
    interview = await candidate.started()
    if stage == "in_progress":
        return interview
    return await candidate.post(interview, {"completed": "complete", "abandoned": "abandon"}[stage])


async def _failed(candidate: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini) -> dict[str, Any]:
    gemini.next(Fault(kind="garbage", times=-1))
    interview = await candidate.ready(using=with_gemini, allow_fallback=False)
    gemini.reset()
    return interview

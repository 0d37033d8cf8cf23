"""What was heard of a spoken answer, and what the candidate made of it."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from contracts.interview import Transcript
from fake_gemini import FakeGemini, Fault
from interview.edits import edit_ratio

from services.interview.tests.candidate import Candidate, problem
from services.interview.tests.fixtures import Listening
from services.interview.tests.sounds import as_wav, tone
from services.interview.tests.speaking import app, send, willing

__all__ = ["app"]

HEARD = "I led the uh migration of twelve services"
TEXT = "I led the migration of twelve services."


@pytest.mark.parametrize(
    ("heard", "text", "ratio"),
    [
        ("", "", 0.0),
        ("the same words", "The same, words!", 0.0),
        ("it's 3.5 percent", "It\u2019s 3.5 percent.", 0.0),
        ("one two three four", "one two four", 0.25),
        ("one two", "one two three four", 0.5),
        ("one two", "three four", 1.0),
        ("", "typed after all", 1.0),
        ("gr\u00fc\u00df dich", "GR\u00dcSS dich", 0.0),
    ],
)
def test_edit_ratio_counts_words(heard: str, text: str, ratio: float) -> None:
    assert edit_ratio(heard, text) == ratio
    assert edit_ratio(text, heard) == ratio


def test_edit_ratio_of_the_longest_texts_is_there_at_once() -> None:
    assert 0 < edit_ratio("some words " * 4_000, "other words " * 2_000) < 1


async def answer(candidate: Candidate, interview: dict[str, Any], **body: Any) -> Any:
    return await candidate.do("POST", f"{candidate.question(interview)}/answers", {"text": TEXT} | body)


async def submitted(candidate: Candidate, interview: dict[str, Any], **body: Any) -> tuple[dict[str, Any], Transcript]:
    """Hand in a spoken answer and return its view and what the event carries."""
    response = await answer(candidate, interview, source="voice", **body)
    assert response.status_code == 202, response.text
    [event] = await candidate.events("answer_submitted", interview)
    assert event.source == "voice"
    view: dict[str, Any] = response.json()["questions"][0]["answer"]
    return view, event.transcript


async def test_longest_answer_and_all_that_was_heard_fit_in_any_script(candidate: Candidate) -> None:
    interview = await candidate.started()
    text, heard = "\U00020000" * 20_000, "\U00020000" * 40_000
    response = await candidate.do(
        "POST",
        f"{candidate.question(interview)}/answers",
        content=json.dumps(
            {"text": text, "source": "voice", "heard": {"engine": "browser", "text": heard}}, ensure_ascii=False
        ).encode(),
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 202
    assert response.json()["questions"][0]["answer"]["text"] == text


@pytest.mark.parametrize("engine", ["browser", "on_device"])
async def test_browser_says_what_it_heard(candidate: Candidate, engine: str) -> None:
    interview = await candidate.started()
    view, transcript = await submitted(candidate, interview, heard={"engine": engine, "text": f" {HEARD} "})
    assert view["transcript"] == {"engine": engine, "heard": HEARD, "edit_ratio": 0.125}
    assert (view["source"], view["text"]) == ("voice", TEXT)
    assert (transcript.provider, transcript.model, transcript.words) == (None, None, None)


async def test_server_knows_what_it_heard(candidate: Candidate, gemini: FakeGemini, listening: Listening) -> None:
    interview = await willing(candidate)
    first, second = uuid4(), uuid4()
    await send(candidate, interview, first, 0, as_wav(tone(2.0)), query={"offset_ms": 500})
    await send(candidate, interview, first, 1, as_wav(tone(2.0, pitch=300)), query={"offset_ms": 4_000})
    await send(candidate, interview, second, 0, as_wav(tone(2.0, pitch=400)))
    await send(candidate, interview, second, 1, as_wav(b"\0\0" * 32_000))
    # The last to arrive is heard first.
    gemini.hear("twelve services", "migration of", "I led the uh")
    await listening(interview)
    view, transcript = await submitted(candidate, interview, heard={"engine": "server"})
    assert view["transcript"] == {"engine": "server", "heard": HEARD, "edit_ratio": 0.125}
    assert (transcript.provider, transcript.model) == ("gemini", "gemini-3.5-flash-lite")
    assert transcript.spoken_s == 6.0
    assert transcript.words is not None
    assert [word.text for word in transcript.words] == HEARD.split()
    starts = [word.start_s for word in transcript.words]
    assert starts == sorted(starts)
    # 0.5 s into the first take; the second take begins where the first ended, at 6 s.
    assert (starts[0], starts[4], starts[6]) == (0.5, 4.0, 6.0)


async def test_what_never_became_text_leaves_the_ratio_open(
    candidate: Candidate, gemini: FakeGemini, listening: Listening
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    gemini.hear(HEARD)
    await listening(interview)
    await send(candidate, interview, uuid4(), 0, as_wav(tone(2.0, pitch=300)))
    view, transcript = await submitted(candidate, interview, heard={"engine": "server"})
    assert view["transcript"] == {"engine": "server", "heard": HEARD, "edit_ratio": None}
    assert transcript.edit_ratio is None


async def test_one_part_without_times_leaves_all_times_out(
    candidate: Candidate, gemini: FakeGemini, listening: Listening
) -> None:
    interview = await willing(candidate)
    await send(candidate, interview, uuid4())
    await send(candidate, interview, uuid4(), 0, as_wav(tone(2.0, pitch=300)))
    gemini.next(Fault(kind="reply", body={"text": "I led", "words": []}))
    gemini.hear("the migration")
    await listening(interview)
    _, transcript = await submitted(candidate, interview, heard={"engine": "server"})
    assert transcript.words is None
    assert transcript.heard == "the migration I led"


async def test_server_that_was_sent_nothing_heard_nothing(candidate: Candidate) -> None:
    interview = await candidate.started()
    response = await answer(candidate, interview, source="voice", heard={"engine": "server"})
    assert response.json()["questions"][0]["answer"]["transcript"] is None


async def test_typed_answer_has_no_transcript(candidate: Candidate) -> None:
    interview = await candidate.submit(await candidate.started())
    assert interview["questions"][0]["answer"]["transcript"] is None
    [event] = await candidate.events("answer_submitted", interview)
    assert event.transcript is None


async def test_same_spoken_answer_twice_is_one(candidate: Candidate) -> None:
    interview = await candidate.started()
    body = {"source": "voice", "heard": {"engine": "browser", "text": HEARD}}
    answers = await asyncio.gather(*(answer(candidate, interview, **body) for _ in range(5)))
    assert {response.status_code for response in answers} == {202}
    assert len(await candidate.events("answer_submitted", interview)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"source": "typed", "heard": {"engine": "browser", "text": HEARD}},
        {"heard": {"engine": "browser", "text": HEARD}},
        {"source": "voice", "heard": {"engine": "server", "text": HEARD}},
        {"source": "voice", "heard": {"engine": "browser"}},
        {"source": "voice", "heard": {"engine": "on_device", "text": None}},
        {"source": "voice", "heard": {"engine": "ears", "text": HEARD}},
        {"source": "voice", "heard": {"engine": "browser", "text": HEARD, "edit_ratio": 0}},
        {"source": "voice", "heard": {"engine": "browser", "text": "x" * 40_001}},
        {"source": "telepathy"},
    ],
)
async def test_contradictions_are_refused(candidate: Candidate, body: dict[str, Any]) -> None:
    interview = await candidate.started()
    response = await answer(candidate, interview, **body)
    assert (response.status_code, problem(response)) == (422, "validation")
    assert await candidate.read(interview["id"]) == interview

"""What was noticed or visible is told to reviewers alone: what is analysed does not depend on it."""

import re
from itertools import count
from typing import Any
from uuid import uuid4

from contracts.base import Event
from fake_gemini import FakeGemini
from interview.settings import InterviewSettings
from kit.clock import now

from services.interview.tests.candidate import Candidate

UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME_TEXT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)")
DURATION_TEXT = re.compile(r'"duration_s":[\d.]+')


def without_ids_and_times(events: list[Event]) -> str:
    """The bodies as they are sent, with ids numbered in the order in which they appear."""
    numbers: dict[str, int] = {}
    following = count(1)
    text = "\n".join(event.model_dump_json() for event in events)
    text = UUID_TEXT.sub(lambda found: f"id-{numbers.setdefault(found.group(), next(following))}", text)
    return DURATION_TEXT.sub('"duration_s":0', TIME_TEXT.sub("time", text))


async def sit(candidate: Candidate, using: InterviewSettings, *, watched: bool) -> dict[str, Any]:
    """Go through the same interview, with everything noticed that can be noticed, or with nothing."""
    interview = await candidate.ready(using=using)
    if watched:
        for capture in ("face_monitoring", "expression_analysis", "video_recording", "audio_transcription"):
            await candidate.consent(interview, capture)
    interview = await candidate.post(interview, "start")
    for answer in ("I asked for help after an hour.", "I measured first.", "We split the service in three."):
        if watched:
            await be_watched(candidate, interview)
        interview = await candidate.submit(interview, answer)
    assert interview["status"] == "completed"
    return interview


async def be_watched(candidate: Candidate, interview: dict[str, Any]) -> None:
    path = f"/interviews/{interview['id']}"
    for kind in ("no_face", "several_faces", "looking_away", "page_hidden", "paste", "second_screen"):
        notice = f"{path}/notices/{uuid4()}"
        body = {
            "kind": kind,
            "question_id": interview["current_question_id"],
            "started_at": now().isoformat(),
            "duration_s": 30,
            "confidence": 1.0,
        }
        assert (await candidate.do("PUT", notice, body)).status_code == 201
        assert (await candidate.do("PUT", f"{notice}/reply", {"text": "The door bell."})).status_code == 200
    counted = {
        "seconds": 30,
        "samples": 90,
        "readable": 10,
        "facing": 0,
        "expressions": {
            "neutral": 0,
            "happy": 0,
            "surprised": 0,
            "sad": 0,
            "angry": 0,
            "fearful": 10,
            "disgusted": 0,
        },
    }
    assert (await candidate.do("PUT", f"{candidate.question(interview)}/presence", counted)).status_code == 200
    assert (await candidate.do("PUT", f"{path}/presence/sharing", {"shared": True})).status_code == 200


async def test_what_is_analysed_is_the_same_byte_for_byte_with_and_without_notices_and_presence(
    candidate: Candidate, stranger: Candidate, with_gemini: InterviewSettings, gemini: FakeGemini
) -> None:
    watched = await sit(candidate, with_gemini, watched=True)
    unwatched = await sit(stranger, with_gemini, watched=False)
    assert len(await candidate.events("notice_recorded", watched)) == 18
    assert len(await candidate.events("notice_replied", watched)) == 18
    assert await candidate.events("presence_sharing_changed", watched) != []
    for name in ("answer_submitted", "interview_completed"):
        one = await candidate.events(name, watched)
        other = await stranger.events(name, unwatched)
        assert len(one) == len(other) == (3 if name == "answer_submitted" else 1)
        assert without_ids_and_times(one) == without_ids_and_times(other)
    # Nor does the model that writes the questions hear of it.
    first, second = (str(request["body"]) for request in gemini.requests)
    assert first == second

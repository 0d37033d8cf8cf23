import asyncio
import hashlib
from typing import Any, get_args

import pytest
import sqlalchemy as sa
from interview.errors import ConsentMissing
from interview.models import Consent
from interview.statements import Capture, statements
from interview.use_cases.consents import require
from kit.database import Database
from sqlalchemy.exc import DBAPIError

from services.interview.tests.candidate import Candidate, problem
from services.interview.tests.fixtures import Opening

CAPTURES = get_args(Capture)

# Who agreed to these words agreed to exactly these words. A new wording gets a new version and a new line here.
WORDINGS = {
    "audio_transcription 1-gemini": "9972b298587d791c",
    "video_recording 1-30d": "617371bcd182a4ad",
    "face_monitoring 1": "de019afdeab379ff",
    "expression_analysis 1": "d8c41d1c8d6204c4",
    "audio_transcription 1-whisper": "590f5e627cef1b7a",
    "audio_transcription 1-browser": "e1a70d8bdde487d6",
}


def path(interview: dict[str, Any], capture: str = "face_monitoring") -> str:
    return f"/interviews/{interview['id']}/consents/{capture}"


def kinds(offered: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in offered]


def test_wording_changes_only_with_its_version() -> None:
    found = {
        f"{one.id} {one.version}": hashlib.sha256(f"{one.title} {one.text}".encode()).hexdigest()[:16]
        for by in ("gemini", "whisper", "browser")
        for one in statements(CAPTURES, transcribed_by=by, retention_days=30).values()  # type: ignore[arg-type]
    }
    assert found == WORDINGS


def test_every_statement_says_that_the_interview_is_complete_without_it_and_that_it_can_be_withdrawn() -> None:
    for by in ("gemini", "whisper", "browser"):
        for one in statements(CAPTURES, transcribed_by=by, retention_days=30).values():  # type: ignore[arg-type]
            assert "the interview is complete without" in one.text.replace("The", "the")
            assert "withdraw at any time" in one.kept
            assert "{" not in one.text


def test_recordings_are_kept_as_long_as_the_statement_says() -> None:
    video = statements(["video_recording"], transcribed_by="browser", retention_days=7)["video_recording"]
    assert video.version == "1-7d"
    assert "after 7 days" in video.kept


async def test_room_offers_what_can_be_agreed_to(candidate: Candidate) -> None:
    room = (await candidate.do("GET", "/room")).json()
    assert room["deployment_context"] == "personal"
    assert kinds(room["captures"]) == list(CAPTURES)
    assert room["captures"][0]["version"] == "1-browser"
    assert room["speech"] == {"server": None}
    assert room["recording"]["retention_days"] == 30
    assert room["monitoring"] == {
        "no_face_s": 4,
        "several_faces_s": 2,
        "looking_away_s": 5,
        "looking_away_samples": 8,
        "looking_away_degrees": 12,
        "page_hidden_s": 2,
        "could_not_tell_s": 10,
        "baseline_s": 20,
    }
    interview = await candidate.create()
    for capture in room["captures"]:
        assert (await candidate.consent(interview, capture["id"]))["statement"].startswith(capture["sentence"])


@pytest.mark.parametrize("context", ["education", "employer"])
async def test_expressions_are_personal(opened: Opening, candidate: Candidate, context: str) -> None:
    interview = await candidate.create()
    async with opened(deployment_context=context) as client:
        candidate.client = client
        room = (await candidate.do("GET", "/room")).json()
        assert room["deployment_context"] == context
        assert kinds(room["captures"]) == ["audio_transcription", "video_recording", "face_monitoring"]
        response = await candidate.do("PUT", path(interview, "expression_analysis"), {"version": "1"})
        assert response.status_code == 403
        assert problem(response) == "expression-not-offered"


async def test_what_an_operator_leaves_out_cannot_be_agreed_to(opened: Opening, candidate: Candidate) -> None:
    interview = await candidate.create()
    async with opened(captures=frozenset({"audio_transcription"})) as client:
        candidate.client = client
        assert kinds((await candidate.do("GET", "/room")).json()["captures"]) == ["audio_transcription"]
        response = await candidate.do("PUT", path(interview), {"version": "1"})
        assert response.status_code == 403
        assert problem(response) == "capture-not-offered"


async def test_consent_shows_in_the_interview_and_moves_its_version(candidate: Candidate) -> None:
    interview = await candidate.ready()
    assert interview["consents"] == []
    given = await candidate.consent(interview, "face_monitoring")
    found = await candidate.read(interview["id"])
    assert found["version"] > interview["version"]
    assert found["consents"] == [{"capture": "face_monitoring", "version": "1", "given_at": given["given_at"]}]
    taken = (await candidate.do("DELETE", path(interview))).json()
    assert taken["withdrawn_at"] >= given["given_at"]
    after = await candidate.read(interview["id"])
    assert after["version"] > found["version"]
    assert after["consents"] == []


async def test_giving_and_withdrawing_again_change_nothing(candidate: Candidate) -> None:
    interview = await candidate.ready()
    first = await candidate.consent(interview, "face_monitoring")
    version = (await candidate.read(interview["id"]))["version"]
    assert await candidate.consent(interview, "face_monitoring") == first
    assert (await candidate.read(interview["id"]))["version"] == version
    taken = [(await candidate.do("DELETE", path(interview))).json() for _ in range(2)]
    assert taken[0] == taken[1]
    assert len((await candidate.do("GET", path(interview).rsplit("/", 1)[0])).json()) == 1


async def test_consent_at_the_same_time_is_one_row(candidate: Candidate) -> None:
    interview = await candidate.ready()
    given = await asyncio.gather(*(candidate.do("PUT", path(interview), {"version": "1"}) for _ in range(20)))
    assert {response.status_code for response in given} == {200}
    assert len({response.text for response in given}) == 1
    taken = await asyncio.gather(*(candidate.do("DELETE", path(interview)) for _ in range(20)))
    assert len({response.text for response in taken}) == 1


async def test_ledger_keeps_every_giving_and_every_withdrawal(candidate: Candidate, stranger: Candidate) -> None:
    interview, other = await candidate.ready(), await candidate.create(role_id="recruiter")
    await stranger.consent(await stranger.create(), "face_monitoring")
    await candidate.consent(interview, "face_monitoring")
    await candidate.do("DELETE", path(interview))
    await candidate.consent(interview, "face_monitoring")
    await candidate.consent(other, "video_recording")
    rows = (await candidate.do("GET", path(interview).rsplit("/", 1)[0])).json()
    assert [row["withdrawn_at"] is None for row in rows] == [True, False]
    page = (await candidate.do("GET", "/consents?limit=2")).json()
    rest = (await candidate.do("GET", f"/consents?limit=2&cursor={page['next_cursor']}")).json()
    assert rest["next_cursor"] is None
    ledger = page["items"] + rest["items"]
    assert [(row["capture"], row["interview_id"], row["role_title"]) for row in ledger] == [
        ("video_recording", other["id"], "Recruiter"),
        ("face_monitoring", interview["id"], "Backend engineer"),
        ("face_monitoring", interview["id"], "Backend engineer"),
    ]
    assert [row["withdrawn_at"] is None for row in ledger] == [True, True, False]


@pytest.mark.parametrize(
    "change",
    [
        "statement = 'I agree to everything'",
        "version = '2'",
        "given_at = given_at - interval '1 year'",
        "withdrawn_at = NULL",
        "withdrawn_at = now()",
    ],
)
async def test_ledger_cannot_be_rewritten(candidate: Candidate, database: Database, change: str) -> None:
    interview = await candidate.ready()
    await candidate.consent(interview, "face_monitoring")
    await candidate.do("DELETE", path(interview))
    with pytest.raises(DBAPIError, match="can be withdrawn once"):
        async with database.transaction() as session:
            await session.execute(sa.text(f"UPDATE interview.consents SET {change}"))  # noqa: S608 - ours


async def test_older_statement_is_refused_with_the_version_of_today(candidate: Candidate) -> None:
    interview = await candidate.ready()
    response = await candidate.do("PUT", path(interview, "audio_transcription"), {"version": "1-gemini"})
    assert response.status_code == 409
    assert problem(response) == "consent-outdated"
    assert response.json()["current"] == "1-browser"
    assert (await candidate.read(interview["id"]))["consents"] == []


async def test_new_statement_takes_the_place_of_the_older_one(candidate: Candidate, database: Database) -> None:
    interview = await candidate.ready()
    await candidate.consent(interview, "face_monitoring")
    async with database.transaction() as session:
        # As if the statement had been another one on the day it was given.
        await session.execute(sa.text("ALTER TABLE interview.consents DISABLE TRIGGER consents_are_kept"))
        await session.execute(sa.update(Consent).values(version="0", statement="Older words."))
        await session.execute(sa.text("ALTER TABLE interview.consents ENABLE TRIGGER consents_are_kept"))
    await candidate.consent(interview, "face_monitoring")
    rows = (await candidate.do("GET", path(interview).rsplit("/", 1)[0])).json()
    assert [(row["version"], row["withdrawn_at"] is None) for row in rows] == [("1", True), ("0", False)]
    assert rows[1]["statement"] == "Older words."


async def test_finished_interview_takes_no_consent_and_gives_it_back(candidate: Candidate) -> None:
    interview = await candidate.started()
    given = await candidate.consent(interview, "face_monitoring")
    await candidate.post(interview, "complete")
    # The reply to the first may have been lost.
    assert await candidate.consent(interview, "face_monitoring") == given
    response = await candidate.do("PUT", path(interview, "expression_analysis"), {"version": "1"})
    assert (response.status_code, problem(response)) == (409, "interview-finished")
    assert (await candidate.do("DELETE", path(interview))).json()["withdrawn_at"] is not None
    assert problem(await candidate.do("PUT", path(interview), {"version": "1"})) == "interview-finished"


@pytest.mark.parametrize(
    "body", [{}, {"version": ""}, {"version": 1}, {"version": "x" * 65}, {"version": "1", "by": 1}]
)
async def test_wrong_consent_is_refused(candidate: Candidate, body: dict[str, Any]) -> None:
    interview = await candidate.create()
    assert (await candidate.do("PUT", path(interview), body)).status_code == 422
    assert (await candidate.do("PUT", path(interview, "mind_reading"), {"version": "1"})).status_code == 422
    assert problem(await candidate.do("DELETE", path(interview))) == "consent-not-found"


async def test_nothing_is_captured_without_consent_in_force(candidate: Candidate, database: Database) -> None:
    interview = await candidate.ready()

    async def ask() -> None:
        async with database.transaction() as session:
            await require(session, interview["id"], "face_monitoring")

    with pytest.raises(ConsentMissing) as missing:
        await ask()
    assert missing.value.extensions == {"capture": "face_monitoring"}
    await candidate.consent(interview, "face_monitoring")
    await ask()
    await candidate.do("DELETE", path(interview))
    with pytest.raises(ConsentMissing):
        await ask()

"""Spoken answers: what is sent, and what can be seen of it."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from interview.main import create
from interview.models import SpeechPart
from interview.settings import InterviewSettings
from interview.storage import Storage
from kit.clock import now
from kit.database import Database
from sqlalchemy import select, update

from services.interview.tests.candidate import Candidate
from services.interview.tests.sounds import as_wav, tone

LEASE = timedelta(minutes=3)
WAV = as_wav(tone(2.0))
OTHER_WAV = as_wav(tone(2.0, pitch=330))
SILENCE = as_wav(b"\0\0" * 32_000)


@pytest.fixture
def app(with_gemini: InterviewSettings) -> FastAPI:
    return create(with_gemini)


def path_of(interview: dict[str, Any], take: object, seq: int = 0, question_id: str | None = None) -> str:
    question = question_id or interview["current_question_id"]
    return f"/interviews/{interview['id']}/questions/{question}/speech/{take}/{seq}"


async def send(
    candidate: Candidate, interview: dict[str, Any], take: object, seq: int = 0, audio: bytes = WAV, **options: Any
) -> httpx2.Response:
    query = {"offset_ms": seq * 2_000, "duration_ms": 2_000} | options.pop("query", {})
    kind = options.pop("kind", "audio/wav")
    address = path_of(interview, take, seq, options.pop("question_id", None))
    return await candidate.do("PUT", address, content=audio, params=query, headers={"Content-Type": kind})


async def willing(candidate: Candidate) -> dict[str, Any]:
    interview = await candidate.started()
    await candidate.consent(interview, "audio_transcription")
    return interview


async def parts(candidate: Candidate, interview: dict[str, Any]) -> list[dict[str, Any]]:
    found = await candidate.read(interview["id"])
    return [part for question in found["questions"] for part in question["speech"]]


async def row(database: Database, take: object) -> SpeechPart:
    async with database.transaction() as session:
        return (await session.scalars(select(SpeechPart).where(SpeechPart.take == take))).one()


async def sounds(storage: Storage, interview: dict[str, Any]) -> list[str]:
    return [stored.key async for stored in storage.list(f"speech/{interview['id']}")]


async def lapse(database: Database) -> None:
    """Let the time that listening may take be over."""
    async with database.transaction() as session:
        await session.execute(update(SpeechPart).values(due_at=now() - timedelta(seconds=1)))

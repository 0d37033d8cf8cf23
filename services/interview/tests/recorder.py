"""A candidate's browser that records."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
from interview.models import Consent
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from sqlalchemy import update

from services.interview.tests.candidate import Candidate

WEBM = "video/webm;codecs=vp9,opus"


class Recorder:
    """Records one interview of a candidate. `begin`, `send` and `complete` return the response."""

    def __init__(self, candidate: Candidate, interview: dict[str, Any], content_type: str = WEBM) -> None:
        self.candidate = candidate
        self.interview = interview
        self.content_type = content_type
        self.id = str(new_id())

    @property
    def path(self) -> str:
        return f"/interviews/{self.interview['id']}/recordings/{self.id}"

    async def begin(self, **changes: Any) -> httpx2.Response:
        body = {"content_type": self.content_type, "started_at": (now() - timedelta(seconds=1)).isoformat()} | changes
        return await self.candidate.do("PUT", self.path, body)

    async def begun(self) -> "Recorder":
        response = await self.begin()
        assert response.status_code == 201, response.text
        return self

    async def send(self, seq: int, content: bytes, **headers: str) -> httpx2.Response:
        options = {"content-type": self.content_type} | {name.replace("_", "-"): text for name, text in headers.items()}
        return await self.candidate.do("PUT", f"{self.path}/chunks/{seq}", content=content, headers=options)

    async def sent(self, chunks: Sequence[bytes]) -> None:
        for seq, content in enumerate(chunks):
            response = await self.send(seq, content, content_digest=content_digest(content))
            assert response.status_code == 200, response.text

    async def complete(self, chunks: int) -> httpx2.Response:
        return await self.candidate.do("POST", f"{self.path}/complete", {"chunks": chunks})

    async def completed(self, chunks: Sequence[bytes]) -> None:
        await self.sent(chunks)
        response = await self.complete(len(chunks))
        assert response.status_code == 202, response.text

    async def read(self) -> dict[str, Any]:
        response = await self.candidate.do("GET", self.path)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def video(self, **headers: str) -> httpx2.Response:
        return await self.candidate.do("GET", f"{self.path}/video", headers=headers)

    async def delete(self) -> httpx2.Response:
        return await self.candidate.do("DELETE", self.path)


def content_digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


async def agree(database: Database, interview: dict[str, Any]) -> None:
    """Agree to being recorded."""
    async with database.transaction() as session:
        session.add(
            Consent(
                id=new_id(),
                interview_id=UUID(interview["id"]),
                capture="video_recording",
                version="1-30d",
                statement="You are recorded.",
                given_at=now(),
            )
        )


async def take_back(database: Database, interview: dict[str, Any]) -> None:
    """Agree no longer."""
    async with database.transaction() as session:
        await session.execute(
            update(Consent).where(Consent.interview_id == UUID(interview["id"])).values(withdrawn_at=now())
        )

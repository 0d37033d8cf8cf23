"""A candidate who uses the API and no browser: for what a test needs to be there before it begins."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from tests.e2e.product import Product

WAIT = 60.0


class Applicant:
    """One candidate, signed up and logged in."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def choose(self, *, role: str = "backend-engineer", level: str = "mid", count: int = 3) -> str:
        """Choose an interview and return its id at once."""
        body = {"role_id": role, "level_id": level, "question_count": count}
        return str((await self._post("interviews", body))["id"])

    async def set_up(self) -> str:
        """Choose an interview and return its id when the questions are there."""
        interview_id = await self.choose()
        await self.until(interview_id, lambda interview: interview["status"] == "ready")
        return interview_id

    async def sit(self, interview_id: str, answers: Iterable[str]) -> None:
        """Answer every question and wait for the report."""
        interview = await self._post(f"interviews/{interview_id}/start")
        for answer in answers:
            place = f"interviews/{interview_id}/questions/{interview['current_question_id']}"
            interview = await self._post(f"{place}/answers", {"text": answer})
        await self.until(interview_id, lambda known: known["report_status"] not in {"none", "pending"})

    async def read(self, interview_id: str) -> dict[str, Any]:
        """Return the interview as it stands."""
        return dict(await self._get(f"interviews/{interview_id}"))

    async def reveal(self, interview_id: str) -> None:
        """Ask to see the report, without rating anything."""
        (await self._client.post(f"/api/reports/{interview_id}/reveal")).raise_for_status()

    async def report(self, interview_id: str) -> dict[str, Any]:
        """Return the report as it stands; it says nothing before it was asked for."""
        return dict(await self._get(f"reports/{interview_id}"))

    async def until(self, interview_id: str, reached: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for the interview to get somewhere."""
        interview = await self.read(interview_id)
        async with asyncio.timeout(WAIT):
            while not reached(interview):
                await asyncio.sleep(0.1)
                interview = await self.read(interview_id)
        return interview

    async def _get(self, path: str) -> Any:
        answer = await self._client.get(f"/api/{path}")
        answer.raise_for_status()
        return answer.json()

    async def _post(self, path: str, body: object = None) -> Any:
        answer = await self._client.post(f"/api/{path}", json=body)
        answer.raise_for_status()
        return answer.json()


@asynccontextmanager
async def signed_up(product: Product, name: str, email: str, password: str) -> AsyncIterator[Applicant]:
    """Make an account and use it."""
    async with httpx2.AsyncClient(base_url=product.url, timeout=20) as client:
        body = {"email": email, "password": password, "display_name": name}
        (await client.post("/api/auth/signup", json=body)).raise_for_status()
    async with logged_in(product, email, password) as applicant:
        yield applicant


@asynccontextmanager
async def logged_in(product: Product, email: str, password: str) -> AsyncIterator[Applicant]:
    """Use an account that somebody made in the browser."""
    async with product.api(email, password) as client:
        yield Applicant(client)

"""Somebody who uses the service, and a look at what it told the others."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any
from uuid import UUID

import httpx2
import pytest
import sqlalchemy as sa
from contracts.base import Event
from interview.models.base import outbox
from kit.database import Database
from kit.ids import new_id
from kit.testing.tokens import TokenFactory
from sqlalchemy.pool import AsyncAdaptedQueuePool

ANSWER = "I split the monolith into three services and cut deployment time from two hours to ten minutes."


class Candidate:
    """Speaks to the API as one signed-in candidate. `do` returns the response, the verbs check that it went well."""

    def __init__(
        self, client: httpx2.AsyncClient, tokens: TokenFactory, database: Database, prepare: Callable[..., Any]
    ) -> None:
        self.id = new_id()
        self.client = client
        self.headers = tokens.headers(self.id)
        self._database = database
        self._prepare = prepare

    async def do(self, method: str, path: str, body: Any = None, **options: Any) -> httpx2.Response:
        headers = self.headers | options.pop("headers", {})
        return await self.client.request(method, path, json=body, headers=headers, **options)

    async def _well(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        response = await self.do(method, path, body)
        assert response.status_code < 300, response.text
        result: dict[str, Any] = response.json()
        return result

    async def create(self, **choice: Any) -> dict[str, Any]:
        body = {"role_id": "backend-engineer", "level_id": "mid", "question_count": 3} | choice
        return await self._well("POST", "/interviews", body)

    async def read(self, interview_id: str) -> dict[str, Any]:
        return await self._well("GET", f"/interviews/{interview_id}")

    async def ready(self, using: Any = None, **choice: Any) -> dict[str, Any]:
        interview = await self.create(**choice)
        await self._prepare(interview["id"], **({"using": using} if using is not None else {}))
        return await self.read(interview["id"])

    async def started(self, **choice: Any) -> dict[str, Any]:
        interview = await self.ready(**choice)
        return await self.post(interview, "start")

    async def post(self, interview: dict[str, Any], verb: str) -> dict[str, Any]:
        return await self._well("POST", f"/interviews/{interview['id']}/{verb}")

    def question(self, interview: dict[str, Any], question_id: str | None = None) -> str:
        return f"/interviews/{interview['id']}/questions/{question_id or interview['current_question_id']}"

    async def submit(self, interview: dict[str, Any], text: str = ANSWER, question_id: str | None = None) -> Any:
        return await self._well("POST", f"{self.question(interview, question_id)}/answers", {"text": text})

    async def skip(self, interview: dict[str, Any]) -> dict[str, Any]:
        return await self._well("POST", f"{self.question(interview)}/skip")

    async def save(self, interview: dict[str, Any], text: str, revision: int) -> httpx2.Response:
        return await self.do("PUT", f"{self.question(interview)}/draft", {"text": text, "revision": revision})

    async def consent(self, interview: dict[str, Any], capture: str) -> dict[str, Any]:
        room = await self._well("GET", "/room")
        [version] = [one["version"] for one in room["captures"] if one["id"] == capture]
        return await self._well("PUT", f"/interviews/{interview['id']}/consents/{capture}", {"version": version})

    async def completed(self, **choice: Any) -> dict[str, Any]:
        interview = await self.started(**choice)
        while interview["current_question_id"] is not None:
            interview = await self.submit(interview)
        return interview

    async def events(self, name: str, interview: dict[str, Any]) -> list[Any]:
        return await events_of(self._database, name, interview["id"])


async def events_of(database: Database, name: str, interview_id: UUID | str) -> list[Event]:
    """Return the events of one kind about an interview that were saved for sending, oldest first."""
    kind = _event_types()[name]
    statement = (
        sa.select(outbox.c.body)
        .where(outbox.c.event_type == kind.event_type, outbox.c.subject == str(interview_id))
        .order_by(outbox.c.id)
    )
    async with database.transaction() as session:
        return [kind.model_validate_json(body) for body in await session.scalars(statement)]


def _event_types() -> dict[str, type[Event]]:
    return {
        kind.event_type.split(".")[1]: kind
        for module in (import_module("contracts.interview"), import_module("contracts.analysis"))
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Event) and hasattr(kind, "event_type")
    }


async def eventually(is_so: Callable[[], Awaitable[Any]], within: float = 150) -> Any:
    """Ask again and again until the answer is true, and return it."""
    deadline = asyncio.get_running_loop().time() + within
    while not (answer := await is_so()):
        if asyncio.get_running_loop().time() > deadline:
            pytest.fail(f"not so within {within} s")
        await asyncio.sleep(0.05)
    return answer


async def nobody_holds(pool: AsyncAdaptedQueuePool) -> bool:
    """Tell that no connection is taken for long: what works beside a test takes one now and then, and gives it back."""

    async def are_back() -> bool:
        return pool.checkedout() == 0

    await eventually(are_back)
    return True


def problem(response: httpx2.Response) -> str:
    """Return the kind of problem a response tells about."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    kind: str = response.json()["type"]
    return kind.removeprefix("urn:interview-kit:problem:")

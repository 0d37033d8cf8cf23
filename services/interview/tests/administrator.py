"""Somebody who changes the bank."""

from typing import Any

import httpx2
from kit.testing.tokens import TokenFactory

QUESTION = "swe-readable-function"


class Admin:
    """Speaks to the API as one administrator."""

    def __init__(self, client: httpx2.AsyncClient, tokens: TokenFactory) -> None:
        self._client = client
        self.headers = tokens.headers(role="admin", email="editor@example.com")

    async def do(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        return await self._client.request(method, path, json=body, headers=self.headers | headers)

    async def read(self, question_id: str = QUESTION) -> dict[str, Any]:
        found: dict[str, Any] = (await self.do("GET", f"/bank/questions/{question_id}")).json()
        return found

    async def edit(self, question_id: str = QUESTION, *, version: int = 1, **change: Any) -> httpx2.Response:
        content = (await self.read(question_id))["content"]
        del content["id"]
        body = {"version": version, "content": content | change, "note": "Says it more plainly."}
        return await self.do("PUT", f"/bank/questions/{question_id}", body)

    async def retire(self, question_id: str, version: int = 1) -> httpx2.Response:
        return await self.do(
            "POST", f"/bank/questions/{question_id}/retire", {"version": version, "note": "Nobody learns from it."}
        )

    async def rubric(self, rubric_id: str = "behavioural") -> dict[str, Any]:
        """Return a rubric as it would be sent back."""
        found: dict[str, Any] = (await self.do("GET", f"/bank/rubrics/{rubric_id}")).json()["content"]
        return {key: value for key, value in found.items() if key not in {"id", "version"}}

    async def save_rubric(
        self, version: int, content: dict[str, Any], change: str = "wording", rubric_id: str = "behavioural"
    ) -> httpx2.Response:
        body = {"version": version, "change": change, "content": content, "note": "Reviewed with the team."}
        return await self.do("PUT", f"/bank/rubrics/{rubric_id}", body)

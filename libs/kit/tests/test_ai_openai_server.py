"""The adapter with a real server and a model of 135 million parameters: what it writes is nonsense."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import httpx2
import pytest
from kit.ai import AISettings, ModelUnavailable
from kit.ai.openai import OpenAIModel
from kit.ai.port import Generated
from kit.ai.spending import Charge
from kit.testing.openai_server import asks_a_real_server, real_server
from pydantic import BaseModel, ConfigDict

pytestmark = asks_a_real_server

PATIENCE = timedelta(minutes=10)
TOO_LONG = "one two three four five " * 2_000


class Side(BaseModel):
    """A server that binds the reply can write nothing else than this, however little its model understands."""

    model_config = ConfigDict(extra="forbid")

    side: Literal["left", "right"]
    sure: bool


@dataclass
class Seen:
    """What went to the server and came back."""

    formats: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    async def keep(self, answer: httpx2.Response) -> None:
        await answer.aread()
        wanted = json.loads(answer.request.content).get("response_format", {"type": ""})
        self.formats.append(wanted["type"] + ("+schema" if "schema" in wanted else ""))
        self.statuses.append(answer.status_code)
        self.bodies.append(answer.json())


@dataclass
class Bill:
    """A meter that lets everything pass and keeps what it is told."""

    charges: list[Charge | None] = field(default_factory=list)
    tokens: list[tuple[str, str, int | None, int | None]] = field(default_factory=list)

    async def admit(self, charge: Charge | None) -> None:
        self.charges.append(charge)

    async def note(
        self, charge: Charge | None, *, provider: str, model: str, input_tokens: int | None, output_tokens: int | None
    ) -> None:
        assert charge == self.charges[-1]
        self.tokens.append((provider, model, input_tokens, output_tokens))


@asynccontextmanager
async def asking(bill: Bill | None = None, **changes: Any) -> AsyncIterator[tuple[OpenAIModel, Seen]]:
    server, seen = real_server(), Seen()
    given = {
        "openai_base_url": server.url,
        "openai_api_key": server.key,
        "openai_model": server.model,
        "openai_timeout": PATIENCE.total_seconds(),
        **changes,
    }
    async with OpenAIModel(AISettings(**given), meter=bill) as model:
        model._http.event_hooks["response"].append(seen.keep)
        yield model, seen


async def ask(model: OpenAIModel, prompt: str = "Which side is the heart on?") -> Generated[Side]:
    return await model.generate(system="You answer in JSON.", prompt=prompt, schema=Side, deadline=PATIENCE)


async def test_ladder_steps_down_once_and_remembers() -> None:
    async with asking() as (model, seen):
        assert (await ask(model)).value.side in {"left", "right"}
        await ask(model)
    assert seen.formats == ["json_schema", "json_object+schema", "json_object+schema"]
    assert seen.statuses == [500, 200, 200]


async def test_tokens_are_counted_as_the_server_counted_them() -> None:
    bill = Bill()
    async with asking(bill) as (model, seen):
        generated = await ask(model)
    usage = seen.bodies[-1]["usage"]
    assert usage["prompt_tokens"] > 0
    assert usage["completion_tokens"] > 0
    counted = (usage["prompt_tokens"], usage["completion_tokens"])
    assert (generated.input_tokens, generated.output_tokens) == counted
    assert bill.tokens == [("openai", real_server().model, *counted)]


async def test_text_over_the_models_context_is_refused_once_and_the_server_goes_on() -> None:
    bill = Bill()
    async with asking(bill) as (model, seen):
        with pytest.raises(ModelUnavailable) as caught:
            await ask(model, TOO_LONG)
        assert caught.value.reason == "The text is longer than the AI server's model can read"
        assert caught.value.permanent
        assert seen.statuses == [500, 400]
        assert bill.tokens == []
        await ask(model)
    assert seen.formats[1] == seen.formats[-1] == "json_object+schema"


async def test_wrong_key_is_refused_once() -> None:
    async with asking(openai_api_key="wrong") as (model, seen):
        with pytest.raises(ModelUnavailable, match="refused the API key") as caught:
            await ask(model)
    assert caught.value.permanent
    assert seen.statuses == [401]

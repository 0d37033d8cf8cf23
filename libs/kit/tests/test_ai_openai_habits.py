"""Habits of single servers, and what is asked of all of them, over real HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from kit.ai import ModelOutputInvalid, ModelUnavailable
from kit.ai.openai import extract
from kit.ai.pace import Pace
from kit.ai.retry import parse_retry_after
from kit.ai.schema import strict_schema
from pydantic import BaseModel

from libs.kit.tests.test_ai_openai import DEADLINE, GOOD, Verdict, ask, formats, serving

TWO_OBJECTS = f"The answer said {json.dumps({'summary': 'Give me 3'})}, so: {json.dumps(GOOD)}"


class Loose(BaseModel):
    """Everything may be left out, as pydantic writes it and OpenAI's strict mode does not take it."""

    note: str | None = None
    inner: list[Verdict] = []
    either: Verdict | None = None


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for child in node.values():
            yield from objects(child)
    if isinstance(node, list):
        for child in node:
            yield from objects(child)


def test_strict_schema_closes_every_object_and_requires_every_property() -> None:
    found = list(objects(strict_schema(Loose)))
    assert len(found) == 5
    assert all(one["additionalProperties"] is False for one in found)
    assert all(one["required"] == list(one["properties"]) for one in found)


async def test_reply_that_was_cut_off_is_never_used() -> None:
    whole = {"content": json.dumps(GOOD), "finish": "length"}
    async with serving() as (fake, model):
        fake.next(whole, whole)
        with pytest.raises(ModelOutputInvalid, match="cut off"):
            await ask(model)
    assert "cut off" in fake.requests[1]["messages"][-1]["content"]


async def test_repair_tells_the_shape_to_a_model_whose_server_did_not() -> None:
    async with serving() as (fake, model):
        fake.next({"content": "Left, I think."}, {"content": json.dumps(GOOD)})
        assert await ask(model)
    assert '"maxItems": 3' in fake.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize("status", [400, 422])
async def test_refusal_of_the_format_is_not_remembered_when_nothing_worked(status: int) -> None:
    refused = {"status": status, "message": "response_format is not supported"}
    async with serving() as (fake, model):
        fake.next(*[refused] * 3)  # the stand-in itself refuses the step between
        with pytest.raises(ModelUnavailable, match=f"HTTP {status}") as caught:
            await ask(model)
        assert caught.value.permanent
        assert await ask(model)
    assert formats(fake) == ["json_schema", "json_object+schema", "json_object", "", "json_schema"]


async def test_fault_that_only_mentions_the_format_is_retried_on_the_same_step() -> None:
    async with serving() as (fake, model):
        fake.next({"status": 500, "message": "worker died while building the json_schema"})
        assert await ask(model)
    assert formats(fake) == ["json_schema"] * 2


async def test_reply_thrown_away_by_the_server_is_repaired_on_the_same_step() -> None:
    message = "Failed to generate JSON. Please adjust your prompt: json_object"
    async with serving() as (fake, model):
        fake.next({"status": 400, "message": message, "code": "json_validate_failed"})
        assert await ask(model)
    assert formats(fake) == ["json_schema"] * 2


async def test_of_two_objects_none_is_chosen() -> None:
    async with serving("bare") as (fake, model):
        fake.next({"content": TWO_OBJECTS}, {"content": json.dumps(GOOD)})
        assert await ask(model) == Verdict.model_validate(GOOD)
    assert len(fake.requests[-1]["messages"]) == 4


@pytest.mark.parametrize("text", ["no JSON", '{"a": {"b": 1}, "c":', TWO_OBJECTS, '{"a":' * 5000])
def test_nothing_is_taken_from_a_reply_that_holds_no_single_object(text: str) -> None:
    assert extract(text) == text


async def test_requests_over_the_limit_of_a_minute_are_not_sent() -> None:
    async with serving(openai_requests_per_minute=2) as (fake, model):
        assert await ask(model)
        assert await ask(model)
        with pytest.raises(ModelUnavailable, match="as often as it may be") as caught:
            await ask(model)
    assert caught.value.retry_after == pytest.approx(60, abs=DEADLINE.total_seconds())
    assert len(fake.requests) == 2


def test_pace_holds_in_every_window_and_not_only_on_average() -> None:
    now = 0.0
    pace = Pace(2, clock=lambda: now)
    assert pace.wait() == 0
    now = 50.0
    assert pace.wait() == 0
    assert pace.wait() == 10
    now = 60.0
    assert pace.wait() == 0
    assert pace.wait() == 50
    assert Pace(None).wait() == 0


def test_wait_may_be_told_as_a_date() -> None:
    wait = parse_retry_after(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    assert wait == pytest.approx(3600, abs=60)

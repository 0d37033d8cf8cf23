import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Literal

import pytest
from fake_gemini import API_KEY, OPENAI_KEY, OPENAI_MODEL, FakeOpenAI
from fake_gemini.openai import Manner
from kit.ai import AISettings, AudioPart, ModelOutputInvalid, ModelRefused, ModelUnavailable, model_from
from kit.ai.breaker import CircuitBreaker
from kit.ai.openai import OpenAIModel, extract
from kit.ai.retry import RetryPolicy
from pydantic import BaseModel, ConfigDict, Field

QUICK = RetryPolicy(attempts=3, base=0.01, cap=0.02)
DEADLINE = timedelta(seconds=10)


class Side(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Literal["left", "right"]
    level: Literal[1, 2, 3] | None


class Verdict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    summary: str = Field(max_length=100)
    sides: list[Side] = Field(max_length=3)


GOOD = {"summary": "Left.", "sides": [{"name": "left", "level": 2}]}


@asynccontextmanager
async def serving(manner: Manner = "openai", **changes: Any) -> AsyncIterator[tuple[FakeOpenAI, OpenAIModel]]:
    breaker: CircuitBreaker | None = changes.pop("breaker", None)
    path = changes.pop("path", "/v1/")
    async with FakeOpenAI(manner) as fake:
        given = {
            "openai_api_key": OPENAI_KEY,
            "openai_base_url": f"{fake.url}{path}",
            "openai_model": OPENAI_MODEL,
            "openai_timeout": 20.0,
            **changes,
        }
        async with OpenAIModel(AISettings(**given), policy=QUICK, breaker=breaker) as model:
            yield fake, model


async def ask(model: OpenAIModel, deadline: timedelta = DEADLINE) -> Verdict:
    generated = await model.generate(system="Judge.", prompt='{"answer": "left"}', schema=Verdict, deadline=deadline)
    return generated.value


def formats(fake: FakeOpenAI) -> list[str]:
    return [
        (wanted["type"] + ("+schema" if "schema" in wanted else "")) if (wanted := body.get("response_format")) else ""
        for body in fake.requests
    ]


async def test_reply_is_bound_to_the_schema_and_tokens_are_counted() -> None:
    async with serving() as (fake, model):
        fake.next({"content": json.dumps(GOOD)})
        generated = await model.generate(system="Judge.", prompt="Left?", schema=Verdict, deadline=DEADLINE)
    assert generated.value == Verdict.model_validate(GOOD)
    assert generated.model == f"{OPENAI_MODEL}-2026-01"
    assert generated.input_tokens
    assert generated.output_tokens
    [body] = fake.requests
    assert body["response_format"]["json_schema"]["schema"]["properties"]["sides"]["maxItems"] == 3
    assert [turn["role"] for turn in body["messages"]] == ["system", "user"]
    assert not body.keys() & {"temperature", "top_p"}


@pytest.mark.parametrize(
    ("manner", "steps"),
    [
        ("openai", ["json_schema"]),
        ("llama_cpp", ["json_schema", "json_object+schema"]),
        ("bare", ["json_schema", "json_object+schema", "json_object", ""]),
    ],
)
async def test_steps_down_to_what_the_server_takes_and_stays_there(manner: Manner, steps: list[str]) -> None:
    async with serving(manner) as (fake, model):
        assert await ask(model)
        assert await ask(model)
    assert formats(fake) == [*steps, steps[-1]]
    schema_told = "JSON Schema" in fake.requests[-1]["messages"][0]["content"]
    assert schema_told == (steps[-1] != "json_schema")


async def test_fault_of_the_server_is_no_reason_to_step_down() -> None:
    async with serving() as (fake, model):
        fake.next({"status": 500, "message": "CUDA out of memory"}, {"status": 503})
        assert await ask(model)
    assert formats(fake) == ["json_schema"] * 3


@pytest.mark.parametrize(
    "wrap", ["```json\nJSON\n```", "Sure! Here it is: JSON Hope it helps {really}.", "<think>{a}</think>JSON"]
)
async def test_json_is_taken_out_of_prose_and_fences(wrap: str) -> None:
    async with serving("bare") as (fake, model):
        fake.next({"content": json.dumps(GOOD), "wrap": wrap})
        assert await ask(model) == Verdict.model_validate(GOOD)
    assert extract(wrap.replace("JSON", json.dumps(GOOD))) == json.dumps(GOOD)


@pytest.mark.parametrize("first", ["no JSON at all", '{"summary": "cut o', '{"summary": "x", "sides": [], "more": 1}'])
async def test_bad_reply_is_repaired_once_and_not_twice(first: str) -> None:
    async with serving() as (fake, model):
        fake.next({"content": first}, {"content": json.dumps(GOOD)})
        assert await ask(model) == Verdict.model_validate(GOOD)
        assert fake.requests[1]["messages"][2] == {"role": "assistant", "content": extract(first)}
        fake.next({"content": first}, {"content": first}, {"content": json.dumps(GOOD)})
        with pytest.raises(ModelOutputInvalid):
            await ask(model)
    assert len(fake.requests) == 4


async def test_empty_reply_is_invalid_and_what_is_no_completion_is_unavailable() -> None:
    async with serving() as (fake, model):
        for empty in ({"content": None}, {"choices": []}):
            fake.next(empty, empty)
            with pytest.raises(ModelOutputInvalid, match="nothing"):
                await ask(model)
        fake.next({"choices": None}, {"not_json": True}, {"choices": [{"message": 1}]})
        with pytest.raises(ModelUnavailable, match="could not be read"):
            await ask(model)


@pytest.mark.parametrize("trouble", [{"refusal": "I cannot help with that."}, {"finish": "content_filter"}])
async def test_refusal_is_not_asked_again(trouble: dict[str, Any]) -> None:
    async with serving() as (fake, model):
        fake.next(trouble)
        with pytest.raises(ModelRefused):
            await ask(model)
    assert len(fake.requests) == 1


@pytest.mark.parametrize(
    ("changes", "trouble", "reason"),
    [
        ({"openai_api_key": "wrong"}, {}, "refused the API key"),
        ({"openai_model": "other"}, {}, "no model named other"),
        ({"path": "/somewhere/else"}, {}, "no OpenAI-compatible API at the address"),
        ({}, {"status": 400, "message": "This model's maximum context length is 512 tokens."}, "longer than"),
        ({}, {"status": 429, "code": "insufficient_quota", "message": "insufficient_quota"}, "used up"),
        ({}, {"status": 422, "message": "bad messages"}, "rejected the request"),
    ],
)
async def test_what_cannot_get_better_is_not_tried_again(
    changes: dict[str, Any], trouble: dict[str, Any], reason: str
) -> None:
    async with serving(**changes) as (fake, model):
        if trouble:
            fake.next(trouble)
        with pytest.raises(ModelUnavailable, match=reason) as caught:
            await ask(model)
    assert caught.value.permanent
    assert len(fake.requests) <= 1


async def test_asked_for_wait_is_kept() -> None:
    async with serving() as (fake, model):
        fake.next({"status": 429, "retry_after": 0.4})
        before = time.monotonic()
        assert await ask(model)
        assert time.monotonic() - before >= 0.4
        fake.next({"status": 429, "retry_after": 60})
        with pytest.raises(ModelUnavailable) as caught:
            await ask(model)
    assert caught.value.retry_after == 60
    assert len(fake.requests) == 3


async def test_deadline_ends_a_server_that_thinks_too_long() -> None:
    async with serving() as (fake, model):
        fake.next({"seconds": 30})
        with pytest.raises(ModelUnavailable, match=r"within 0\.3 seconds"):
            await ask(model, timedelta(seconds=0.3))


async def test_failing_server_is_given_a_rest() -> None:
    async with serving(breaker=CircuitBreaker(threshold=3, cooldown=60)) as (fake, model):
        fake.next(*[{"status": 503}] * 3)
        with pytest.raises(ModelUnavailable):
            await ask(model)
        with pytest.raises(ModelUnavailable, match="given a rest"):
            await ask(model)
    assert len(fake.requests) == 3


async def test_sound_is_refused_before_anything_is_sent() -> None:
    async with serving() as (fake, model):
        with pytest.raises(ModelUnavailable, match="listen"):
            await model.generate(
                system="", prompt="", schema=Verdict, deadline=DEADLINE, audio=[AudioPart(b"RIFF", "audio/wav")]
            )
    assert fake.requests == []


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ({}, None),
        ({"openai_model": "m"}, None),
        ({"openai_model": "m", "openai_api_key": "k"}, "openai"),
        ({"openai_model": "m", "openai_base_url": "http://127.0.0.1:11434/v1"}, "openai"),
        ({"openai_model": "m", "openai_api_key": "k", "gemini_api_key": API_KEY}, "gemini"),
        ({"openai_model": "m", "openai_api_key": "k", "gemini_api_key": API_KEY, "ai_provider": "openai"}, "openai"),
        ({"gemini_api_key": API_KEY, "ai_provider": "openai"}, None),
        ({"gemini_api_key": API_KEY, "ai_provider": "offline"}, None),
    ],
)
async def test_settings_choose_the_provider(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], used: str | None
) -> None:
    for name in ("GEMINI_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "AI_PROVIDER"):
        monkeypatch.setenv(name, "")
    model = model_from(AISettings(**given))
    assert (model.provider if model else None) == used
    if model is not None:
        await model.aclose()

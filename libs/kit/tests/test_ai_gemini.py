import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Literal

import pytest
from fake_gemini import API_KEY, FakeGemini, Fault
from kit.ai import AISettings, AudioPart, ModelOutputInvalid, ModelRefused, ModelUnavailable, model_from
from kit.ai.breaker import CircuitBreaker
from kit.ai.gemini import GeminiModel
from kit.ai.retry import RetryPolicy
from pydantic import BaseModel, ConfigDict, Field

QUICK = RetryPolicy(attempts=3, base=0.01, cap=0.02)
DEADLINE = timedelta(seconds=60)


class Side(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Literal["left", "right"]
    level: Literal[1, 2, 3] | None


class Verdict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    summary: str = Field(max_length=100)
    sides: list[Side] = Field(max_length=3)


@pytest.fixture(scope="module")
async def _server() -> AsyncIterator[FakeGemini]:
    async with FakeGemini() as fake:
        yield fake


@pytest.fixture
def fake(_server: FakeGemini) -> Iterator[FakeGemini]:
    _server.reset()
    yield _server
    _server.reset()


@asynccontextmanager
async def connected(
    fake: FakeGemini, *, breaker: CircuitBreaker | None = None, **changes: Any
) -> AsyncIterator[GeminiModel]:
    given = {"gemini_api_key": API_KEY, "gemini_base_url": fake.url, "gemini_timeout": 1.0, **changes}
    async with GeminiModel(AISettings(**given), policy=QUICK, breaker=breaker) as model:
        yield model


async def ask(model: GeminiModel, deadline: timedelta = DEADLINE) -> Verdict:
    generated = await model.generate(system="Judge.", prompt='{"answer": "left"}', schema=Verdict, deadline=deadline)
    return generated.value


async def test_reply_is_validated_and_tokens_are_counted(fake: FakeGemini) -> None:
    async with connected(fake) as model:
        generated = await model.generate(system="Judge.", prompt="Left?", schema=Verdict, deadline=DEADLINE)
    assert generated.value.sides[0].name == "left"
    assert generated.model == "gemini-3.5-flash-lite"
    assert generated.input_tokens is not None
    assert generated.input_tokens > 0
    assert generated.output_tokens is not None
    assert generated.output_tokens > 16


async def test_request_carries_schema_and_thinking_but_no_sampling(fake: FakeGemini) -> None:
    async with connected(fake) as model:
        await ask(model)
    [request] = fake.requests
    config = request["body"]["generationConfig"]
    assert request["version"] == "v1"
    assert request["body"]["systemInstruction"]["parts"][0]["text"] == "Judge."
    assert config["responseMimeType"] == "application/json"
    assert list(config["thinkingConfig"].values()) == ["LOW"]
    assert "$ref" not in str(config["responseJsonSchema"])
    assert config["responseJsonSchema"]["properties"]["sides"]["items"]["required"] == ["name", "level"]
    assert not {"temperature", "topP", "topK", "candidateCount"} & config.keys()


async def test_audio_goes_with_the_prompt_and_stays_with_a_repair(fake: FakeGemini) -> None:
    fake.next(Fault(kind="garbage"))
    sound = AudioPart(data=b"RIFF....WAVE", mime_type="audio/wav")
    async with connected(fake) as model:
        await model.generate(system="Listen.", prompt="Left?", schema=Verdict, deadline=DEADLINE, audio=[sound])
    for request in fake.requests:
        [text, inline] = request["body"]["contents"][0]["parts"]
        assert text == {"text": "Left?"}
        assert "audio/wav" in inline["inlineData"].values()
        assert base64.b64decode(inline["inlineData"]["data"]) == sound.data
    assert len(fake.requests) == 2


async def test_audio_that_the_vendor_does_not_take_is_rejected_for_good(fake: FakeGemini) -> None:
    sound = AudioPart(data=b"\x1a\x45\xdf\xa3", mime_type="audio/webm")
    async with connected(fake) as model:
        with pytest.raises(ModelUnavailable, match="rejected the request") as caught:
            await model.generate(system="Listen.", prompt="Left?", schema=Verdict, deadline=DEADLINE, audio=[sound])
    assert caught.value.permanent


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_passing_fault_is_retried(fake: FakeGemini, status: int) -> None:
    fake.next(Fault(kind="status", status=status, times=2))
    async with connected(fake) as model:
        assert (await ask(model)).summary
    assert len(fake.requests) == 3


@pytest.mark.parametrize("kind", ["not_json", "disconnect"])
async def test_broken_transport_is_retried(fake: FakeGemini, kind: Any) -> None:
    fake.next(Fault(kind=kind))
    async with connected(fake) as model:
        assert (await ask(model)).summary
    assert len(fake.requests) == 2


async def test_retry_after_is_waited_for(fake: FakeGemini) -> None:
    fake.next(Fault(kind="status", status=429, retry_after=0.4))
    started = asyncio.get_running_loop().time()
    async with connected(fake) as model:
        await ask(model)
    assert asyncio.get_running_loop().time() - started >= 0.4


async def test_retry_after_past_the_deadline_fails_at_once_and_is_passed_on(fake: FakeGemini) -> None:
    fake.next(Fault(kind="status", status=429, retry_after=90))
    started = asyncio.get_running_loop().time()
    async with connected(fake) as model:
        with pytest.raises(ModelUnavailable) as caught:
            await ask(model)
    assert caught.value.retry_after == 90
    assert asyncio.get_running_loop().time() - started < 30
    assert len(fake.requests) == 1


async def test_fault_that_stays_is_reported_after_the_last_attempt(fake: FakeGemini) -> None:
    fake.next(Fault(kind="status", status=500, times=-1))
    async with connected(fake) as model:
        with pytest.raises(ModelUnavailable, match="HTTP 500"):
            await ask(model)
    assert len(fake.requests) == 3


async def test_daily_quota_is_not_retried(fake: FakeGemini) -> None:
    fake.next(Fault(kind="quota_day"))
    async with connected(fake) as model:
        with pytest.raises(ModelUnavailable, match="today") as caught:
            await ask(model)
    assert caught.value.permanent
    assert len(fake.requests) == 1


async def test_silence_ends_at_the_deadline(fake: FakeGemini) -> None:
    fake.next(Fault(kind="hang", times=-1))
    started = asyncio.get_running_loop().time()
    async with connected(fake, gemini_timeout=60.0) as model:
        with pytest.raises(ModelUnavailable, match=r"within 0\.5 seconds"):
            await ask(model, timedelta(seconds=0.5))
    assert asyncio.get_running_loop().time() - started < 30


async def test_slow_reply_is_asked_for_again(fake: FakeGemini) -> None:
    fake.next(Fault(kind="hang"))
    async with connected(fake, gemini_timeout=1.0) as model:
        assert (await ask(model)).summary
    assert len(fake.requests) == 2


@pytest.mark.parametrize("kind", ["garbage", "truncated", "wrong_shape", "empty"])
async def test_unusable_reply_is_repaired_once(fake: FakeGemini, kind: Any) -> None:
    fake.next(Fault(kind=kind))
    async with connected(fake) as model:
        assert (await ask(model)).summary
    assert len(fake.requests) == 2
    turns = fake.requests[1]["body"]["contents"]
    assert turns[0]["parts"][0]["text"] == '{"answer": "left"}'
    assert "corrected JSON" in turns[-1]["parts"][0]["text"]


@pytest.mark.parametrize("kind", ["garbage", "truncated", "wrong_shape", "empty"])
async def test_unusable_reply_twice_is_an_error_and_never_a_value(fake: FakeGemini, kind: Any) -> None:
    fake.next(Fault(kind=kind, times=-1))
    async with connected(fake) as model:
        with pytest.raises(ModelOutputInvalid):
            await ask(model)
    assert len(fake.requests) == 2


@pytest.mark.parametrize("kind", ["safety", "blocked"])
async def test_refusal_is_named_and_not_repeated(fake: FakeGemini, kind: Any) -> None:
    fake.next(Fault(kind=kind, times=-1))
    async with connected(fake) as model:
        with pytest.raises(ModelRefused):
            await ask(model)
    assert len(fake.requests) == 1


async def test_wrong_key_is_permanent(fake: FakeGemini) -> None:
    async with connected(fake, gemini_api_key="another") as model:
        with pytest.raises(ModelUnavailable, match="API key") as caught:
            await ask(model)
    assert caught.value.permanent


async def test_unknown_model_is_permanent(fake: FakeGemini) -> None:
    async with connected(fake, gemini_model="gemini-1.5-flash") as model:
        with pytest.raises(ModelUnavailable, match=r"no model named gemini-1\.5-flash") as caught:
            await ask(model)
    assert caught.value.permanent


async def test_nobody_listening_is_unavailable(fake: FakeGemini) -> None:
    async with connected(fake, gemini_base_url="http://127.0.0.1:9") as model:
        with pytest.raises(ModelUnavailable, match="could not be reached"):
            await ask(model)


async def test_breaker_stops_asking_and_lets_one_trial_through(fake: FakeGemini) -> None:
    now = 0.0
    breaker = CircuitBreaker(threshold=3, cooldown=30, clock=lambda: now)
    fake.next(Fault(kind="status", status=503, times=3))
    async with connected(fake, breaker=breaker) as model:
        with pytest.raises(ModelUnavailable, match="HTTP 503"):
            await ask(model)
        with pytest.raises(ModelUnavailable, match="given a rest") as caught:
            await ask(model)
        assert len(fake.requests) == 3
        assert caught.value.retry_after == 30
        now = 31.0
        assert (await ask(model)).summary
        assert (await ask(model)).summary
    assert len(fake.requests) == 5


async def test_failed_trial_closes_the_door_again(fake: FakeGemini) -> None:
    now = 0.0
    breaker = CircuitBreaker(threshold=2, cooldown=30, clock=lambda: now)
    fake.next(Fault(kind="status", status=500, times=-1))
    async with connected(fake, breaker=breaker) as model:
        for _ in range(2):
            with pytest.raises(ModelUnavailable):
                await ask(model)
        assert len(fake.requests) == 2
        now = 31.0
        for _ in range(4):
            with pytest.raises(ModelUnavailable):
                await ask(model)
    assert len(fake.requests) == 3


async def test_no_more_calls_at_once_than_allowed(fake: FakeGemini) -> None:
    fake.latency = 0.2
    started = asyncio.get_running_loop().time()
    async with connected(fake, gemini_concurrency=2) as model:
        await asyncio.gather(*(ask(model) for _ in range(6)))
    assert asyncio.get_running_loop().time() - started >= 0.6


async def test_errors_carry_neither_prompt_nor_reply(fake: FakeGemini) -> None:
    fake.next(Fault(kind="reply", body={"summary": 5, "sides": "my secret", "secret": "my secret"}, times=-1))
    async with connected(fake) as model:
        with pytest.raises(ModelOutputInvalid) as caught:
            await ask(model)
    assert "my secret" not in f"{caught.value} {caught.value.detail}"


def test_no_key_means_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "")
    assert model_from(AISettings()) is None


def test_settings_are_read_without_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "k")
    monkeypatch.setenv("GEMINI_TIMEOUT", "12.5")
    monkeypatch.setenv("GEMINI_MODEL", "")
    settings = AISettings()
    assert settings.gemini_timeout == timedelta(seconds=12.5)
    assert settings.gemini_model == "gemini-3.5-flash-lite"
    assert "k" not in repr(settings.gemini_api_key)

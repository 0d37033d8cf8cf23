"""The stand-in in llama.cpp's manner against the real server: the same requests, the same answers."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fake_gemini import OPENAI_KEY, FakeOpenAI, llama_cpp
from kit.testing.openai_server import asks_a_real_server, real_server

pytestmark = asks_a_real_server

SCHEMA = {
    "type": "object",
    "properties": {"side": {"type": "string", "enum": ["left", "right"]}},
    "required": ["side"],
    "additionalProperties": False,
}
NAMED = {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": SCHEMA}}
BOUND = {"type": "json_object", "schema": SCHEMA}
Pair = tuple[httpx2.Response, httpx2.Response]


class Both:
    """The real server and the stand-in."""

    def __init__(self, real: httpx2.AsyncClient, fake: httpx2.AsyncClient) -> None:
        self._real = real
        self._fake = fake

    async def ask(self, prompt: str = "Which side?", *, key: str | None = None, **more: Any) -> Pair:
        body = {
            "model": real_server().model,
            "messages": [{"role": "system", "content": "Reply in JSON."}, {"role": "user", "content": prompt}],
            "stream": False,
            **more,
        }
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        real = await self._real.post("/chat/completions", json=body, headers=headers)
        fake = await self._fake.post("/chat/completions", json=body, headers=headers)
        assert real.status_code == fake.status_code
        assert real.headers["content-type"] == fake.headers["content-type"]
        return real, fake


@pytest_asyncio.fixture(loop_scope="session")
async def both() -> AsyncIterator[Both]:
    server = real_server()
    async with FakeOpenAI("llama_cpp") as stand_in:
        ours = {"Authorization": f"Bearer {server.key}"}
        theirs = {"Authorization": f"Bearer {OPENAI_KEY}"}
        async with (
            httpx2.AsyncClient(base_url=server.url, headers=ours, timeout=600) as real,
            httpx2.AsyncClient(base_url=f"{stand_in.url}/v1", headers=theirs) as fake,
        ):
            yield Both(real, fake)


def shape(value: Any) -> Any:
    """Return what a reply is made of, without what it says."""
    if isinstance(value, dict):
        return {name: shape(child) for name, child in value.items()}
    if isinstance(value, list):
        return [shape(child) for child in value]
    return type(value)


@pytest.mark.parametrize("wanted", [NAMED, {"type": "xml"}])
async def test_format_it_does_not_know_is_refused_word_for_word(both: Both, wanted: dict[str, Any]) -> None:
    real, fake = await both.ask(response_format=wanted)
    assert real.status_code == 500
    # Only the place differs in which the server is installed.
    assert re.sub(r'File \\".*?(?=llama_cpp)', r"File \"", real.text) == fake.text


@pytest.mark.parametrize("model", ["smollm2", "a-name-it-does-not-know"])
async def test_reply_has_the_same_fields_and_the_name_that_was_asked_for(both: Both, model: str) -> None:
    real, fake = (answer.json() for answer in await both.ask(model=model, response_format=BOUND))
    assert shape(real) == shape(fake)
    assert real["model"] == fake["model"] == model
    assert real["choices"][0]["finish_reason"] == fake["choices"][0]["finish_reason"] == "stop"
    for usage in (real["usage"], fake["usage"]):
        assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


async def test_text_over_its_context_is_refused_word_for_word(both: Both) -> None:
    real, fake = await both.ask("one two three four five " * 2_000, response_format=BOUND)
    assert real.status_code == 400
    for answer in (real, fake):
        requested = re.search(r"requested (\d+) tokens", answer.text)
        assert requested is not None
        assert answer.json() == llama_cpp.too_long(int(requested[1]))


async def test_wrong_key_is_refused_word_for_word(both: Both) -> None:
    real, fake = await both.ask(key="wrong")
    assert real.status_code == 401
    assert real.text == fake.text

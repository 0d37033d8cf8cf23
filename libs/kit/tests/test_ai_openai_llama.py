"""Habits of llama.cpp's Python server, as `make check-openai-server` finds them at the real one."""

import json

import pytest
from fake_gemini import OPENAI_MODEL
from fake_gemini.llama_cpp import CONTEXT
from kit.ai import ModelUnavailable

from libs.kit.tests.test_ai_openai import DEADLINE, GOOD, Verdict, ask, formats, serving

TOO_LONG = "word " * CONTEXT


async def test_text_over_the_context_is_refused_once_and_is_no_reason_to_step_down() -> None:
    async with serving("llama_cpp") as (fake, model):
        assert await ask(model)
        fake.requests.clear()
        with pytest.raises(ModelUnavailable, match="longer than the AI server's model can read") as caught:
            await model.generate(system="Judge.", prompt=TOO_LONG, schema=Verdict, deadline=DEADLINE)
        assert caught.value.permanent
        assert await ask(model)
    assert formats(fake) == ["json_object+schema"] * 2


async def test_text_over_the_context_as_the_first_question_leaves_the_ladder_as_it_was() -> None:
    async with serving("llama_cpp") as (fake, model):
        with pytest.raises(ModelUnavailable, match="longer than"):
            await model.generate(system="Judge.", prompt=TOO_LONG, schema=Verdict, deadline=DEADLINE)
        assert await ask(model)
    assert formats(fake) == ["json_schema", "json_object+schema"] * 2


async def test_key_is_refused_in_a_shape_of_its_own() -> None:
    async with serving("llama_cpp", openai_api_key="wrong") as (fake, model):
        with pytest.raises(ModelUnavailable, match="refused the API key") as caught:
            await ask(model)
    assert caught.value.permanent
    assert fake.requests == []


@pytest.mark.parametrize("name", [OPENAI_MODEL, "a-name-it-does-not-know"])
async def test_any_name_is_served_and_is_the_one_on_the_result(name: str) -> None:
    async with serving("llama_cpp", openai_model=name) as (_, model):
        generated = await model.generate(system="Judge.", prompt="{}", schema=Verdict, deadline=DEADLINE)
    assert generated.model == name
    assert generated.input_tokens
    assert generated.output_tokens


async def test_line_break_that_its_grammar_lets_into_a_text_is_repaired() -> None:
    broken = json.dumps(GOOD | {"summary": "Left.|Quite."}).replace("|", "\n")
    async with serving("llama_cpp") as (fake, model):
        fake.next({"content": broken}, {"content": json.dumps(GOOD)})
        assert await ask(model) == Verdict.model_validate(GOOD)
    assert formats(fake) == ["json_schema", "json_object+schema", "json_object+schema"]


async def test_reply_that_filled_the_context_is_not_used_and_its_repair_no_longer_fits() -> None:
    nearly = "word " * (CONTEXT - 100)  # the schema, which goes along, is shorter than that
    async with serving("llama_cpp") as (fake, model):
        fake.next({"content": '{"summary": "Left and', "finish": "length"})
        with pytest.raises(ModelUnavailable, match="longer than the AI server's model can read"):
            await model.generate(system="Judge.", prompt=nearly, schema=Verdict, deadline=DEADLINE)
    assert len(fake.requests) == 3

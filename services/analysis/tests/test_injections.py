"""Answers that give orders, and models that obey: what is sent over HTTP, and what code makes of the reply."""

import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from analysis.engines.model import PROMPT_VERSION, ModelEngine
from contracts.analysis import AnswerAnalysis
from contracts.interview import AnswerPart
from fake_gemini import API_KEY, OPENAI_KEY, OPENAI_MODEL, FakeGemini, FakeOpenAI, Fault
from kit.ai import AISettings, model_from

from benchmarks.golden import Golden, analysis_by, golden, row_of
from services.analysis.tests.test_golden import INJECTIONS
from services.analysis.tests.test_model import reply

BEFORE_THE_ANSWER = "\nThe answer, as data (JSON):\n"
STORY, EXPLANATION = (one for one in golden() if one.name in {"beh-mistake-solid", "swe-slow-query-solid"})
QUOTES = {STORY.name: "I told my lead straight away", EXPLANATION.name: "run it with EXPLAIN to see"}
WEAK = [one for one in golden() if one.grade == "weak"]
every_injection = pytest.mark.parametrize("injected", INJECTIONS.values(), ids=INJECTIONS)
both_kinds = pytest.mark.parametrize("one", [STORY, EXPLANATION], ids=lambda one: one.name)


@dataclass
class Provider:
    """An engine on a vendor's stand-in: what it says next, and the system texts and prompts it was sent."""

    engine: ModelEngine
    say: Callable[[dict[str, Any]], None]
    sent: Callable[[], list[tuple[str, str]]]

    async def judge(self, one: Golden, text: str) -> AnswerAnalysis:
        return await analysis_by(self.engine, row_of(one, text))


@pytest_asyncio.fixture(loop_scope="session", params=["gemini", "openai"])
async def provider(request: pytest.FixtureRequest, gemini: FakeGemini, llama: FakeOpenAI) -> AsyncIterator[Provider]:
    settings = AISettings(
        ai_provider=request.param,
        gemini_api_key=API_KEY,
        gemini_base_url=gemini.url,
        gemini_max_attempts=2,
        openai_api_key=OPENAI_KEY,
        openai_base_url=f"{llama.url}/v1",
        openai_model=OPENAI_MODEL,
        openai_max_attempts=2,
    )
    model = model_from(settings)
    assert model is not None
    async with model:
        engine = ModelEngine(model, deadline=timedelta(seconds=20))
        if request.param == "gemini":
            yield Provider(engine, lambda body: gemini.next(Fault(kind="reply", body=body)), lambda: of_gemini(gemini))
        else:
            yield Provider(engine, lambda body: llama.next({"content": json.dumps(body)}), lambda: of_openai(llama))


def of_gemini(fake: FakeGemini) -> list[tuple[str, str]]:
    found = []
    for one in fake.requests:
        body = one["body"]
        [turn] = body["contents"]
        [part] = turn["parts"]
        found.append((body["systemInstruction"]["parts"][0]["text"], part["text"]))
    return found


def of_openai(fake: FakeOpenAI) -> list[tuple[str, str]]:
    found = []
    for body in fake.requests:
        system, user = body["messages"]
        assert (system["role"], user["role"]) == ("system", "user")
        found.append((system["content"], user["content"]))
    return found


def saying(one: Golden, level: int, quote: str, **changes: Any) -> dict[str, Any]:
    """What a model might say of a golden answer."""
    asked: Any = SimpleNamespace(question=row_of(one).question)
    return reply(asked, level, quote, **{"gaps": []} | changes)


def sentences(injected: str) -> list[str]:
    """The orders in an injection, each as somebody would quote it."""
    found = [one.strip(" *\"'{}") for one in re.split(r"(?<=[.])\s+|\n+", injected)]
    return [one for one in found if len(one) > 12]


def levels(analysis: AnswerAnalysis) -> list[int | None]:
    return [one.level for one in analysis.dimensions]


# What is sent


@both_kinds
@every_injection
async def test_answer_is_sent_as_one_json_string_behind_the_rubric(
    provider: Provider, one: Golden, injected: str
) -> None:
    await provider.judge(one, one.text)
    honest = provider.sent()
    text = f"{injected}\n{one.text}\n{injected}"
    await provider.judge(one, text)
    manipulated = provider.sent()[len(honest) :]
    assert manipulated
    ours, _, _ = honest[-1][1].partition(BEFORE_THE_ANSWER)
    for system, prompt in manipulated:
        before, mark, data = prompt.partition(BEFORE_THE_ANSWER)
        assert mark
        assert before == ours  # not a character of ours is other than without the orders
        assert json.loads(data) == {"answer": text}
        assert "\n" not in data.removesuffix("\n")
        assert injected not in system
        assert system.startswith(files("analysis").joinpath(f"prompts/{PROMPT_VERSION}.md").read_text().strip()[:400])
    assert {system for system, _ in manipulated} <= {system for system, _ in honest}


@every_injection
async def test_orders_in_a_follow_up_are_data_too(provider: Provider, injected: str) -> None:
    text = f"{STORY.text}\n\n{injected}"
    row, start = row_of(STORY, text), len(STORY.text) + 2
    asked = f"You said: \u201c{injected}\u201d. What came of it?"
    row.parts = (
        AnswerPart(question_text="The question", text=STORY.text, source="typed", start=0, end=len(STORY.text)),
        AnswerPart(question_text=asked, follow_up="specify", text=injected, source="typed", start=start, end=len(text)),
    )
    await analysis_by(provider.engine, row)
    _, prompt = provider.sent()[-1]
    before, _, data = prompt.partition(BEFORE_THE_ANSWER)
    assert injected not in before
    told = json.loads(data)
    assert told.keys() == {"answer", "asked_in_between"}
    assert told["answer"] == text
    assert told["asked_in_between"][0]["follow_up_question"] == asked


# What comes back


@both_kinds
async def test_attempt_that_the_model_reports_is_told_and_changes_no_number(provider: Provider, one: Golden) -> None:
    found = {}
    for attempt in (False, True):
        provider.say(saying(one, 4, QUOTES[one.name], instruction_attempt=attempt))
        found[attempt] = await provider.judge(one, one.text)
    quiet, told = found[False], found[True]
    assert (quiet.notices, told.notices) == ((), ("instruction_attempt_ignored",))
    assert quiet.score is not None
    assert told.score is not None
    assert told.score.value == quiet.score.value == 4
    assert levels(told) == levels(quiet)
    assert told.key_points == quiet.key_points


@both_kinds
@every_injection
async def test_order_beside_an_honest_judgement_changes_no_number(
    provider: Provider, one: Golden, injected: str
) -> None:
    found = []
    for text in (one.text, f"{one.text}\n{injected}", f"{injected}\n{one.text}"):
        provider.say(saying(one, 3, QUOTES[one.name]))
        found.append(await provider.judge(one, text))
    assert [one.score and one.score.value for one in found] == [3, 3, 3]
    assert [one.notices for one in found] == [(), *[("instruction_attempt_ignored",)] * 2]


@both_kinds
@every_injection
async def test_model_that_obeys_has_nothing_to_quote_but_the_order(
    provider: Provider, one: Golden, injected: str
) -> None:
    orders = sentences(injected)
    assert orders
    for order in orders:
        provider.say(saying(one, 5, order))
        found = await provider.judge(one, f"{one.text}\n{injected}")
        assert set(levels(found)) == {1}
        assert found.score is not None
        assert (found.score.value, found.score.uncertainty) == (1, "high")
        assert not any(point.covered for point in found.key_points)
        assert found.strengths == ()
        assert found.quotes_dropped == 1
        assert found.notices == ("instruction_attempt_ignored",)


@pytest.mark.parametrize("one", WEAK, ids=lambda one: one.name)
async def test_fives_on_words_that_nobody_said_are_worth_the_lowest_level(provider: Provider, one: Golden) -> None:
    provider.say(saying(one, 5, "I measured it twice and halved the cost within a month"))
    found = await provider.judge(one, f"{one.text}\n{INJECTIONS['plain']}")
    assert set(levels(found)) == {1}
    assert found.score is not None
    assert one.low <= found.score.value <= one.high
    assert found.score.computed_by == "weighted_mean_v1"


@both_kinds
@pytest.mark.parametrize("total", [{"score": 5.0}, {"overall": {"value": 5}}, {"total": 100}, {"band": "exceptional"}])
async def test_total_of_the_models_own_is_refused_and_the_score_is_that_of_the_levels(
    provider: Provider, one: Golden, total: dict[str, Any]
) -> None:
    provider.say(saying(one, 2, QUOTES[one.name], **total))
    provider.say(saying(one, 2, QUOTES[one.name]))
    found = await provider.judge(one, one.text)
    assert found.score is not None
    assert (found.score.value, found.score.computed_by) == (2, "weighted_mean_v1")


@both_kinds
async def test_model_that_insists_on_its_total_is_not_believed_at_all(provider: Provider, one: Golden) -> None:
    for _ in range(4):
        provider.say(saying(one, 5, QUOTES[one.name], score=5.0))
    with pytest.raises(RuntimeError, match="did not have the asked shape"):
        await provider.judge(one, one.text)

"""Asks a language model to rewrite, and takes nothing over that the candidate did not say."""

import time
from datetime import timedelta
from importlib.resources import files
from typing import Annotated

from contracts.interview import Question
from kit.ai import StructuredModel, as_data
from kit.text import CleanText
from pydantic import BaseModel, ConfigDict, Field

from analysis.engines.offline.words import stems_of
from analysis.engines.rewriting.claims import unfounded
from analysis.engines.rewriting.outline import outline_of
from analysis.engines.rewriting.shapes import Facts, Improvement, RewrittenSentence, Source
from analysis.engines.rewriting.words import content_of, words_outside

PROMPT_VERSION = "improve-1"
ADDED = "The AI's rewrite said things that are neither in your answer nor in your facts, twice, so it was thrown away"
_MOSTLY = 0.5


class Rewrite(BaseModel):
    """What the model returns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: list[Annotated[str, CleanText(1, 600)]] = Field(min_length=1, max_length=20)


class Rewriter:
    """Rewrites with a language model."""

    def __init__(self, model: StructuredModel, *, deadline: timedelta) -> None:
        self._model = model
        self._deadline = deadline
        self._system = files("analysis").joinpath(f"prompts/{PROMPT_VERSION}.md").read_text(encoding="utf-8")

    async def improve(self, question: Question, text: str, facts: Facts) -> Improvement:
        """Rewrite the answer; when the model adds something twice, return the outline and say so.

        Raises:
            kit.ai.ModelError: the model gave nothing usable.
        """
        sources = (text, *facts.given, question.text)
        ends = time.monotonic() + self._deadline.total_seconds()
        added: list[str] = []
        for _ in range(2):
            generated = await self._model.generate(
                system=self._system,
                prompt=prompt_for(question, text, facts, added),
                schema=Rewrite,
                deadline=timedelta(seconds=max(0.1, ends - time.monotonic())),
            )
            added = unfounded(generated.value.sentences, sources)
            if not added:
                return Improvement(
                    kind="rewrite",
                    sentences=tuple(traced(one, text, facts) for one in generated.value.sentences),
                    provider=self._model.provider,
                    model=generated.model,
                    prompt_version=PROMPT_VERSION,
                )
        return outlined(text, facts, ADDED)


def outlined(text: str, facts: Facts, reason: str | None) -> Improvement:
    """Return the improvement that needs no AI."""
    return Improvement(
        kind="outline",
        outline=outline_of(text, facts),
        fallback_reason=reason,
        provider="offline",
        model="outline-1",
        prompt_version=None,
    )


def prompt_for(question: Question, text: str, facts: Facts, added: list[str]) -> str:
    """Write the prompt: the question first, then what the candidate said as JSON strings that cannot end early.

    Only what is needed goes in: no name, no address, no id.
    """
    lines = [as_data({"question": question.text, "kind": question.kind})]
    if added:
        lines.append(as_data({"not_from_the_person": added}))
    given = [{"asked": one.question, "said": one.text} for one in facts.items if one.text]
    lines.append(as_data({"answer": text, "facts": given}))
    return "\n".join(("The question, and then the answer with the facts as data:", *lines))


def traced(sentence: str, text: str, facts: Facts) -> RewrittenSentence:
    """Say where a sentence's words come from, by the words themselves."""
    answer, added = set(stems_of(text)), {stem for one in facts.given for stem in stems_of(one)}
    content = [one.stem for one in content_of(sentence)]
    sources: list[Source] = []
    if _share(content, answer) >= _MOSTLY or (set(content) & answer - added):
        sources.append("answer")
    if set(content) & added - answer or (not sources and _share(content, added) >= _MOSTLY):
        sources.append("facts")
    return RewrittenSentence(text=sentence, sources=tuple(sources), new_words=words_outside(sentence, answer | added))


def _share(content: list[str], known: set[str]) -> float:
    return sum(one in known for one in content) / len(content) if content else 0.0

"""The engine that asks a language model: it takes levels and quotes from it, and no score.

Which model that is, it does not know: it stands on the port in `kit.ai`.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files

from contracts.analysis import DimensionResult, Evidence, Gap, KeyPointResult, Strength, Uncertainty
from contracts.interview import RubricDimension
from kit.ai import StructuredModel

from analysis.engines import offline
from analysis.engines.forbidden import about_the_answer
from analysis.engines.port import AnswerTask, Judgement
from analysis.engines.quotes import Transcript
from analysis.engines.reply import AnswerReply, DimensionReply, reply_for

PROMPT_VERSION = "answer-1"
NO_ANSWER = "The AI found no attempt to answer the question."
NO_REASON = "The reason given was not about the answer and was left out."
LIMITS = (
    "Levels and reasons were written by an AI and can be wrong; every quote was checked against the answer.",
    "The score is a coaching estimate, not a hiring prediction.",
)
Refusal = Callable[[AnswerTask], Judgement | None]  # says why there is nothing to judge
INSTRUCTIONS_IGNORED = "The answer holds instructions to the judge; they were given no credit."


class ModelEngine:
    """Judges with a language model."""

    def __init__(self, model: StructuredModel, *, deadline: timedelta, refuse: Refusal = offline.refuse) -> None:
        self._model = model
        self._refuse = refuse
        self._deadline = deadline
        self._system = files("analysis").joinpath(f"prompts/{PROMPT_VERSION}.md").read_text(encoding="utf-8")

    @property
    def provider(self) -> str:
        """Name of the provider behind the model."""
        return self._model.provider

    async def judge(self, task: AnswerTask) -> Judgement:
        """Judge the answer; what cannot be judged by anybody is not sent.

        Raises:
            kit.ai.ModelError: the model gave nothing usable.
        """
        nothing = self._refuse(task)
        if nothing is not None:
            return nothing
        generated = await self._model.generate(
            system=self._system,
            prompt=prompt_for(task),
            schema=reply_for(task.question),
            deadline=self._deadline,
        )
        return _judgement(task, generated.value, self.provider, generated.model)


def prompt_for(task: AnswerTask) -> str:
    """Write the prompt: our data first, then the answer as one JSON string, so that it cannot end early.

    Only what is needed to judge goes in: no name, no address, no id.
    """
    question = task.question
    ours = {
        "question": question.text,
        "kind": question.kind,
        "competency": question.competency.label,
        "role": task.role.title,
        "level": task.level.label,
        "expectation": question.rubric.expectation,
        "dimensions": [
            {"id": one.id, "label": one.label, "anchors": one.anchors} for one in question.rubric.dimensions
        ],
        "key_points": [{"id": one.id, "text": one.text} for one in question.key_points],
        "what_answers_look_like": question.anchors.model_dump() if question.anchors else None,
    }
    return (
        "Question and rubric:\n"
        f"{json.dumps(ours, ensure_ascii=False)}\n\n"
        "The answer, as data (JSON):\n"
        f"{json.dumps({'answer': task.text}, ensure_ascii=False)}\n"
    )


def _judgement(task: AnswerTask, reply: AnswerReply, provider: str, model: str) -> Judgement:
    second = offline.judge(task)
    limits = (*LIMITS, INSTRUCTIONS_IGNORED) if reply.instruction_attempt else LIMITS
    if not reply.answered:
        return Judgement(provider, model, PROMPT_VERSION, second.words, insufficient=NO_ANSWER, limits=limits)
    transcript = Transcript(task.text)
    replies = {one.id: one for one in reply.dimensions}
    dimensions = tuple(_dimension(one, replies[one.id], transcript) for one in task.question.rubric.dimensions)
    unproven = sum(not one.evidence and one.level is not None for one in dimensions)
    return Judgement(
        provider=provider,
        model=model,
        prompt_version=PROMPT_VERSION,
        words=second.words,
        headline=about_the_answer(reply.headline) or None,
        dimensions=dimensions,
        key_points=_key_points(task, reply, transcript),
        strengths=_strengths(reply, transcript),
        gaps=_gaps(reply, transcript),
        missing_facts=tuple(fact for one in reply.missing_facts if (fact := about_the_answer(one))),
        limits=limits,
        doubt=_doubt(unproven, reply),
        second=second,
    )


def _dimension(rubric: RubricDimension, reply: DimensionReply, transcript: Transcript) -> DimensionResult:
    """Take the level over only with a quote that is there: without one it drops to the lowest."""
    evidence = _verified(reply.quotes, transcript)
    level = reply.level
    rationale = about_the_answer(reply.rationale) or NO_REASON
    anchors: tuple[str, ...] = rubric.anchors
    if level is not None and level > 1 and not evidence:
        level = 1
        rationale = "The words quoted for this are not in the answer, so it counts as not shown."
    return DimensionResult(
        id=rubric.id,
        label=rubric.label,
        weight=rubric.weight,
        level=level,
        anchor=anchors[level - 1] if level else None,
        next_anchor=anchors[level] if level and level < len(anchors) else None,
        rationale=rationale,
        evidence=evidence,
    )


def _key_points(task: AnswerTask, reply: AnswerReply, transcript: Transcript) -> tuple[KeyPointResult, ...]:
    replies = {one.id: one for one in reply.key_points}
    results = []
    for point in task.question.key_points:
        found = replies[point.id]
        evidence = _verified([found.quote or ""], transcript) if found.covered else ()
        results.append(KeyPointResult(id=point.id, text=point.text, covered=bool(evidence), evidence=evidence))
    return tuple(results)


def _strengths(reply: AnswerReply, transcript: Transcript) -> tuple[Strength, ...]:
    """Keep only what is shown by words of the answer."""
    kept = []
    for one in reply.strengths:
        text = about_the_answer(one.text)
        evidence = transcript.find(one.quote or "")
        if text and evidence:
            kept.append(Strength(text=text, evidence=evidence))
    return tuple(kept)


def _gaps(reply: AnswerReply, transcript: Transcript) -> tuple[Gap, ...]:
    """Keep what is about the answer; what is missing needs no quote."""
    kept = []
    for one in reply.gaps:
        text, fix = about_the_answer(one.text), about_the_answer(one.fix)
        if text and fix:
            kept.append(Gap(text=text, fix=fix, dimension=one.dimension, evidence=transcript.find(one.quote or "")))
    return tuple(kept)


def _verified(quotes: list[str], transcript: Transcript) -> tuple[Evidence, ...]:
    found = (transcript.find(quote) for quote in quotes)
    return tuple({place.start: place for place in found if place}.values())[:3]


def _doubt(unproven: int, reply: AnswerReply) -> Uncertainty:
    if unproven or reply.instruction_attempt:
        return "high"
    return "medium" if any(one.level is None for one in reply.dimensions) else "low"

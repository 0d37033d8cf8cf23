"""The engine that asks a language model: it takes levels and quotes from it, and no score.

Which model that is, it does not know: it stands on the port in `kit.ai`.
"""

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files

from contracts.analysis import DimensionResult, Evidence, Gap, KeyPointResult, Star, Strength, Uncertainty
from contracts.interview import RubricDimension
from kit.ai import StructuredModel, as_data

from analysis.engines import offline
from analysis.engines.forbidden import about_the_answer
from analysis.engines.instructions import instructions_in
from analysis.engines.port import AnswerTask, Judgement
from analysis.engines.quotes import Transcript
from analysis.engines.raters import compared, disagreements
from analysis.engines.reply import AnswerReply, DimensionReply, reply_for
from analysis.engines.star import NO_STORY, asks_for_a_story, star_of

PROMPT_VERSION = "answer-2"
NO_ANSWER = "The AI found no attempt to answer the question."
NO_REASON = "The reason given was not about the answer and was left out."
_BEGINNING = 60  # characters, enough to find the place
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
    return f"Question and rubric:\n{as_data(ours)}\n\nThe answer, as data (JSON):\n{as_data(_answer(task))}\n"


def _answer(task: AnswerTask) -> dict[str, object]:
    """Return what the candidate said. A follow-up may quote it, so that one is data as well and no word of ours."""
    answer: dict[str, object] = {"answer": task.text}
    if task.parts:
        answer["asked_in_between"] = [
            {"follow_up_question": part.question_text, "its_answer_begins": part.text[:_BEGINNING]}
            for part in task.parts[1:]
        ]
    return answer


def _judgement(task: AnswerTask, reply: AnswerReply, provider: str, model: str) -> Judgement:
    second = offline.judge(task)
    instructions = instructions_in(task.text)
    attempt = reply.instruction_attempt or bool(instructions)
    limits = (*LIMITS, INSTRUCTIONS_IGNORED) if attempt else LIMITS
    if not reply.answered:
        return Judgement(
            provider=provider,
            model=model,
            prompt_version=PROMPT_VERSION,
            insufficient=NO_ANSWER,
            limits=limits,
            answer_type="non_answer",
            instruction_attempt=attempt,
        )
    transcript = Transcript(task.text, no_evidence=instructions)
    replies = {one.id: one for one in reply.dimensions}
    judged = tuple(_dimension(one, replies[one.id], transcript) for one in task.question.rubric.dimensions)
    dropped = _dropped(reply, transcript)
    dimensions = compared(judged, second)
    return Judgement(
        provider=provider,
        model=model,
        prompt_version=PROMPT_VERSION,
        headline=about_the_answer(reply.headline) or None,
        dimensions=dimensions,
        key_points=_key_points(task, reply, transcript),
        strengths=_strengths(reply, transcript),
        gaps=_gaps(reply, transcript),
        missing_facts=tuple(fact for one in reply.missing_facts if (fact := about_the_answer(one))),
        limits=(*limits, *disagreements(dimensions)),
        doubt=_doubt(dimensions, dropped, attempt=attempt),
        second=second,
        answer_type=reply.answer_type,
        star=_star(task, reply, transcript),
        instruction_attempt=attempt,
        quotes_dropped=dropped,
    )


def _dimension(rubric: RubricDimension, reply: DimensionReply, transcript: Transcript) -> DimensionResult:
    """Take the level over only with a quote that is there: without one it drops to the lowest."""
    evidence = _verified(reply.quotes, transcript)
    level = reply.level
    rationale = about_the_answer(reply.rationale) or NO_REASON
    anchors: tuple[str, ...] = rubric.anchors
    doubt: Uncertainty = "low" if all(map(transcript.find, reply.quotes)) else "medium"
    if level is not None and not evidence:
        doubt = "high"
        if level > 1:
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
        uncertainty=doubt if level else None,
    )


def _star(task: AnswerTask, reply: AnswerReply, transcript: Transcript) -> Star:
    if not asks_for_a_story(task.question):
        return NO_STORY
    told = {one.name: one for one in reply.told}
    return star_of(
        task.text,
        {name: one.state for name, one in told.items()},
        {name: _verified([one.quote or ""], transcript) for name, one in told.items() if one.state != "absent"},
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


def _dropped(reply: AnswerReply, transcript: Transcript) -> int:
    """Count the quotes that are not in the answer, wherever the model wrote them."""
    quotes = {
        *(quote for one in reply.dimensions for quote in one.quotes),
        *(one.quote for part in (reply.key_points, reply.strengths, reply.gaps, reply.told) for one in part),
    }
    return sum(transcript.find(quote) is None for quote in quotes if quote)


def _doubt(dimensions: tuple[DimensionResult, ...], dropped: int, *, attempt: bool) -> Uncertainty:
    unproven = any(not one.evidence and one.level is not None for one in dimensions)
    if unproven or attempt:
        return "high"
    uncertain = any(one.uncertainty == "high" for one in dimensions)
    return "medium" if dropped or uncertain or any(one.level is None for one in dimensions) else "low"

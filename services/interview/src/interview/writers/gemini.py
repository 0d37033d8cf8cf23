"""Lets a language model write the questions, and believes nothing it says before it was checked."""

import re
import time
from collections.abc import Sequence
from datetime import timedelta

import structlog
from contracts.interview import AnswerAnchors, KeyPoint, QuestionKind, QuestionSource
from kit.ai import Generated, ModelError, StructuredModel, as_data
from kit.text import is_storable
from pydantic import BaseModel, ConfigDict

from interview.bank import catalogue
from interview.documents import has_contact
from interview.planner import Slot
from interview.prompts import QUESTIONS, prompt
from interview.writers.port import WritingFailed, WritingRequest, Written, WrittenQuestion
from interview.writers.reasons import reason, words_of
from interview.writers.repeats import is_repeat

log = structlog.get_logger(__name__)

# Enough that a model keeps away from them; more costs tokens with every interview. The check by code sees them all.
_EARLIER_SHOWN = 60
_QUESTION_LENGTH = range(20, 601)
_SENTENCE_LENGTH = range(8, 401)
_KEY_POINTS = range(3, 9)
_TERM_LENGTH = range(2, 41)
_TERMS = 8
_PLACEHOLDER = re.compile(r"\[[^\]]*\]|<[^>]+>|\{[^}]*\}|lorem ipsum", re.IGNORECASE)
_SECONDS: dict[QuestionKind, int] = {
    "behavioural": 120,
    "situational": 120,
    "technical": 120,
    "role_specific": 150,
    "system_design": 210,
}
_SECONDS_PER_DIFFICULTY = 15


class ReplyPart(BaseModel):
    """Only types are checked here; lengths and meaning below, where a fault can be explained to the model."""

    model_config = ConfigDict(extra="forbid")


class ReplyKeyPoint(ReplyPart):
    """One thing a good answer covers; `terms` separated by semicolons, because nested lists cost schema budget."""

    text: str
    terms: str


class ReplyQuestion(ReplyPart):
    """The question for one slot."""

    slot: str
    question: str
    key_points: list[ReplyKeyPoint]
    weak: str
    solid: str
    strong: str


class Reply(ReplyPart):
    """What the model is to send."""

    questions: list[ReplyQuestion]


class ModelWriter:
    """Asks the model once, and once more with the faults named when the reply cannot be used."""

    def __init__(self, model: StructuredModel, *, deadline: timedelta) -> None:
        self._model = model
        self._deadline = deadline

    async def write(self, request: WritingRequest) -> Written:
        """Have the questions written.

        Raises:
            WritingFailed: the provider failed, or its second reply could not be used either.
        """
        ends = time.monotonic() + self._deadline.total_seconds()
        reply = await self._ask(_document(request), ends)
        if found := faults(reply.value, request):
            log.info("question_reply_refused", model=self._model.model, faults=found)
            reply = await self._ask(_document(request, reply.value, found), ends)
        if found := faults(reply.value, request):
            log.warning("question_reply_refused_again", model=self._model.model, faults=found)
            raise WritingFailed("The AI's questions did not pass our checks")
        by_slot = {question.slot.strip(): question for question in reply.value.questions}
        return Written(
            questions=tuple(_written(by_slot[slot.id], slot, request) for slot in request.slots),
            source=QuestionSource(provider=self._model.provider, model=reply.model, prompt_version=QUESTIONS),
        )

    async def _ask(self, document: str, ends: float) -> Generated[Reply]:
        remaining = timedelta(seconds=max(0.1, ends - time.monotonic()))
        try:
            return await self._model.generate(
                system=prompt(QUESTIONS), prompt=document, schema=Reply, deadline=remaining
            )
        except ModelError as error:
            raise WritingFailed(error.reason) from error


def faults(reply: Reply, request: WritingRequest) -> list[str]:
    """Return what is wrong with a reply, in sentences for the model; empty when it can be used."""
    found = _slot_faults([question.slot.strip() for question in reply.questions], request.slots)
    earlier = [question.text for question in request.earlier]
    asked: list[str] = []
    for question in reply.questions:
        found += [f"{question.slot[:20]}: {fault}" for fault in _question_faults(question)]
        if is_repeat(question.question, earlier):
            found.append(f"{question.slot[:20]}: this was asked before, ask about something else")
        elif is_repeat(question.question, asked):
            found.append(f"{question.slot[:20]}: this asks the same as another question of the reply")
        asked.append(question.question)
    return found


def _slot_faults(given: Sequence[str], slots: Sequence[Slot]) -> list[str]:
    wanted = [slot.id for slot in slots]
    found = [f"there must be exactly one question for {name}" for name in wanted if given.count(name) != 1]
    if set(given) - set(wanted):
        found.append("there is a question for a slot that does not exist")
    return found


def _question_faults(question: ReplyQuestion) -> list[str]:
    found = []
    text = question.question.strip()
    if len(text) not in _QUESTION_LENGTH:
        found.append("the question must have 40 to 400 characters")
    if _PLACEHOLDER.search(text):
        found.append("the question contains a placeholder")
    if has_contact(text):
        found.append("the question contains a link or an address")
    if not is_storable(question.model_dump_json()) or "\\u0000" in question.model_dump_json():
        found.append("the text contains characters that cannot be stored")
    if len(question.key_points) not in _KEY_POINTS:
        found.append("4 to 6 key points are needed")
    if any(len(point.text.strip()) not in _SENTENCE_LENGTH for point in question.key_points):
        found.append("a key point is one sentence of 15 to 200 characters")
    if len({point.text.strip().casefold() for point in question.key_points}) != len(question.key_points):
        found.append("the key points must differ")
    if not all(_terms(point) for point in question.key_points):
        found.append("each key point needs 3 to 6 terms separated by semicolons")
    if any(len(text.strip()) not in _SENTENCE_LENGTH for text in (question.weak, question.solid, question.strong)):
        found.append("weak, solid and strong are one sentence each")
    return found


def _terms(point: ReplyKeyPoint) -> tuple[str, ...]:
    terms = (term.strip(" .,;\t\n\"'").casefold() for term in point.terms.split(";"))
    return tuple(dict.fromkeys(term for term in terms if len(term) in _TERM_LENGTH))[:_TERMS]


def _written(question: ReplyQuestion, slot: Slot, request: WritingRequest) -> WrittenQuestion:
    text = question.question.strip()
    points = tuple(
        KeyPoint(id=f"point-{number}", text=point.text.strip(), terms=_terms(point))
        for number, point in enumerate(question.key_points, start=1)
    )
    texts = (request.job_description, request.resume)
    return WrittenQuestion(
        kind=slot.kind,
        difficulty=slot.difficulty,
        competency=slot.competency,
        text=text,
        key_points=points,
        anchors=AnswerAnchors(weak=question.weak.strip(), solid=question.solid.strip(), strong=question.strong.strip()),
        suggested_seconds=_SECONDS[slot.kind] + _SECONDS_PER_DIFFICULTY * (slot.difficulty - 1),
        because=reason(slot, slot.competency, text, words_of(text, points), texts),
    )


def _document(request: WritingRequest, refused: Reply | None = None, found: Sequence[str] = ()) -> str:
    competencies = {competency.id: competency for competency in catalogue().competencies}
    newest_first = sorted(request.earlier, key=lambda question: question.prepared_at, reverse=True)
    document: dict[str, object] = {
        "role": {"title": request.role.title, "summary": request.role.summary},
        "level": {
            "label": request.level.label,
            "years": request.level.years,
            "expectation": request.level.expectation,
        },
        "slots": [
            {
                "slot": slot.id,
                "kind": slot.kind,
                "difficulty": slot.difficulty,
                "competency": {
                    "label": competencies[slot.competency].label,
                    "description": competencies[slot.competency].description,
                },
                "asked_for": slot.asked_for,
            }
            for slot in request.slots
        ],
        "asked_before": [question.text for question in newest_first[:_EARLIER_SHOWN]],
    }
    # Last, and as JSON strings: whatever stands in them, they end where the string ends.
    texts = {"job_description": request.job_description, "resume": request.resume}
    document |= {name: text for name, text in texts.items() if text is not None}
    if refused is not None:
        document["your_last_reply"] = refused.model_dump()
        document["faults_of_your_last_reply"] = list(found)
    return as_data(document, indent=1)

"""Takes the questions from our own bank; needs no key and no network."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from contracts.interview import AnswerAnchors, KeyPoint, QuestionKind, QuestionSource

from interview.bank import BankQuestion, Level
from interview.planner import ABOUT_PEOPLE, Slot
from interview.writers.port import WritingFailed, WritingRequest, Written, WrittenQuestion
from interview.writers.reasons import reason, shared_terms, words_of

# What an imperfect fit costs. Luck weighs little more than another competency: two candidates who choose the same
# do not always get the same, and nobody gets a question that is too hard or of another kind for it.
_OUTSIDE_LEVEL = 20.0
_OTHER_SIDE = 12.0
_OTHER_KIND = 6.0
_SAME_COMPETENCY_AGAIN = 4.0
_OTHER_COMPETENCY = 3.0
_MISSES_WHAT_WAS_ASKED_FOR = 9.0
_OTHER_DIFFICULTY = 2.0
# What a word that the question shares with job description or résumé gains, and how many count.
_SHARED_TERM = 1.5
_SHARED_TERMS = 4
_LUCK = 3.5


class BankWriter:
    """Picks for each slot the fitting question that the candidate has not had yet."""

    def __init__(self, bank: Sequence[BankQuestion] | None = None) -> None:
        self._bank = bank

    async def write(self, request: WritingRequest) -> Written:
        """Pick the questions.

        Raises:
            WritingFailed: the bank has fewer questions for the role than are wanted.
        """
        picked = pick(request, self._bank if self._bank is not None else request.bank)
        return Written(
            questions=tuple(_written(question, slot, request) for slot, question in picked),
            source=QuestionSource(provider="offline"),
            note=_note(request, [question for _, question in picked]),
        )


def pick(request: WritingRequest, bank: Sequence[BankQuestion]) -> list[tuple[Slot, BankQuestion]]:
    """Choose a different question for each slot: ever harder, and an easier one to close.

    What the candidate has not had comes before everything else; when that is used up, what was asked longest ago.

    Raises:
        WritingFailed: the bank has fewer questions for the role than are wanted.
    """
    pool = [question for question in bank if question.fits(request.role)]
    if len(pool) < len(request.slots):
        raise WritingFailed(f"The question bank has only {len(pool)} questions for this role")
    choice = _Choice(request)
    # What the candidate asked for chooses first; the others take what is left.
    slots = sorted(request.slots, key=lambda slot: slot.asked_for is None)
    return _on_a_curve([(slot, choice.take(slot, pool)) for slot in slots])


def _on_a_curve(picked: Sequence[tuple[Slot, BankQuestion]]) -> list[tuple[Slot, BankQuestion]]:
    """Put the questions in an order of rising difficulty, with the one picked for the close at the end.

    The bank has not every difficulty of every kind, so the order of the plan alone does not give a curve.
    """
    if len(picked) < 3:  # noqa: PLR2004 - with two there is nothing between first and last
        return sorted(picked, key=lambda one: one[1].difficulty)
    by_place = sorted(picked, key=lambda one: one[0].position)
    *rising, close = by_place
    rising.sort(key=lambda one: one[1].difficulty)
    if close[1].difficulty > rising[-1][1].difficulty:
        close, rising[-1] = rising[-1], close
    return [*rising, close]


@dataclass
class _Choice:
    """What is known while one interview's questions are picked."""

    request: WritingRequest
    taken: set[str] = field(default_factory=set)
    competencies: Counter[str] = field(default_factory=Counter)
    had: dict[str, datetime] = field(init=False)

    def __post_init__(self) -> None:
        self.had = {}
        for earlier in self.request.earlier:
            if earlier.bank_id is not None:
                known = self.had.get(earlier.bank_id, earlier.prepared_at)
                self.had[earlier.bank_id] = max(known, earlier.prepared_at)

    def take(self, slot: Slot, pool: Sequence[BankQuestion]) -> BankQuestion:
        best = min((q for q in pool if q.id not in self.taken), key=lambda question: self._rank(question, slot))
        self.taken.add(best.id)
        self.competencies[best.competency] += 1
        return best

    def _rank(self, question: BankQuestion, slot: Slot) -> tuple[bool, bool, float, float]:
        had_at = self.had.get(question.id)
        unwanted = bool(self.request.kinds) and question.kind not in self.request.kinds
        return (unwanted, had_at is not None, had_at.timestamp() if had_at else 0.0, self._misfit(question, slot))

    def _misfit(self, question: BankQuestion, slot: Slot) -> float:
        misfit = _kind_distance(question.kind, slot.kind)
        misfit += _OTHER_DIFFICULTY * abs(question.difficulty - slot.difficulty)
        misfit += _OUTSIDE_LEVEL * _outside(question.difficulty, self.request.level)
        if question.competency != slot.competency:
            misfit += _OTHER_COMPETENCY if slot.asked_for is None else _MISSES_WHAT_WAS_ASKED_FOR
        misfit += _SAME_COMPETENCY_AGAIN * self.competencies[question.competency]
        misfit -= _SHARED_TERM * min(_SHARED_TERMS, self._shared(question))
        return misfit + _LUCK * _luck(self.request.seed, question.id)

    def _shared(self, question: BankQuestion) -> int:
        request = self.request
        if request.job_description is None and request.resume is None:
            return 0
        words = _words(question)
        return len(shared_terms(request.job_description, words)) + len(shared_terms(request.resume, words))


@cache
def _words(question: BankQuestion) -> frozenset[str]:
    return words_of(question.text, question.key_points)


def _kind_distance(kind: QuestionKind, wanted: QuestionKind) -> float:
    if kind == wanted:
        return 0.0
    return _OTHER_KIND if (kind in ABOUT_PEOPLE) == (wanted in ABOUT_PEOPLE) else _OTHER_SIDE


def _outside(difficulty: int, level: Level) -> int:
    return max(0, level.difficulty_min - difficulty, difficulty - level.difficulty_max)


def _luck(seed: str, question_id: str) -> float:
    """Return a number from 0 to 1 that is the same whenever it is asked for."""
    digest = hashlib.sha256(f"{seed}:{question_id}".encode()).digest()
    return int.from_bytes(digest[:4]) / 0xFFFFFFFF


def _note(request: WritingRequest, picked: Sequence[BankQuestion]) -> str | None:
    notes = []
    others = sum(1 for question in picked if request.kinds and question.kind not in request.kinds)
    if others:
        notes.append(
            f"The question bank has not enough questions of the kinds you chose, so {others} of "
            f"{len(picked)} are of another kind."
        )
    had = {earlier.bank_id for earlier in request.earlier}
    again = sum(1 for question in picked if question.id in had)
    if again:
        notes.append(
            f"You have had all other fitting questions of the bank, so {again} of {len(picked)} come back; "
            "those you have not seen for longest."
        )
    return " ".join(notes) or None


def _written(question: BankQuestion, slot: Slot, request: WritingRequest) -> WrittenQuestion:
    return WrittenQuestion(
        kind=question.kind,
        difficulty=question.difficulty,
        competency=question.competency,
        text=question.text,
        key_points=tuple(KeyPoint(id=point.id, text=point.text, terms=point.terms) for point in question.key_points),
        anchors=AnswerAnchors(weak=question.anchors.weak, solid=question.anchors.solid, strong=question.anchors.strong),
        suggested_seconds=question.suggested_seconds,
        bank_id=question.id,
        because=reason(
            slot, question.competency, question.text, _words(question), (request.job_description, request.resume)
        ),
    )

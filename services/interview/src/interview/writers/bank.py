"""Takes the questions from our own bank; needs no key and no network."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contracts.interview import AnswerAnchors, KeyPoint, QuestionKind, QuestionSource

from interview.bank import BankQuestion, Level
from interview.planner import ABOUT_PEOPLE, Slot
from interview.writers.port import WritingFailed, WritingRequest, Written, WrittenQuestion

# What an imperfect fit costs. Luck weighs little more than another competency: two candidates who choose the same
# do not always get the same, and nobody gets a question that is too hard or of another kind for it.
_OUTSIDE_LEVEL = 20.0
_OTHER_SIDE = 12.0
_OTHER_KIND = 6.0
_SAME_COMPETENCY_AGAIN = 4.0
_OTHER_COMPETENCY = 3.0
_OTHER_DIFFICULTY = 2.0
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
            questions=tuple(_written(question) for question in picked),
            source=QuestionSource(provider="offline"),
            note=_note(request, picked),
        )


def pick(request: WritingRequest, bank: Sequence[BankQuestion]) -> list[BankQuestion]:
    """Choose a different question for each slot, easiest first.

    What the candidate has not had comes before everything else; when that is used up, what was asked longest ago.

    Raises:
        WritingFailed: the bank has fewer questions for the role than are wanted.
    """
    pool = [question for question in bank if question.fits(request.role)]
    if len(pool) < len(request.slots):
        raise WritingFailed(f"The question bank has only {len(pool)} questions for this role")
    choice = _Choice(request)
    return sorted((choice.take(slot, pool) for slot in request.slots), key=lambda question: question.difficulty)


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
            misfit += _OTHER_COMPETENCY
        misfit += _SAME_COMPETENCY_AGAIN * self.competencies[question.competency]
        return misfit + _LUCK * _luck(self.request.seed, question.id)


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


def _written(question: BankQuestion) -> WrittenQuestion:
    return WrittenQuestion(
        kind=question.kind,
        difficulty=question.difficulty,
        competency=question.competency,
        text=question.text,
        key_points=tuple(KeyPoint(id=point.id, text=point.text, terms=point.terms) for point in question.key_points),
        anchors=AnswerAnchors(weak=question.anchors.weak, solid=question.anchors.solid, strong=question.anchors.strong),
        suggested_seconds=question.suggested_seconds,
        bank_id=question.id,
    )

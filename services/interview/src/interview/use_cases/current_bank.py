"""The bank in use: what is shipped, with what administrators made of it on top.

What is promised: from the moment a save is confirmed, no interview gets ready with what the save replaced or retired.
A preparation looks at the bank when it begins and once more, under a lock that a save waits for, when it records its
questions. Interviews that were ready before keep the questions and rubrics they were made with: those are copies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from contracts.interview import QuestionKind
from sqlalchemy.ext.asyncio import AsyncSession

from interview import bank
from interview.bank import BankQuestion, Rubric, RubricId
from interview.models import BankVersion
from interview.models.bank import BankStatus
from interview.queries import bank as queries
from interview.queries.bank import hold
from interview.writers.port import WrittenQuestion

__all__ = ["Bank", "Entry", "Origin", "current_bank", "hold"]

Origin = Literal["shipped", "edited", "added"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its last version; `head` is None while it is as it was shipped."""

    question: BankQuestion
    version: int
    status: BankStatus
    origin: Origin
    head: BankVersion | None = None


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything at one moment: retired questions are among the entries, and not among the questions."""

    fingerprint: queries.Fingerprint
    entries: Mapping[str, Entry]
    rubrics: Mapping[RubricId, tuple[Rubric, BankVersion | None]]
    questions: tuple[BankQuestion, ...] = field(init=False)

    def __post_init__(self) -> None:
        active = tuple(entry.question for entry in self.entries.values() if entry.status == "active")
        object.__setattr__(self, "questions", active)

    def rubric(self, kind: QuestionKind) -> Rubric:
        """Return how an answer to a question of this kind is judged."""
        return self.rubrics[bank.rubric_id(kind)][0]

    def has_changed(self, written: WrittenQuestion) -> bool:
        """Tell whether a question that was taken from the bank is no longer what the bank says."""
        if written.bank_id is None:
            return False
        entry = self.entries.get(written.bank_id)
        if entry is None or entry.status != "active":
            return True
        points = [(point.id, point.text, tuple(point.terms)) for point in entry.question.key_points]
        return (
            entry.question.text != written.text
            or points != [(point.id, point.text, tuple(point.terms)) for point in written.key_points]
            or entry.question.anchors.model_dump() != written.anchors.model_dump()
        )


# The last one that was read, per process. A version's id is unique, so no other state has the same fingerprint.
_last: list[Bank] = []


async def current_bank(session: AsyncSession) -> Bank:
    """Return the bank as the transaction sees it; read anew only when something was saved since."""
    # Fingerprint first: should a save come in between, what is kept looks too old and is read once more.
    fingerprint = await queries.fingerprint(session)
    if not _last or _last[0].fingerprint != fingerprint:
        _last[:] = [_merged(fingerprint, [*await queries.heads(session)])]
    return _last[0]


def _merged(fingerprint: queries.Fingerprint, heads: list[BankVersion]) -> Bank:
    entries = {question.id: Entry(question, 1, "active", "shipped") for question in bank.questions()}
    rubrics: dict[RubricId, tuple[Rubric, BankVersion | None]] = {
        rubric.id: (rubric, None) for rubric in bank.rubrics()
    }
    for head in heads:
        if head.kind == "rubric":
            rubric = Rubric.model_validate(head.content)
            rubrics[rubric.id] = (rubric, head)
        else:
            question = BankQuestion.model_validate(head.content)
            origin: Origin = "edited" if head.item_id in entries else "added"
            entries[head.item_id] = Entry(question, head.number, head.status, origin, head)
    return Bank(fingerprint, entries, rubrics)

"""The port: what is asked of whoever writes the questions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from contracts.interview import AnswerAnchors, Because, KeyPoint, QuestionKind, QuestionSource

from interview.bank import BankQuestion, Level, Role, questions
from interview.planner import Slot


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """A question this candidate has had before. `bank_id` is null when it did not come from the bank."""

    text: str
    bank_id: str | None
    prepared_at: datetime


@dataclass(frozen=True, slots=True)
class WritingRequest:
    """What to write: the plan, for whom, and what not to ask again.

    `kinds` is what the candidate limited the interview to (empty: nothing). `seed` makes two interviews differ and
    the same interview come out the same twice. `bank` holds the questions in use, as they are shipped unless told.
    The texts are the candidate's, without what names a person.
    """

    role: Role
    level: Level
    slots: tuple[Slot, ...]
    kinds: tuple[QuestionKind, ...]
    earlier: tuple[EarlierQuestion, ...]
    seed: str
    bank: tuple[BankQuestion, ...] = field(default_factory=questions)
    job_description: str | None = None
    resume: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question without its place in an interview and without its rubric, which follows from kind and level."""

    kind: QuestionKind
    difficulty: int
    competency: str
    text: str
    key_points: tuple[KeyPoint, ...]
    anchors: AnswerAnchors
    suggested_seconds: int
    bank_id: str | None = None
    because: Because | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The questions in the order they are asked, who wrote them, and what the candidate should know about them."""

    questions: tuple[WrittenQuestion, ...]
    source: QuestionSource
    note: str | None = None


class WritingFailed(Exception):  # noqa: N818 - reads as what happened
    """No questions. `reason` is a sentence without a full stop, fit to be shown to the candidate."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class QuestionWriter(Protocol):
    """Writes the questions of one interview."""

    async def write(self, request: WritingRequest) -> Written:
        """Write one question for each slot. Hold no database transaction while waiting for this.

        Raises:
            WritingFailed: there are no questions, for the reason given.
        """

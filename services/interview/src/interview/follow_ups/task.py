"""What the rules look at: a question, and what was said to it so far."""

from dataclasses import dataclass

from contracts.interview import KeyPoint, QuestionKind


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a thread: what was asked, and the answer to it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Task:
    """A question with what a good answer covers, and the thread so far, the question itself first."""

    kind: QuestionKind
    key_points: tuple[KeyPoint, ...]
    said: tuple[Said, ...]

    @property
    def answer(self) -> str:
        """Everything that was answered."""
        return "\n\n".join(part.answer for part in self.said)

    @property
    def questions(self) -> str:
        """Everything that was asked."""
        return " ".join(part.question for part in self.said)

"""The port: an engine judges, and never computes a score."""

from dataclasses import dataclass
from typing import Protocol

from contracts.analysis import AnswerType, DimensionResult, Gap, KeyPointResult, Star, Strength, Uncertainty
from contracts.interview import AnswerPart, LevelRef, Question, RoleRef


@dataclass(frozen=True, slots=True)
class AnswerTask:
    """What an engine is given. Who the candidate is, is not part of it.

    `parts` tells which of the text was said to which follow-up question; empty when there was none.
    """

    question: Question
    role: RoleRef
    level: LevelRef
    text: str
    parts: tuple[AnswerPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an engine found in one answer.

    `insufficient` is the reason, for the candidate, why there is no score; levels that stand all the same make none.
    Every quote has been found in the answer, every level rests on one, and no level is a middle number for "unknown".
    `doubt` is how unsure the engine is on its own; `second` is another rater's opinion to compare it with.
    `quotes_dropped` counts what the engine quoted and the answer does not hold.
    """

    provider: str
    model: str | None
    prompt_version: str | None
    insufficient: str | None = None
    headline: str | None = None
    dimensions: tuple[DimensionResult, ...] = ()
    key_points: tuple[KeyPointResult, ...] = ()
    strengths: tuple[Strength, ...] = ()
    gaps: tuple[Gap, ...] = ()
    missing_facts: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    doubt: Uncertainty = "low"
    answer_type: AnswerType | None = None
    star: Star | None = None
    instruction_attempt: bool = False
    quotes_dropped: int = 0
    second: "Judgement | None" = None


class AnswerEngine(Protocol):
    """Judges one answer."""

    @property
    def provider(self) -> str:
        """Name shown next to the result."""

    async def judge(self, task: AnswerTask) -> Judgement:
        """Judge the answer.

        Raises:
            kit.ai.ModelError: the AI behind the engine gave nothing usable. The offline engine never raises.
        """

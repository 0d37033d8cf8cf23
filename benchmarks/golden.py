# ruff: noqa: INP001, T201 - a script, not a package
"""How the engine that needs no key fares on the golden answers: bands, order and distance.

    .venv/bin/python -m benchmarks.golden [--each]

The answers stand in `services/analysis/tests/golden`, three to a question, each with the scores a person would call
right for it by the rubric. They go through the worker's own path, from the row of an answer to the stored analysis.
"""

import argparse
import asyncio
import statistics
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.engines import offline
from analysis.engines.port import AnswerEngine
from analysis.models import Analysis
from analysis.use_cases.judging import Desk, judge
from contracts.analysis import AnswerAnalysis
from contracts.interview import (
    AnswerAnchors,
    CompetencyRef,
    KeyPoint,
    LevelRef,
    Question,
    RoleRef,
    Rubric,
    RubricDimension,
)
from interview import bank
from kit.clock import now
from kit.ids import new_id

ANSWERS = Path(__file__).parents[1] / "services/analysis/tests/golden"
LEVEL = "mid"  # what the bands were set for
GRADES = ("weak", "solid", "strong")


@dataclass(frozen=True)
class Golden:
    """One answer and what a person expects of it; `known_miss` says what the engine without a key gets wrong."""

    role: str
    question: str
    grade: str
    low: float
    high: float
    text: str
    known_miss: str | None

    @property
    def name(self) -> str:
        """How tests and tables call it."""
        return f"{self.question}-{self.grade}"

    def distance(self, score: float) -> float:
        """Return how far a score lies outside the band; 0 inside."""
        return max(self.low - score, score - self.high, 0.0)


@dataclass(frozen=True)
class Pair:
    """Two answers to one question, of which the second is better."""

    worse: Golden
    better: Golden
    known_miss: str | None

    @property
    def name(self) -> str:
        """How tests and tables call it."""
        return f"{self.worse.question}-{self.worse.grade}-{self.better.grade}"


def golden() -> list[Golden]:
    """Return every golden answer, by role, question and grade."""
    return [one for asked, _ in _read() for one in asked]


def pairs() -> list[Pair]:
    """Return every two answers to one question, the worse one first."""
    return [
        Pair(worse, better, misses.get(f"{worse.grade}-{better.grade}"))
        for asked, misses in _read()
        for worse, better in combinations(asked, 2)
    ]


@cache
def _read() -> list[tuple[list[Golden], dict[str, str]]]:
    found = []
    for file in sorted(ANSWERS.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        for asked in content["questions"]:
            answers = [_golden(content["role"], asked["id"], one) for one in asked["answers"]]
            answers.sort(key=lambda one: GRADES.index(one.grade))
            found.append((answers, asked.get("known_disorder", {})))
    return found


def _golden(role: str, question: str, one: dict[str, Any]) -> Golden:
    low, high = one["band"]
    text = " ".join(one["text"].split())
    return Golden(role, question, one["grade"], low, high, text, one.get("known_miss"))


@cache
def question_of(question_id: str) -> Question:
    """Return a question of the bank as an interview asks it."""
    [asked] = [one for one in bank.questions() if one.id == question_id]
    rubric = bank.rubric(asked.kind)
    return Question(
        id=new_id(),
        position=1,
        kind=asked.kind,
        difficulty=asked.difficulty,
        competency=CompetencyRef(id=asked.competency, label=asked.competency),
        text=asked.text,
        key_points=tuple(KeyPoint.model_validate(one.model_dump()) for one in asked.key_points),
        rubric=Rubric(
            id=rubric.id,
            version=rubric.version,
            expectation=rubric.expectation_for(LEVEL),
            dimensions=tuple(
                RubricDimension.model_validate(one.model_dump(exclude={"description"})) for one in rubric.dimensions
            ),
        ),
        anchors=AnswerAnchors.model_validate(asked.anchors.model_dump()),
        suggested_seconds=asked.suggested_seconds,
    )


def row_of(one: Golden, text: str | None = None) -> Analysis:
    """Return the row a worker takes up for this answer, or for the same one in other words."""
    role, level = bank.find_role(one.role), bank.find_level(LEVEL)
    if role is None or level is None:
        raise LookupError(one.role)
    return Analysis(
        id=new_id(),
        interview_id=new_id(),
        candidate_id=new_id(),
        answer_id=new_id(),
        attempt=1,
        question_id=question_of(one.question).id,
        position=1,
        question=question_of(one.question),
        role=RoleRef(id=role.id, title=role.title, family=role.family),
        level=LevelRef(id=level.id, label=level.label),
        text=one.text if text is None else text,
        source="typed",
        duration_s=60.0,
        transcript=None,
        parts=(),
        submitted_at=now(),
        allow_fallback=False,
        use_offline=False,
        runs=1,
    )


async def analysis_by(engine: AnswerEngine, row: Analysis) -> AnswerAnalysis:
    """Judge as the worker does: engine, then the score by code.

    Raises:
        RuntimeError: nobody judged it.
    """
    desk = Desk(engine=engine, offline=offline.OfflineEngine(), lease=timedelta(seconds=20), max_runs=1)
    outcome = await judge(desk, row)
    if not isinstance(outcome, AnswerAnalysis):
        raise RuntimeError(outcome)  # noqa: TRY004  # not a wrong type: a result that is none
    return outcome


def score_of(one: Golden, text: str | None = None) -> float | None:
    """Return the score without AI; None where there was nothing to judge."""
    score = asyncio.run(analysis_by(offline.OfflineEngine(), row_of(one, text))).score
    return score.value if score else None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true", help="a line for each answer too")
    each = parser.parse_args().each
    answers = golden()
    scores = {one.name: score_of(one) for one in answers}
    if each:
        for one in answers:
            score, missed = scores[one.name], _distance(one, scores[one.name])
            said = "inside" if missed == 0 else "nothing judged" if missed is None else f"{missed:.2f} outside"
            print(f"{one.name:40s} {one.low:.2f} to {one.high:.2f}  {score or 0:.2f}  {said}")
    distances = [_distance(one, scores[one.name]) for one in answers]
    judged = [one for one in distances if one is not None]
    ordered = [_ordered(scores[one.worse.name], scores[one.better.name]) for one in pairs()]
    print(f"inside band {judged.count(0.0)} of {len(answers)}")
    print(f"ordered pairs {sum(ordered)} of {len(ordered)}")
    print(f"mean absolute distance to band {statistics.fmean(judged):.2f}")
    if len(judged) < len(answers):
        print(f"nothing judged in {len(answers) - len(judged)}; the distance is of the others")


def _distance(one: Golden, score: float | None) -> float | None:
    return None if score is None else one.distance(score)


def _ordered(worse: float | None, better: float | None) -> bool:
    return worse is not None and better is not None and worse < better


if __name__ == "__main__":
    main()

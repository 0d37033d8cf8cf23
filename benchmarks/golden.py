# ruff: noqa: INP001, T201 - a script, not a package
"""How the engine that needs no key fares on the golden answers: bands, order and distance.

    .venv/bin/python -m benchmarks.golden [--each | --misses]

The answers stand in `services/analysis/tests/golden`, three to a question, each with the scores a person would call
right for it by the rubric. They go through the worker's own path, from the row of an answer to the stored analysis.
What the engine gets wrong is listed in `known_misses.toml` beside them, and no band is moved for it; `--misses` writes
that list anew, for an engine that has changed.
"""

import argparse
import asyncio
import json
import statistics
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import combinations, groupby
from pathlib import Path
from typing import Any

import snowballstemmer
from analysis.engines import offline
from analysis.engines.offline.words import tokens_of
from analysis.engines.port import AnswerEngine, AnswerTask
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
)
from interview import bank
from kit.clock import now
from kit.ids import new_id

MISSES = "known_misses.toml"
ANSWERS = Path(__file__).parents[1] / "services/analysis/tests/golden"
LEVEL = "mid"  # what the bands were set for
GRADES = ("weak", "solid", "strong")

CPU_ROUNDS = 15
MOST_MOVED = 0.25  # what words without content may raise a score by
PADDING = {
    "phrases": "I think that this is very important in every company and in life as such. " * 4,
    "modesty": (
        "So that is basically it, I would say. There is of course much more to tell, but you get the idea. As they "
        "say, every day is different and one has to see how things go."
    ),
    "enthusiasm": (
        "I really love this kind of thing and could talk about it for hours. It is truly a passion, and I am looking "
        "forward to doing much more of it in the future with a great team around me."
    ),
}


@dataclass(frozen=True)
class Golden:
    """One answer and what a person expects of it."""

    role: str
    question: str
    grade: str
    low: float
    high: float
    text: str

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

    @property
    def name(self) -> str:
        """How tests and tables call it."""
        return f"{self.worse.question}-{self.worse.grade}-{self.better.grade}"


@cache
def golden() -> tuple[Golden, ...]:
    """Return every golden answer, by role, question and grade."""
    found = []
    for file in sorted(ANSWERS.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        for asked in content.get("questions", ()):
            answers = [_golden(content["role"], asked["id"], one) for one in asked["answers"]]
            found += sorted(answers, key=lambda one: GRADES.index(one.grade))
    return tuple(found)


def pairs() -> list[Pair]:
    """Return every two answers to one question, the worse one first."""
    groups = groupby(golden(), key=lambda one: one.question)
    return [Pair(worse, better) for _, answers in groups for worse, better in combinations(answers, 2)]


@cache
def known_misses() -> dict[str, dict[str, str]]:
    """Return what the engine without a key is known to get wrong, and why: by kind, then by name."""
    return tomllib.loads((ANSWERS / MISSES).read_text(encoding="utf-8"))


def _golden(role: str, question: str, one: dict[str, Any]) -> Golden:
    low, high = one["band"]
    return Golden(role, question, one["grade"], low, high, " ".join(one["text"].split()))


@cache
def question_of(question_id: str, level: str = LEVEL) -> Question:
    """Return a question of the bank as an interview at this level of experience asks it."""
    [asked] = [one for one in bank.questions() if one.id == question_id]
    return Question(
        id=new_id(),
        position=1,
        kind=asked.kind,
        difficulty=asked.difficulty,
        competency=CompetencyRef(id=asked.competency, label=asked.competency),
        text=asked.text,
        key_points=tuple(KeyPoint.model_validate(one.model_dump()) for one in asked.key_points),
        rubric=bank.resolved(bank.rubric(asked.kind), level),
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


def offline_analysis(one: Golden, text: str | None = None) -> AnswerAnalysis:
    """Judge a golden answer, or the same one in other words, without AI."""
    return asyncio.run(analysis_by(offline.OfflineEngine(), row_of(one, text)))


def score_of(one: Golden, text: str | None = None) -> float | None:
    """Return the score without AI; None where there was nothing to judge."""
    score = offline_analysis(one, text).score
    return score.value if score else None


def raised_by(one: Golden, padding: str) -> float:
    """Return how much padding raises the score at most, before or behind the answer.

    Where the plain answer has no score, one for the padded answer is a rise from nothing.
    """
    plain = score_of(one) or 0.0
    return max((score_of(one, text) or 0.0) - plain for text in (f"{one.text} {padding}", f"{padding} {one.text}"))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="a line for each answer too")
    parser.add_argument("--misses", action="store_true", help=f"print what belongs into {MISSES} and nothing else")
    options = parser.parse_args()
    found = {one.name: offline_analysis(one) for one in golden()}
    scores = {name: one.score.value if one.score else None for name, one in found.items()}
    if options.misses:
        _print_misses(found, scores)
        return
    if options.each:
        for one in golden():
            print(f"{one.name:40s} {one.low:.2f} to {one.high:.2f}  {_told(one, scores[one.name])}")
    distances = [_distance(one, scores[one.name]) for one in golden()]
    judged = [one for one in distances if one is not None]
    ordered = [_ordered(scores[one.worse.name], scores[one.better.name]) for one in pairs()]
    print(f"inside band {judged.count(0.0)} of {len(distances)}")
    print(f"ordered pairs {sum(ordered)} of {len(ordered)}")
    print(f"mean absolute distance to band {statistics.fmean(judged):.2f}")
    held = [raised_by(one, padding) <= MOST_MOVED for one in golden() for padding in PADDING.values()]
    print(f"raised by padding no more than {MOST_MOVED} {sum(held)} of {len(held)}")
    for grade in GRADES:
        shares = [_share(found[one.name]) for one in golden() if one.grade == grade]
        print(f"key points found in {grade} answers {statistics.fmean(shares):.2f}")
    elsewhere = [_share(offline_analysis(one)) for one in answers_to_others()]
    print(f"key points found in answers to another question of the kind {statistics.fmean(elsewhere):.2f}")
    for words in (None, 200):
        judging, stemming = cpu_of(words)
        told = f"{words} words" if words else "a golden answer"
        print(f"CPU of judging {told}: {judging / stemming:.1f} times stemming its words once; {judging:.2f} ms")
    if len(judged) < len(distances):
        print(f"nothing judged in {len(distances) - len(judged)}; the distance is of the others")


def cpu_of(words: int | None = None) -> tuple[float, float]:
    """Return how many milliseconds of CPU judging an answer takes, and stemming its words, at best of several rounds.

    With `words`, of answers that long, each made of a golden one and those that follow it in the list.
    """
    texts = [one.text for one in golden()]
    if words:
        texts = [" ".join(" ".join(texts[at:] + texts[:at]).split()[:words]) for at in range(len(texts))]
    tasks = [
        AnswerTask(question=row.question, role=row.role, level=row.level, text=row.text)
        for row in (row_of(one, text) for one, text in zip(golden(), texts, strict=True))
    ]
    said = [[one.word for one in tokens_of(text)] for text in texts]
    stemmer = snowballstemmer.stemmer("english")
    rounds = [
        (_seconds(lambda: [offline.judge(one) for one in tasks]), _seconds(lambda: [*map(stemmer.stemWords, said)]))
        for _ in range(CPU_ROUNDS)
    ]
    judging, stemming = (min(taken) * 1000 / len(tasks) for taken in zip(*rounds, strict=True))
    return judging, stemming


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def answers_to_others() -> list[Golden]:
    """Return every answer as one to each other question of the same kind and family, which it does not answer."""
    sort = {question.id: (question.kind, question.family) for question in bank.questions()}
    asked = {one.question for one in golden()}
    return [
        replace(one, question=other)
        for one in golden()
        for other in sorted(asked - {one.question})
        if sort[other] == sort[one.question]
    ]


def _share(found: AnswerAnalysis) -> float:
    points = [one.covered for one in found.key_points]
    return sum(points) / len(points) if points else 0.0


def _told(one: Golden, score: float | None) -> str:
    missed = _distance(one, score)
    if score is None or missed is None:
        return "nothing judged"
    return f"{score:.2f}  " + (f"{missed:.2f} outside" if missed else "inside")


def _print_misses(found: dict[str, AnswerAnalysis], scores: dict[str, float | None]) -> None:
    print("# What the engine without a key gets wrong. Printed by `python -m benchmarks.golden --misses`.")
    print("\n[band]")
    for one in golden():
        if _distance(one, scores[one.name]) != 0:
            print(f"{one.name} = {json.dumps(_why_outside(one, found[one.name]))}")
    print("\n[order]")
    for pair in pairs():
        if not _ordered(scores[pair.worse.name], scores[pair.better.name]):
            worse, better = (_seen_in(found[one.name]) for one in (pair.worse, pair.better))
            print(f'{pair.name} = "{worse} in the worse one and {better} in the better one"')
    print("\n[padding]")
    for one in golden():
        for name, padding in PADDING.items():
            if raised_by(one, padding) > MOST_MOVED:
                print(f'{one.name}-{name} = "a word of the padding links the answer to the question or to a key point"')


def _seen_in(found: AnswerAnalysis) -> str:
    return "judges nothing" if found.score is None else f"finds {_covered(found)} key points"


def _why_outside(one: Golden, found: AnswerAnalysis) -> str:
    if found.score is None:
        return f"nothing judged: {found.status_reason}"
    if found.score.value > one.high:
        return f"above: finds {_covered(found)} key points by their words, and cannot tell whether they are right"
    if all(one.level is None for one in found.dimensions if one.id != "coverage"):
        return "below: finds no word that links it to the question, so it counts as another topic"
    if all(one.covered for one in found.key_points):
        return f"below: finds {_covered(found)} key points, and no level says that they are right, as the top one would"
    return f"below: finds {_covered(found)} key points, because the others are told in other words than it looks for"


def _covered(found: AnswerAnalysis) -> str:
    return f"{sum(one.covered for one in found.key_points)} of {len(found.key_points)}"


def _distance(one: Golden, score: float | None) -> float | None:
    return None if score is None else one.distance(score)


def _ordered(worse: float | None, better: float | None) -> bool:
    return worse is not None and better is not None and worse < better


if __name__ == "__main__":
    main()

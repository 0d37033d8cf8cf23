"""What is open in an answer, in the order in which it is asked about: expand, then specify, then challenge."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.interview import FollowUpKind, KeyPoint

from interview.follow_ups.reading import (
    count_words,
    holds_phrase,
    quote,
    sentences_of,
    stems_in_order,
    stems_of,
    straight,
)
from interview.follow_ups.task import Task

THIN = 80  # words; half a minute of speech
COVERED = 0.34  # of a point's own stems, when none of its terms is there
ENOUGH_COVERED = 0.6  # of the key points; below it a longer answer is asked to go on as well
ALL_COVERED = 0.8
POINT = "point:"

_CLAIM = re.compile(
    r"\b(?:i|we)(?:'d| would| have|'ve)? (?:then |also )?(?:decided|chose|choose|picked|pick|went with|go with|settled|"
    r"rejected|refused|insisted|preferred|prefer|recommended|recommend)\b"
    r"|\b(?:the best|the right|the only|always|never|instead of|rather than|better than)\b",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"\b(?:trade-?offs?|downsides?|drawbacks?|disadvantages?|on the other hand|the cost of|the price of|"
    r"at the expense|the risk (?:was|is|of)|in return|however|although|"
    r"would (?:have )?(?:do|done|decide|decided) (?:it )?differently)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:as a (?:result|consequence)|in the end|eventually|the (?:result|outcome|effect)s? (?:was|were)|"
    r"(?:which|that|this) (?:led|brought|reduced|saved|meant|cut|raised)|since then|afterwards|"
    r"(?:fell|dropped|rose|grew|improved|increased|decreased|reduced|cut|saved|doubled|halved|finished|shipped|passed))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|"
    r"thousands?|million|half|twice|dozen|percent)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:for (?:example|instance)|such as|e\.g\.|in one case|once|one time|a time when|"
    r"in my (?:last|current|previous)|let's say|suppose)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:measure|metrics?|monitor|track|compare|baseline|tests?|check|verify|alert|dashboard|feedback|numbers?)\w*\b",
    re.IGNORECASE,
)
_I = re.compile(r"\bI\b")
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is open. `target` names it for good within a question; `quote` is of the candidate's own words."""

    kind: FollowUpKind
    target: str
    quote: str | None = None
    point: KeyPoint | None = None


def gaps_in(task: Task) -> tuple[Gap, ...]:
    """Return what is open, first things first; nothing when the answer is complete."""
    heard = _hear(task)
    shares = {point.id: heard.share_of(point) for point in task.key_points}
    covered = sum(share >= COVERED for share in shares.values()) / len(shares) if shares else 1.0
    specify = tuple(_to_specify(task))
    weighed = _WEIGHED.search(straight(task.answer)) is not None
    if covered >= ALL_COVERED and not specify and weighed:
        return ()
    gaps: list[Gap] = []
    if count_words(task.answer) < THIN or covered < ENOUGH_COVERED:
        open_points = [point for point in task.key_points if shares[point.id] < COVERED]
        sentences = [(one, stems_of(one)) for one in sentences_of(task.answer)]
        gaps += [
            Gap("expand", f"{POINT}{point.id}", _nearest(point, sentences), point)
            for point in sorted(open_points, key=lambda point: shares[point.id])
        ]
    gaps += specify
    claim = None if weighed else _claim(task.answer)
    if claim is not None:
        gaps.append(Gap("challenge", "trade_off", claim))
    return tuple(gaps)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A thread's stems, taken once: in their order, and as a set of those that carry meaning."""

    answer: list[str]
    asked: list[str]
    answer_stems: set[str]
    asked_stems: set[str]

    def share_of(self, point: KeyPoint) -> float:
        """Return how much of a key point is said: all with one of its terms, else the part of its stems there is."""
        if any(holds_phrase(self.answer, term) and not holds_phrase(self.asked, term) for term in point.terms):
            return 1.0
        wanted = stems_of(point.text) - self.asked_stems
        return len(wanted & self.answer_stems) / len(wanted) if wanted else 1.0


def _hear(task: Task) -> _Heard:
    answer, asked = task.answer, task.questions
    return _Heard(stems_in_order(answer), stems_in_order(asked), stems_of(answer), stems_of(asked))


def _to_specify(task: Task) -> Iterator[Gap]:
    answer = straight(task.answer)
    if task.kind == "behavioural":
        mine, ours = len(_I.findall(answer)), _WE.findall(answer)
        if len(ours) > mine:
            said = next((one for one in sentences_of(task.answer) if _WE.search(one) and not _I.search(one)), None)
            yield Gap("specify", "own_part", quote(said) if said else None)
        if _RESULT.search(answer) is None:
            yield Gap("specify", "result")
        elif _NUMBER.search(answer) is None:
            said = next((one for one in sentences_of(task.answer) if _RESULT.search(straight(one))), None)
            yield Gap("specify", "number", quote(said) if said else None)
        return
    if task.kind == "technical" and _EXAMPLE.search(answer) is None:
        yield Gap("specify", "example")
    if task.kind != "technical" and _MEASURE.search(answer) is None:
        yield Gap("specify", "measure")


def _claim(answer: str) -> str | None:
    return next((quote(one) for one in sentences_of(answer) if _CLAIM.search(straight(one))), None)


def _nearest(point: KeyPoint, sentences: Sequence[tuple[str, set[str]]]) -> str | None:
    """Return the candidate's sentence from which to go on: the closest to the point, else the longest."""
    wanted = stems_of(point.text)
    found, stems = max(sentences, key=lambda one: (len(wanted & one[1]), len(one[1])), default=("", set()))
    return quote(found) if stems else None

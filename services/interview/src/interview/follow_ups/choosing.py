"""Which follow-up question to ask, if any. The order of the kinds is kept, and nothing is asked twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from contracts.interview import FollowUpKind

from interview.follow_ups.checks import faults_of
from interview.follow_ups.gaps import Gap, gaps_in
from interview.follow_ups.reading import count_words, says_nothing
from interview.follow_ups.task import Task
from interview.follow_ups.wording import word

_ORDER: tuple[FollowUpKind, ...] = get_args(FollowUpKind)
_FRESH = 0.4  # of the final words; a wording made from less was made from another answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up that was asked before, of the same question."""

    kind: FollowUpKind
    target: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A model's wording for a gap, made when the answer had so many words."""

    kind: FollowUpKind
    target: str
    quote: str | None
    text: str
    words: int
    prompt_version: str | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to ask; `prompt_version` is null when the rules found the words."""

    kind: FollowUpKind
    target: str
    text: str
    by: Literal["rules", "model"]
    prompt_version: str | None = None


def next_follow_up(task: Task, asked: Sequence[Asked], prepared: Sequence[Prepared], most: int) -> FollowUp | None:
    """Decide what to ask after the last answer of a thread; None to go on with the next question.

    Of `prepared`, the newest first, one is used when its gap is still open in the final text; otherwise the rules' own
    words serve. So this never waits for anybody.
    """
    last = task.said[-1]
    if len(asked) >= most or says_nothing(last.answer, last.question):
        return None
    gap = choose(gaps_in(task), asked)
    if gap is None:
        return None
    words = count_words(task.answer)
    for ready in prepared:
        fits = (ready.kind, ready.target) == (gap.kind, gap.target) and ready.words >= _FRESH * words
        if fits and _rests_on(ready, task) and not faults_of(ready.text, task):
            return FollowUp(gap.kind, gap.target, ready.text, "model", ready.prompt_version)
    return FollowUp(gap.kind, gap.target, word(gap, task), "rules")


def choose(gaps: Sequence[Gap], asked: Sequence[Asked]) -> Gap | None:
    """Return the first gap of a later kind than the last asked, else another of the same kind, else none."""
    targets = {one.target for one in asked}
    left = [gap for gap in gaps if gap.target not in targets]
    reached = max((_ORDER.index(one.kind) for one in asked), default=-1)
    later = [gap for gap in left if _ORDER.index(gap.kind) > reached]
    same = [gap for gap in left if _ORDER.index(gap.kind) == reached]
    return next(iter([*later, *same]), None)


def _rests_on(ready: Prepared, task: Task) -> bool:
    """Tell whether the words it asks about are still in the answer."""
    return ready.quote is None or ready.quote.casefold() in task.answer.casefold()

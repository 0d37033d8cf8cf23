"""Marks an answer against what is wanted, and says what of it was found where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import Literal, Protocol

from analysis.engines.offline.grading.features import NAMES, Text, Wanted, features, read
from analysis.engines.offline.grading.languages import in_another_language
from analysis.engines.offline.grading.marking import Expected, expected, mark
from analysis.engines.offline.grading.model import shipped
from analysis.engines.offline.grading.orders import without_orders
from analysis.engines.offline.grading.signs import says_not_known
from analysis.engines.offline.vocabulary import POINT_VERBS
from analysis.engines.offline.words import tokens_of

COVERED = 0.5  # of the weight of a point's words
LITTLE = 0.3  # a mark up to here can be for words that are there by chance
SURE_FROM, SURE_TO = 0.2, 0.85  # a mark between them says little
FEW = 4  # words; an answer with fewer rests on too little to be sure of
KNOWN = 0.5  # of the words that carry meaning; where fewer were ever seen before, it may be no language at all
LEVELS = 5
NO_WORDS = "There are no words in the answer."
NOT_KNOWN = "The answer says that it is not known."
ONLY_ORDERS = "The answer only speaks to whoever marks it."
UNREADABLE = "The answer could not be read as words."
OTHER_LANGUAGE = "The answer is in another language than what it is marked by, and only words are compared."

Status = Literal["scored", "insufficient"]
Confidence = Literal["low", "medium"]


class Point(Protocol):
    """One thing a good answer says; any one of the terms may stand for its text."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def terms(self) -> Sequence[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the answer: `answer[start:end]`."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A mark from 0 to 1 and the level from 1 to 5 it stands for.

    Without anything that could be marked, `status` is insufficient with the reason: the level is None, and the mark
    is 0, which is what such an answer covers of what is wanted. One in another language than what it is marked by has
    no mark either: what it says may be right. Confidence is never high: words are not their meaning.
    """

    score: float | None
    level: int | None
    status: Status
    confidence: Confidence | None
    covered: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()
    reason: str | None = None


def grade(question: str, answer: str, points: Sequence[Point], *, reference: str | None = None) -> Grade:
    """Mark an answer by key points, by a reference answer, or by whichever of the two it comes closer to.

    Deterministic; it compares words, and knows nothing about truth.
    """
    model = shipped()
    said = without_orders(answer)
    text = read(said)
    reason = _nothing_in(answer, text)
    if reason:
        return Grade(0.0, None, "insufficient", None, missed=tuple(one.id for one in points), reason=reason)
    if in_another_language(said, _beside(question, points, reference)):
        return Grade(None, None, "insufficient", None, reason=OTHER_LANGUAGE)
    found = [_find(question, point, text, answer) for point in points]
    scores = [mark(model, _expected(question, reference), text)] if reference and tokens_of(reference) else []
    if points and not (scores and all(one.text in (reference or "") for one in points)):
        # Each was listed because it counts, so none makes up for another.
        scores.append(fmean(model.mark(features(_wanted(question, one.wording), text)) for one in found))
    score = round(max(scores, default=0.0), 4)
    # "The compiler does not know the size" answers something: what is wanted is in it.
    if score < LITTLE and says_not_known(text.tokens):
        return Grade(0.0, None, "insufficient", None, missed=tuple(one.id for one in points), reason=NOT_KNOWN)
    covered = tuple(point.id for point, one in zip(points, found, strict=True) if one.quote)
    return Grade(
        score=score,
        level=min(LEVELS, int(score * (LEVELS - 1) + 1.5)),
        status="scored",
        confidence=_confidence(score, text, _beside(question, points, reference)),
        covered=covered,
        missed=tuple(point.id for point in points if point.id not in covered),
        evidence=_each_once(one.quote for one in found),
    )


def measures(question: str, answer: str, reference: str) -> dict[str, float]:
    """Return what was measured, by name: for those who want to know why."""
    values = features(_wanted(question, reference), read(without_orders(answer)))
    return dict(zip(NAMES, values, strict=True))


@dataclass(frozen=True, slots=True)
class _Found:
    wording: str  # of the point, that the answer comes closest to
    quote: Quote | None


def _nothing_in(answer: str, text: Text) -> str | None:
    if not tokens_of(answer):
        return NO_WORDS if not any(letter.isalnum() for letter in answer) else UNREADABLE
    return None if text.tokens else ONLY_ORDERS


def _beside(question: str, points: Sequence[Point], reference: str | None) -> tuple[str, ...]:
    """Return what an answer is compared with. Points and terms are too short to tell a language one by one."""
    return question, reference or "", "\n".join(text for one in points for text in (one.text, *one.terms))


def _confidence(score: float, text: Text, beside: tuple[str, ...]) -> Confidence:
    if len(text.tokens) < FEW or SURE_FROM < score < SURE_TO:
        return "low"
    rarity, there = shipped().rarity, _stems(beside)
    known = sum(one.stem in rarity or one.stem in there for one in text.content)
    return "medium" if known >= KNOWN * len(text.content) else "low"


@lru_cache(maxsize=64)
def _stems(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token.stem for one in texts for token in tokens_of(one))


@lru_cache(maxsize=64)
def _asked(question: str) -> Text:
    return read(question)


@lru_cache(maxsize=128)  # a few questions' worth: lines come by question, and memory stays flat when they do not
def _wanted(question: str, text: str) -> Wanted:
    model = shipped()
    return Wanted(_asked(question), read(text), model.rarity, model.unknown)


@lru_cache(maxsize=64)
def _expected(question: str, reference: str) -> Expected:
    return expected(_asked(question), read(reference), shipped())


def _find(question: str, point: Point, text: Text, answer: str) -> _Found:
    """Look for a point under its own wording and each of its terms, and keep the nearest."""
    own = _without_verb(point.text)
    best, share = own, 0.0
    wordings = [own, *point.terms]
    for wording in wordings:
        wanted = _wanted(question, wording)
        found = wanted.weights.keys() & text.counts.keys()
        found |= wanted.spelling.found(stem for stem in text.counts if stem not in found)
        reached = wanted.share(found)
        if wording is not own and reached < 1:  # a term is there, or it is not
            continue
        if reached > share:
            best, share = wording, reached
        if share == 1:  # no other is nearer
            break
    if share < COVERED:
        return _Found(own, None)
    return _Found(best, _quote(_wanted(question, best), text, answer))


def _without_verb(text: str) -> str:
    """Return a point without the "Names" or "Explains why" it is written in."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in POINT_VERBS else text


def _quote(wanted: Wanted, text: Text, answer: str) -> Quote | None:
    """Return the sentence with most of the weight."""
    weights: dict[int, float] = {}
    seen: set[tuple[int, str]] = set()
    for token in text.tokens:
        if token.stem in wanted.weights and (token.sentence, token.stem) not in seen:
            seen.add((token.sentence, token.stem))
            weights[token.sentence] = weights.get(token.sentence, 0.0) + wanted.weights[token.stem]
    if not weights:
        return None
    best = max(weights, key=lambda one: (weights[one], -one))
    inside = [token for token in text.tokens if token.sentence == best]
    start, end = inside[0].start, inside[-1].end
    return Quote(answer[start:end], start, end)


def _each_once(quotes: Iterable[Quote | None]) -> tuple[Quote, ...]:
    found = {(one.start, one.end): one for one in quotes if one}
    return tuple(found[at] for at in sorted(found))

"""Which key points an answer covers, and the words that show it."""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from contracts.analysis import Evidence, KeyPointResult, Level
from contracts.interview import KeyPoint, Question

from analysis.engines.offline.document import Document
from analysis.engines.offline.vocabulary import COMMON_WORDS, FUNCTION_WORDS, NEGATIVE_WORDS, POINT_VERBS
from analysis.engines.offline.words import content_stems, stem_of, stems_of, tokens_of

COVERED = 0.9
PHRASE, WORD, COMMON = 1.0, 0.9, 0.5  # what one matched term is worth
LEAST_SHARE = (0.01, 0.45, 0.65)  # of the key points, for the levels 2 to 4; level 5 would say that they are right
LINKING_POINTS = 2  # so many key points tie an answer to its question without a word of the question
SHORT = 50  # own words; a shorter answer cannot reach level 4

_COMMON_STEMS = frozenset(stem_of(word) for word in COMMON_WORDS)
_POINT_STEMS = frozenset(stem_of(word) for word in POINT_VERBS)
_LINKING = frozenset({"it", "the", "a", "an", "this", "that", "my", "our", "their"})
_FUNCTION_STEMS = frozenset(stem_of(word) for word in FUNCTION_WORDS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was found of the key points; `on_topic` is False when nothing links the answer to the question.

    `sure` names the points that more than one word stands for: enough to praise somebody for.
    """

    points: tuple[KeyPointResult, ...]
    sure: frozenset[str]
    level: Level
    on_topic: bool

    @property
    def covered(self) -> int:
        """Number of key points covered."""
        return sum(point.covered for point in self.points)


def cover(document: Document, question: Question) -> Coverage:
    """Look for every key point of the question in the answer."""
    asked = set(stems_of(question.text))
    wanted = [_wanted(point, asked) for point in question.key_points]
    spread = Counter(stem for stems in wanted for stem in stems)
    found = [
        _find(document, point, stems, spread, asked) for point, stems in zip(question.key_points, wanted, strict=True)
    ]
    points = tuple(point for point, _ in found)
    sure = frozenset(point.id for point, words in found if words > 1)
    share = sum(point.covered for point in points) / len(points) if points else 0.0
    topic = content_stems(question.text)
    shared = {stem for stem in topic if stem in document.places}
    linked = bool(shared - _COMMON_STEMS) or len(shared) > 1 or not topic
    # A story about the very thing need not use the question's words; one matching point may be chance.
    if linked or sum(point.covered for point in points) >= LINKING_POINTS:
        return Coverage(points, sure, _level(share, document.own_words), on_topic=True)
    return Coverage(tuple(_not_covered(point) for point in points), frozenset(), 1, on_topic=False)


def _not_covered(point: KeyPointResult) -> KeyPointResult:
    return KeyPointResult(id=point.id, text=point.text, covered=False, evidence=())


def _level(share: float, own_words: int) -> Level:
    level = 1 + sum(share >= least for least in LEAST_SHARE)
    return LEVELS[(min(level, 3) if own_words < SHORT else level) - 1]


LEVELS: tuple[Level, Level, Level, Level, Level] = (1, 2, 3, 4, 5)


def _wanted(point: KeyPoint, asked: set[str]) -> frozenset[str]:
    """Return the stems that make this point: not the question's words, not the words every point is written in."""
    return content_stems(point.text) - asked - _COMMON_STEMS - _POINT_STEMS


def _find(
    document: Document, point: KeyPoint, wanted: frozenset[str], spread: Counter[str], asked: set[str]
) -> tuple[KeyPointResult, int]:
    """Return whether the point is made, and how many words of the answer stand for it."""
    strength = 0.0
    places: list[int] = []
    denied = frozenset() if _is_negative(point.text) else document.denied
    for term in map(_term, point.terms):
        if not term.phrase or asked.issuperset(term.phrase):
            continue
        found = document.find(term.phrase, leaving_out=frozenset() if term.negative else denied)
        if found:
            strength += term.worth
            places += found
    rarity = {stem: math.log(1 + 2 / spread[stem]) for stem in wanted}
    said = {stem: next((at for at in document.places.get(stem, ()) if at not in denied), None) for stem in wanted}
    here = {stem: at for stem, at in sorted(said.items()) if at is not None}
    share = sum(rarity[stem] for stem in here) / sum(rarity.values()) if rarity else 0.0
    # One word that a point's text happens to share with the answer proves nothing; two that are rare do.
    strength += share * (1.2 if point.terms else 1.8) if len(here) > 1 or strength else 0.0
    places += here.values()
    covered = strength >= COVERED and bool(places)
    evidence: tuple[Evidence, ...] = (document.quote(places),) if covered else ()
    return KeyPointResult(id=point.id, text=point.text, covered=covered, evidence=evidence), len(set(places))


@lru_cache(maxsize=20_000)
def _is_negative(text: str) -> bool:
    return any(token.word in NEGATIVE_WORDS for token in tokens_of(text))


@dataclass(frozen=True, slots=True)
class _Term:
    phrase: tuple[str, ...]
    worth: float
    negative: bool


@lru_cache(maxsize=50_000)  # the bank has about 15,000, and every answer to a question is searched for the same
def _term(text: str) -> _Term:
    phrase = _phrase(text)
    return _Term(phrase, _worth(phrase), _is_negative(text))


def _phrase(term: str) -> tuple[str, ...]:
    """Return the stems of a term; "wrote it down" also stands for "wrote that down" and "write down"."""
    stems = stems_of(term)
    telling = [stem for stem in stems if stem not in _LINKING]
    return tuple(telling if len(telling) > 1 else stems)


def _worth(phrase: tuple[str, ...]) -> float:
    telling = [stem for stem in phrase if stem not in _FUNCTION_STEMS]
    if len(phrase) > 1:
        return PHRASE if telling else COMMON
    return COMMON if not telling or telling[0] in _COMMON_STEMS else WORD

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


@dataclass(frozen=True, slots=True)
class _Term:
    phrase: tuple[str, ...]
    worth: float
    negative: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    """What to look for of one key point, the same in every answer to its question."""

    negative: bool
    terms: tuple[_Term, ...]
    rarity: dict[str, float]  # of each word of its text that is sought, in the order of the alphabet
    total: float


def cover(document: Document, question: Question) -> Coverage:
    """Look for every key point of the question in the answer."""
    sought = _sought(question.text, tuple((point.text, point.terms) for point in question.key_points))
    found = [_find(document, point, what) for point, what in zip(question.key_points, sought, strict=True)]
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


def _find(document: Document, point: KeyPoint, sought: _Sought) -> tuple[KeyPointResult, int]:
    """Return whether the point is made, and how many words of the answer stand for it."""
    strength = 0.0
    places: list[int] = []
    denied = frozenset() if sought.negative else document.denied
    for term in sought.terms:
        if term.phrase[0] in document.places:
            found = document.find(term.phrase, leaving_out=frozenset() if term.negative else denied)
            strength += term.worth if found else 0.0
            places += found
    here = {
        stem: at
        for stem in sought.rarity
        if (at := next((at for at in document.places.get(stem, ()) if at not in denied), None)) is not None
    }
    share = sum(sought.rarity[stem] for stem in here) / sought.total if here else 0.0
    # One word that a point's text happens to share with the answer proves nothing; two that are rare do.
    strength += share * (1.2 if point.terms else 1.8) if len(here) > 1 or strength else 0.0
    places += here.values()
    covered = strength >= COVERED and bool(places)
    evidence: tuple[Evidence, ...] = (document.quote(places),) if covered else ()
    return KeyPointResult(id=point.id, text=point.text, covered=covered, evidence=evidence), len(set(places))


@lru_cache(maxsize=20_000)
def _is_negative(text: str) -> bool:
    return any(token.word in NEGATIVE_WORDS for token in tokens_of(text))


@lru_cache(maxsize=256)  # questions; the bank has about 200
def _sought(question: str, points: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[_Sought, ...]:
    asked = frozenset(stems_of(question))
    # Neither the question's words nor those that every point is written in make a point.
    wanted = [content_stems(text) - asked - _COMMON_STEMS - _POINT_STEMS for text, _ in points]
    spread = Counter(stem for stems in wanted for stem in stems)
    found = []
    for (text, words), stems in zip(points, wanted, strict=True):
        rarity = {stem: math.log(1 + 2 / spread[stem]) for stem in sorted(stems)}
        terms = tuple(term for term in map(_term, words) if term.phrase and not asked.issuperset(term.phrase))
        found.append(_Sought(_is_negative(text), terms, rarity, sum(rarity.values())))
    return tuple(found)


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

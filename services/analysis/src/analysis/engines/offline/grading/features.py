"""What is measured about an answer beside a text that holds what is wanted: 28 numbers, each from words alone.

The words of the question count little, so that a question read back is worth nothing. Every measure has a direction in
which a mark may move with it (`DIRECTIONS`), which the trained trees keep to.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.engines.offline.grading.signs import (
    denied_places,
    is_number,
    opposites,
    says_not_known,
)
from analysis.engines.offline.grading.spelling import Misspelt, grams_of
from analysis.engines.offline.vocabulary import DENIALS, FUNCTION_WORDS
from analysis.engines.offline.words import Token, tokens_of

Rarity = Mapping[str, float]
FUNCTION_WEIGHT = 0.25  # of a word that holds sentences together, beside its rarity
ASKED_WEIGHT = 0.1  # of a word that stands in the question
K1 = 1.2  # BM25: how soon saying it again adds nothing
B = 0.3  # BM25: how much a long answer is held against it
LONGEST = 4_000  # words; what comes later in an answer is not read
ENOUGH = 0.5  # of a sentence's weight, for the sentence to count as said

DIRECTIONS: dict[str, int] = {
    "share": 1,  # of the weight of what is wanted, in the answer
    "share_all": 1,  # the same with the question's words at their full weight
    "share_spelt": 1,  # the same with words that are spelt nearly so
    "share_rarest": 1,  # the same over the rarest third
    "share_sure": 1,  # the same without words that stand behind a "not"
    "cosine": 1,
    "cosine_all": 1,
    "bm25": 1,
    "grams": 1,  # pieces of four letters
    "pairs": 1,  # neighbouring words
    "triples": 1,
    "order": 1,  # longest common subsequence
    "run": 1,  # longest run of the same words
    "precision": 1,  # of the weight of the answer's own words, in what is wanted
    "balance": 1,  # harmonic mean of share and precision
    "sentences": 1,  # share of the wanted sentences that are there
    "weakest": 1,
    "strongest": 1,
    "nearest": 1,  # best cosine of a sentence of the answer
    "numbers": 1,  # share of the wanted numbers; 1 when there are none
    "matched": 1,  # number of wanted words found, on a scale that flattens
    "other_numbers": -1,
    "opposites": -1,
    "denials_apart": -1,
    "not_known": -1,
    "asked": -1,  # share of the answer's words that stand in the question
    "only_asked": -1,  # the same, by weight
    "said_again": -1,
}
NAMES = tuple(DIRECTIONS)


@dataclass
class Text:
    """A text as it is compared: its words without those of orders to the marker."""

    tokens: list[Token]
    stems: list[str] = field(init=False)
    counts: Counter[str] = field(init=False)
    sentences: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Count once."""
        self.stems = [token.stem for token in self.tokens]
        self.counts = Counter(self.stems)
        grouped: dict[int, list[str]] = {}
        for token in self.tokens:
            grouped.setdefault(token.sentence, []).append(token.stem)
        self.sentences = list(grouped.values())

    # What follows is the same beside everything it is compared with.

    @cached_property
    def content(self) -> list[Token]:
        """The words that carry meaning."""
        return [token for token in self.tokens if token.word not in FUNCTION_WORDS]

    @cached_property
    def grams(self) -> frozenset[str]:
        """Pieces of four letters."""
        return frozenset(grams_of(token.word for token in self.tokens))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, ...]]:
        """Neighbouring words."""
        return _runs(self.stems, 2)

    @cached_property
    def triples(self) -> frozenset[tuple[str, ...]]:
        """Three words in a row."""
        return _runs(self.stems, 3)

    @cached_property
    def sentence_counts(self) -> list[Counter[str]]:
        """How often each word is in each of the first sixty sentences."""
        return [Counter(one) for one in self.sentences[:60]]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that are said."""
        return frozenset(token.word for token in self.tokens if is_number(token.word))

    @cached_property
    def denies(self) -> bool:
        """Whether a word of denial is in it."""
        return any(token.word in DENIALS for token in self.tokens)

    @cached_property
    def denied(self) -> frozenset[int]:
        """Places of the words behind a "not"."""
        return frozenset(denied_places(self.tokens))

    @cached_property
    def not_known(self) -> bool:
        """Whether it says that the answer is not known."""
        return says_not_known(self.tokens)


def read(text: str) -> Text:
    """Take a text apart; of a very long one, its beginning."""
    return Text(tokens_of(text)[:LONGEST])


class Wanted:
    """What a good answer says, prepared for comparing many answers with it."""

    def __init__(self, question: Text, text: Text, rarity: Rarity, unknown: float) -> None:
        self.text = text
        self.asked = frozenset(question.stems)
        self._rarity, self._unknown = rarity, unknown
        self._function = frozenset(token.stem for token in text.tokens if token.word in FUNCTION_WORDS)
        kinds = list(text.counts)
        self.weights = {stem: self.weight(stem) for stem in kinds}
        self.total = sum(self.weights.values())
        self.spelling = Misspelt(stem for stem in kinds if stem not in self._function)

    # What follows is for measuring; most terms of a point are only looked for.

    @cached_property
    def full(self) -> dict[str, float]:
        """The weights without regard to the question."""
        return {stem: self.weight(stem, asked=False) for stem in self.text.counts}

    @cached_property
    def full_total(self) -> float:
        """Their sum."""
        return sum(self.full.values())

    @cached_property
    def rarest(self) -> list[str]:
        """The third of the words that weighs most."""
        rarest = sorted(self.weights, key=lambda stem: (-self.weights[stem], stem))
        return rarest[: max(1, len(rarest) // 3)]

    @cached_property
    def vector(self) -> dict[str, float]:
        """The weighted words, of length 1."""
        return self._vector(self.text.counts, asked=True)

    @cached_property
    def vector_all(self) -> dict[str, float]:
        """The same without regard to the question."""
        return self._vector(self.text.counts, asked=False)

    @cached_property
    def grams(self) -> frozenset[str]:
        """Pieces of four letters, without those of the question's words."""
        return grams_of(token.word for token in self.text.tokens if token.stem not in self.asked)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that are wanted."""
        return self.text.numbers - self.asked

    @cached_property
    def masks(self) -> dict[str, int]:
        """The places of each word, as bits."""
        return _masks(self.text.stems)

    @cached_property
    def denied(self) -> set[str]:
        """The words behind a "not"."""
        return {self.text.stems[at] for at in self.text.denied}

    @cached_property
    def units(self) -> list[dict[str, None]]:
        """The words of each sentence; one without a word of its own asks for nothing more."""
        return [unit for unit in map(dict.fromkeys, self.text.sentences) if self._mass(unit) > 0]

    @property
    def weighs(self) -> bool:
        """Whether anything is wanted beside the question's words."""
        return any(stem not in self.asked for stem in self.weights)

    def weight(self, stem: str, *, asked: bool = True) -> float:
        """Return what a word is worth: rare words more, words of the question hardly anything."""
        worth = self._rarity.get(stem, self._unknown)
        if stem in _FUNCTION_STEMS:
            worth *= FUNCTION_WEIGHT
        return worth * ASKED_WEIGHT if asked and stem in self.asked else worth

    def share(self, found: Iterable[str], unit: Iterable[str] | None = None) -> float:
        """Return the share of the weight that the found words have, of the whole or of one sentence."""
        kinds = self.weights if unit is None else unit
        total = self.total if unit is None else self._mass(unit)
        return min(1.0, sum(self.weights[stem] for stem in kinds if stem in found) / total) if total else 0.0

    def _mass(self, unit: Iterable[str]) -> float:
        return sum(self.weights[stem] for stem in unit)

    def _vector(self, counts: Mapping[str, int], *, asked: bool) -> dict[str, float]:
        vector = {stem: (1 + math.log(n)) * self.weight(stem, asked=asked) for stem, n in counts.items()}
        length = math.sqrt(sum(value * value for value in vector.values()))
        return {stem: value / length for stem, value in vector.items()} if length else {}

    def cosine(self, counts: Mapping[str, int], *, asked: bool) -> float:
        """Return how alike the weighted words of a text are to what is wanted."""
        mine = self.vector if asked else self.vector_all
        other = self._vector(counts, asked=asked)
        return sum(value * mine[stem] for stem, value in other.items() if stem in mine)


def features(wanted: Wanted, answer: Text) -> list[float]:
    """Return the measures of an answer, in the order of `NAMES`."""
    counts, stems = answer.counts, answer.stems
    found = wanted.weights.keys() & counts.keys()
    spelt = found | wanted.spelling.found(stem for stem in counts if stem not in found)
    sure = {stems[at] for at in range(len(stems)) if stems[at] in found} - _only_denied(answer, wanted)
    share, share_spelt = wanted.share(found), wanted.share(spelt)
    worth = {stem: wanted.weight(stem, asked=False) for stem in counts}
    own = {stem: one * ASKED_WEIGHT if stem in wanted.asked else one for stem, one in worth.items()}
    mass = sum(own.values())
    precision = sum(own[stem] for stem in found) / mass if mass else 0.0
    units = [wanted.share(spelt, unit) for unit in wanted.units] or [share_spelt]
    content = answer.content
    asked = [token for token in content if token.stem in wanted.asked]
    full, full_asked = sum(worth.values()), sum(one for stem, one in worth.items() if stem in wanted.asked)
    said_numbers = answer.numbers - wanted.asked
    gained = len([stem for stem in spelt if stem not in wanted.asked and stem not in _FUNCTION_STEMS])
    size = max(1, len(wanted.text.stems))
    values = {
        "share": share,
        "share_all": sum(wanted.full[stem] for stem in found) / wanted.full_total if wanted.full_total else 0.0,
        "share_spelt": share_spelt,
        "share_rarest": _part(wanted.rarest, spelt, wanted.weights),
        "share_sure": wanted.share(sure),
        "cosine": wanted.cosine(counts, asked=True),
        "cosine_all": wanted.cosine(counts, asked=False),
        "bm25": _bm25(wanted, answer, found),
        "grams": _overlap(wanted.grams, answer.grams),
        "pairs": _overlap(wanted.text.pairs, answer.pairs),
        "triples": _overlap(wanted.text.triples, answer.triples),
        "order": _subsequence(wanted.masks, len(wanted.text.stems), stems) / size,
        "run": _longest_run(wanted.text.stems, stems) / size,
        "precision": precision,
        "balance": 2 * precision * share_spelt / (precision + share_spelt) if precision + share_spelt else 0.0,
        "sentences": sum(unit >= ENOUGH for unit in units) / len(units),
        "weakest": min(units),
        "strongest": max(units),
        "nearest": max((wanted.cosine(one, asked=True) for one in answer.sentence_counts), default=0.0),
        "numbers": len(wanted.numbers & said_numbers) / len(wanted.numbers) if wanted.numbers else 1.0,
        "matched": math.log1p(gained),
        "other_numbers": float(bool(wanted.numbers) and bool(said_numbers - wanted.numbers)),
        "opposites": float(opposites(wanted.text.counts, counts)),
        "denials_apart": float(wanted.text.denies != answer.denies),
        "not_known": float(answer.not_known),
        "asked": len(asked) / len(content) if content else 1.0,
        "only_asked": full_asked / full if full else 1.0,
        "said_again": 1 - len(counts) / len(stems) if stems else 1.0,
    }
    return [round(values[name], 5) for name in NAMES]


def _only_denied(answer: Text, wanted: Wanted) -> set[str]:
    """Return the words that are there only behind a "not", where nothing is denied of them in what is wanted."""
    places = answer.denied
    denied = {answer.stems[at] for at in places}
    said = {stem for at, stem in enumerate(answer.stems) if at not in places}
    return denied - said - wanted.denied


def _bm25(wanted: Wanted, answer: Text, found: Iterable[str]) -> float:
    if not wanted.total:
        return 0.0
    length = len(answer.stems) / max(1, len(wanted.text.stems))
    norm = K1 * (1 - B + B * max(1.0, length))
    score = sum(wanted.weights[stem] * answer.counts[stem] / (answer.counts[stem] + norm) for stem in found)
    return score * (1 + K1) / wanted.total


def _part(kinds: Iterable[str], found: Iterable[str], weights: Mapping[str, float]) -> float:
    chosen = list(kinds)
    total = sum(weights[stem] for stem in chosen)
    return sum(weights[stem] for stem in chosen if stem in found) / total if total else 0.0


def _runs(stems: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(stems[at:] for at in range(length)), strict=False))


def _overlap(wanted: frozenset[object] | frozenset[str], found: frozenset[object] | frozenset[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _masks(stems: Sequence[str]) -> dict[str, int]:
    masks: dict[str, int] = {}
    for at, stem in enumerate(stems):
        masks[stem] = masks.get(stem, 0) | 1 << at
    return masks


def _subsequence(masks: Mapping[str, int], size: int, stems: Iterable[str]) -> int:
    """Return the length of the longest common subsequence: Hyyrö's bit-parallel algorithm (2004)."""
    every = (1 << size) - 1
    row = every
    for stem in stems:
        hit = row & masks.get(stem, 0)
        row = ((row + hit) | (row - hit)) & every
    return size - row.bit_count()


def _longest_run(wanted: Sequence[str], stems: Sequence[str]) -> int:
    """Return the length of the longest run of words that both have."""
    places: dict[str, list[int]] = {}
    for at, stem in enumerate(wanted):
        places.setdefault(stem, []).append(at)
    best = 0
    before: dict[int, int] = {}
    for stem in stems:
        now = {at: before.get(at - 1, 0) + 1 for at in places.get(stem, ())}
        best = max(best, *now.values()) if now else best
        before = now
    return best


_FUNCTION_STEMS = frozenset(token.stem for word in FUNCTION_WORDS for token in tokens_of(word))

"""An answer taken apart: words with their places and stems, sentences, what is copied and what is said twice.

Offsets are positions in the answer's text, in code points, so a quote is always a slice of it.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from contracts.analysis import Evidence

from analysis.engines.instructions import SAME_LETTER, without_instructions
from analysis.engines.offline.vocabulary import CLAUSE_WORDS, CONDITIONS, DENIALS
from analysis.engines.offline.words import Token, stems_of, tokens_of

_CLAUSE_END = re.compile(r"[,;:.!?()\n]")

COPIED_RUN = 4  # so many words of the question in a row are a quotation of it
RECITED_RUN, RECITED_SHARE = 4, 0.75  # so much of a key point, word for word, was read off and not thought of
REPEATED_RUN = 8  # so many words in a row, said again, add nothing
CONDITION_REACH = 4  # so many words may stand between the "if" and the "not"
QUOTE_WORDS = 28
_END, _SENTENCE = attrgetter("end"), attrgetter("sentence")


@dataclass
class Document:
    """An answer, with the words that count as the speaker's own. Instructions to the judge are none of its words."""

    text: str
    question: str
    key_points: Sequence[str] = ()
    tokens: list[Token] = field(init=False)
    copied: frozenset[int] = field(init=False)
    recited: frozenset[int] = field(init=False)
    repeated: frozenset[int] = field(init=False)
    denied: frozenset[int] = field(init=False)
    places: dict[str, list[int]] = field(init=False)
    folded: str = field(init=False)  # the text as patterns read it, each letter in its place

    def __post_init__(self) -> None:
        """Take the answer apart once."""
        self._said = without_instructions(self.text)
        self.tokens = tokens_of(self._said)
        stems = [token.stem for token in self.tokens]
        self.copied = _copied(stems, self.question)
        self.recited = _recited([token.word for token in self.tokens], self.key_points)
        self.repeated = _repeated(stems)
        self.folded = _fold(self._said)
        self._plain = self.folded.translate(SAME_LETTER)
        self._foreign = self.copied | self.recited | self.repeated
        self._own = [(at, token) for at, token in enumerate(self.tokens) if at not in self._foreign]
        self.denied = _denied(self._said, self.tokens)
        self.places = {}
        for index, token in self.own():
            self.places.setdefault(token.stem, []).append(index)

    @property
    def instructed(self) -> bool:
        """Whether some of it speaks to the judge."""
        return self._said != self.text

    @property
    def own_words(self) -> int:
        """Number of words that are neither read off the question or its key points nor said before."""
        return len(self._own)

    def own(self) -> Iterable[tuple[int, Token]]:
        """Return the speaker's own words with their places."""
        return self._own

    def find(self, phrase: Sequence[str], *, leaving_out: frozenset[int] = frozenset()) -> list[int]:
        """Return the places of a phrase's words at its first occurrence; up to two other words may stand between."""
        for first in self.places.get(phrase[0], ()) if phrase else ():
            if first in leaving_out:
                continue
            trail = [first]
            for stem in phrase[1:]:
                near = range(trail[-1] + 1, trail[-1] + 4)
                step = next((at for at in near if self._stem_at(at) == stem and at not in leaving_out), None)
                if step is None:
                    break
                trail.append(step)
            else:
                return trail
        return []

    def search(self, *patterns: re.Pattern[str]) -> list[int]:
        """Return the word at which each match of the patterns begins, own words only, in order."""
        matches = (match.start() for pattern in patterns for match in pattern.finditer(self._plain))
        return sorted({index for at in matches if (index := self.own_token_from(at)) is not None})

    def own_token_from(self, position: int) -> int | None:
        """Return the place of the word at or behind a position; None where it is not the speaker's own."""
        index = self._token_from(position)
        return None if index is None or index in self._foreign else index

    def quote(self, places: Sequence[int]) -> Evidence:
        """Return the sentence that holds most of the given places, or a part of it when it is long."""
        best = max({self.tokens[at].sentence for at in places}, key=lambda one: self._hits(one, places))
        first = bisect_left(self.tokens, best, key=_SENTENCE)
        last = bisect_right(self.tokens, best, lo=first, key=_SENTENCE) - 1
        if last - first >= QUOTE_WORDS:
            hit = next(at for at in places if self.tokens[at].sentence == best)
            if hit > first + QUOTE_WORDS - 5:  # near enough to its beginning the sentence is quoted from there
                first = hit - QUOTE_WORDS // 3
            last = min(last, first + QUOTE_WORDS - 1)
        start, end = self.tokens[first].start, self.tokens[last].end
        return Evidence(quote=self.text[start:end], start=start, end=end)

    def _hits(self, sentence: int, places: Sequence[int]) -> tuple[int, int]:
        return sum(self.tokens[at].sentence == sentence for at in places), -sentence

    def _stem_at(self, index: int) -> str | None:
        if index >= len(self.tokens) or index in self._foreign:
            return None
        return self.tokens[index].stem

    def _token_from(self, position: int) -> int | None:
        at = bisect_right(self.tokens, position, key=_END)
        return at if at < len(self.tokens) else None


def each_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return what finds each place where one of these begins, also inside what another one has matched there."""
    return re.compile(rf"\b(?={'|'.join(patterns)})")


def _fold(text: str) -> str:
    straight = text.replace("\u2019", "'")
    folded = straight.lower()
    if len(folded) == len(straight):
        return folded
    # A few letters change their length in lower case; they stay as they are.
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in straight)


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """Return every so many words in a row."""
    return zip(*(words[at:] for at in range(length)), strict=False)


def _marked(words: Sequence[str], wanted: AbstractSet[tuple[str, ...]], length: int) -> Iterator[int]:
    """Return the places of the words whose runs are among the wanted ones."""
    return (one for at, run in enumerate(_runs(words, length)) if run in wanted for one in range(at, at + length))


def _copied(stems: Sequence[str], question: str) -> frozenset[int]:
    return frozenset(_marked(stems, _asked(question), COPIED_RUN))


@lru_cache(maxsize=2_000)  # questions, which many answers are held against
def _asked(question: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_runs(stems_of(question), COPIED_RUN))


def _recited(words: Sequence[str], key_points: Sequence[str]) -> frozenset[int]:
    """Mark what stands in the list of key points word for word; whoever has seen the list has not answered yet."""
    said = set(_runs(words, RECITED_RUN))
    marked: set[int] = set()
    for point in key_points:
        short, whole, length = _listed(point)
        if not said.isdisjoint(short):
            marked.update(_marked(words, whole, length))
    return frozenset(marked)


@lru_cache(maxsize=4_000)  # key points, which many answers are held against; the bank has about 1,000
def _listed(point: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]], int]:
    """Return the runs that an answer which recites a point has at the very least, those it has, and their length."""
    words = [token.word for token in tokens_of(point)]
    length = max(RECITED_RUN, math.ceil(RECITED_SHARE * len(words)))
    return frozenset(_runs(words, RECITED_RUN)), frozenset(_runs(words, length)), length


def _denied(text: str, tokens: list[Token]) -> frozenset[int]:
    """Mark what is said not to be: the words behind a "not" or "never", up to the end of the clause."""
    marked: set[int] = set()
    denying = False
    end = 0
    for index, token in enumerate(tokens):
        if token.word in CLAUSE_WORDS or _CLAUSE_END.search(text, end, token.start):
            denying = False
        if token.word in DENIALS:
            denying = CONDITIONS.isdisjoint(before.word for before in tokens[max(0, index - CONDITION_REACH) : index])
        elif denying:
            marked.add(index)
        end = token.end
    return frozenset(marked)


def _repeated(stems: Sequence[str]) -> frozenset[int]:
    """Mark the words of runs that were said before; padding an answer must not make it longer."""
    seen: dict[tuple[str, ...], int] = {}
    marked: set[int] = set()
    for at, run in enumerate(_runs(stems, REPEATED_RUN)):
        first = seen.setdefault(run, at)
        if at > first:
            marked.update(range(max(at, first + REPEATED_RUN), at + REPEATED_RUN))
    return frozenset(marked)

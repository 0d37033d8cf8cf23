# ruff: noqa: E501 - word lists
"""Small words that turn an answer round: denials, opposites, and "I don't know"."""

import re
from collections.abc import Iterable, Mapping, Sequence

from analysis.engines.offline.vocabulary import CLAUSE_WORDS, DENIALS
from analysis.engines.offline.words import Token, stem_of

_NUMBER = re.compile(r"^\d")
_NUMBER_WORDS = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "hundred",
        "thousand",
        "million",
    ]
)
_DENIAL_REACH = 6  # words

_OPPOSITES = """
increase/decrease increase/reduce more/less more/fewer higher/lower high/low open/closed open/close faster/slower fast/slow
larger/smaller large/small longer/shorter before/after first/last always/never same/different positive/negative
connected/separated connected/disconnected complete/incomplete hot/cold warm/cool up/down above/below top/bottom left/right
static/dynamic public/private read/write start/end begin/end best/worst maximum/minimum max/min greater/less
inside/outside internal/external possible/impossible true/false on/off strong/weak heavy/light gain/lose with/without
ascending/descending synchronous/asynchronous linear/exponential constant/variable early/late earlier/later
"""
_PAIRS = tuple((stem_of(left), stem_of(right)) for left, _, right in (one.partition("/") for one in _OPPOSITES.split()))

# What stays of "I don't know" when it is written in a hurry.
_NOT_KNOWN = re.compile(
    r"\b(?:(?:do not|don't|dont|didn't|did not|can't|cannot|can not|couldn't|could not|wouldn't|never|not|unable to|forgot"
    r"|forget|no longer)(?: (?:really|even|exactly|quite|actually|how to))? "
    r"(?:know|knew|understand|understood|remember|recall|sure|certain|answer|learn|learned|learnt|get it|a clue|have (?:an|any) "
    r"(?:idea|answer|clue))|no (?:idea|clue|answer|comment|guess)|idk|dunno|i (?:give up|pass|forgot|am lost|guess)|skip"
    r"|not (?:known|answered|applicable|available)|n a|beats me|who knows|good question|have to (?:pass|skip)|i'm lost"
    r"|not familiar|no knowledge|unknown|unsure|clueless|haven't (?:learned|learnt|studied|covered|a clue))\b"
)
_MOST_BESIDE = 14  # words; a longer answer says something beside it


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or written out."""
    return bool(_NUMBER.match(word)) or word in _NUMBER_WORDS


def says_not_known(tokens: Sequence[Token]) -> bool:
    """Whether a short text says that the answer is not known."""
    if not 0 < len(tokens) <= 2 * _MOST_BESIDE:
        return False
    words = " ".join(token.word for token in tokens)
    said = sum(len(match.group().split()) for match in _NOT_KNOWN.finditer(words))
    return said > 0 and len(tokens) - said <= _MOST_BESIDE


def opposites(wanted: Mapping[str, int], said: Mapping[str, int]) -> int:
    """Return the number of words whose opposite is said instead, up to 3."""
    parted = sum(
        (one in wanted and other not in wanted and other in said and one not in said)
        or (other in wanted and one not in wanted and one in said and other not in said)
        for one, other in _PAIRS
    )
    return min(3, parted)


def denied_places(tokens: Iterable[Token]) -> set[int]:
    """Return the places of words behind a "not", up to the end of its clause or sentence."""
    places: set[int] = set()
    left, sentence = 0, -1
    for at, token in enumerate(tokens):
        if token.word in DENIALS or token.word in {"cannot", "can't", "without", "no"}:
            left, sentence = _DENIAL_REACH, token.sentence
            continue
        if token.sentence != sentence or token.word in CLAUSE_WORDS:
            left = 0
        if left:
            places.add(at)
            left -= 1
    return places

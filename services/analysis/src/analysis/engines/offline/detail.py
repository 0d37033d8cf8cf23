"""How concrete an answer is, and whether its story can be followed: counted, not understood."""

import re
from dataclasses import dataclass
from functools import cached_property

from contracts.analysis import Evidence, Level, StarName

from analysis.engines.offline.document import Document, each_of
from analysis.engines.offline.telling import Telling
from analysis.engines.offline.vocabulary import (
    BEFORE_AND_AFTER,
    CONSTRAINT,
    EXAMPLE,
    MOMENT,
    REASONS,
)
from analysis.engines.offline.words import Token

_MOMENT, _EXAMPLE, _CONSTRAINT, _REASON = map(each_of, (MOMENT, EXAMPLE, CONSTRAINT, REASONS))
_BEFORE_AND_AFTER = tuple(map(re.compile, BEFORE_AND_AFTER))  # each match to its end, which the next begins behind
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NUMBER_WORDS = frozenset(
    [
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
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
        "million",
        "half",
        "twice",
        "double",
    ]
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A level with the words it rests on, and a sentence that says what was counted."""

    level: Level
    rationale: str
    evidence: tuple[Evidence, ...]


class Details:
    """Places of what makes an answer concrete; each kind is looked for when it is first asked for."""

    def __init__(self, document: Document) -> None:
        """Read how it is told."""
        self._document = document
        self._telling = Telling(document)

    @property
    def actions(self) -> list[int]:
        """What the speaker did."""
        return self._telling.action

    @cached_property
    def numbers(self) -> list[int]:
        """Figures, in digits or words, that are no years."""
        return [at for at, token in self._document.own() if _is_number(token)]

    @cached_property
    def names(self) -> list[int]:
        """Names, each once."""
        return _names(self._document)

    @cached_property
    def examples(self) -> list[int]:
        """Examples, and moments that something belongs to."""
        moments = {*self._document.search(_MOMENT), *self._telling.situation}
        return self._document.search(_EXAMPLE) + sorted(moments)

    @cached_property
    def compared(self) -> list[int]:
        """States before and after."""
        return self._document.search(*_BEFORE_AND_AFTER)

    @cached_property
    def constraints(self) -> list[int]:
        """What stood in the way."""
        return self._document.search(_CONSTRAINT)

    @cached_property
    def reasons(self) -> list[int]:
        """Reasons that are given."""
        return self._document.search(_REASON)

    @property
    def parts(self) -> dict[StarName, list[int]]:
        """The parts of a story."""
        return self._telling.parts

    @property
    def headline(self) -> int:
        """Where a result that is told first ends."""
        return self._telling.headline

    @property
    def first_act(self) -> int | None:
        """The first act behind it."""
        return self._telling.first


def specific_evidence(document: Document, found: Details) -> Finding:
    """Judge how concrete the example is: own actions, numbers, names and the moment they belong to."""
    actions, numbers, names = len(found.actions), len(found.numbers), len(found.names)
    concrete = actions >= 2 and bool(numbers or names or found.examples)  # noqa: PLR2004  # one may be a phrase
    level: Level = 1
    if concrete and found.compared:
        level = 5
    elif concrete and numbers and (names or found.constraints):
        level = 4
    elif concrete:
        level = 3
    elif actions or found.examples:
        level = 2
    shown = [*found.compared[:1], *found.numbers[:1], *found.actions[:1], *found.names[:1], *found.examples[:1]]
    counted = (
        f"Found {_count(actions, 'own action')}, {_count(numbers, 'number')}, {_count(names, 'name')} "
        f"and {_count(len(found.constraints), 'constraint')}."
    )
    return Finding(level, counted, _quotes(document, shown))


def concrete_detail(document: Document, found: Details) -> Finding:
    """Judge how much an explanation is backed by reasons, numbers and examples."""
    amounts = [len(found.reasons), len(found.numbers), len(found.examples)]
    kinds = sum(amount > 0 for amount in amounts)
    level: Level = 1
    if kinds == len(amounts) and sum(amounts) > kinds:  # each kind, and not once each
        level = 4
    elif kinds > 1:
        level = 3
    elif kinds:
        level = 2
    shown = [*found.reasons[:1], *found.numbers[:1], *found.examples[:1]]
    counted = (
        f"Found {_count(len(found.reasons), 'reason')}, {_count(len(found.numbers), 'number')} "
        f"and {_count(len(found.examples), 'example')}."
    )
    return Finding(level, counted, _quotes(document, shown))


def structure(document: Document, found: Details) -> Finding:
    """Judge whether situation, task, action and result can be told apart and come in order."""
    parts = found.parts
    present = [name for name, places in parts.items() if places]
    ordered = _ordered(document, found)
    level: Level = 1
    if len(present) == 4 and ordered:  # noqa: PLR2004  # situation, task, action, result
        first = found.first_act if found.first_act is not None else found.actions[0]
        after = len(document.tokens) - first
        level = 5 if after > 0.6 * len(document.tokens) and document.own_words >= 90 else 4  # noqa: PLR2004
    elif len(present) >= 2 and ordered:  # noqa: PLR2004  # two or three parts
        level = 3
    elif present:
        level = 2
    missing = [name for name in parts if name not in present]
    text = f"Recognised {', '.join(present) or 'none of the four parts'}"
    text += f"; not recognised: {', '.join(missing)}." if missing and present else "."
    return Finding(level, text, _quotes(document, [places[0] for places in parts.values() if places]))


def _ordered(document: Document, found: Details) -> bool:
    """Whether the situation comes no later than the acts and a result behind them, sentence by sentence.

    A result told first, as a headline, is the direct reply that the rubric asks for: the order is that of the rest.
    """
    sentence = [one.sentence for one in document.tokens]
    situation, result = (
        [sentence[at] for at in found.parts[name] if at >= found.headline] for name in ("situation", "result")
    )
    first = found.first_act if found.first_act is not None else next(iter(found.actions), None)
    began = None if first is None else sentence[first]
    if situation and began is not None and situation[0] > began:
        return False
    begun = began if began is not None else next(iter(situation), None)
    return not result or begun is None or result[-1] >= begun


def _is_number(token: Token) -> bool:
    word = token.word
    return word in _NUMBER_WORDS or (word[0].isdecimal() and not _YEAR.match(word))


def _names(document: Document) -> list[int]:
    """Return capitalised words that do not begin a sentence, one place for each name."""
    seen: dict[str, int] = {}
    previous = -1
    for at, token in document.own():
        begins = token.sentence != previous
        previous = token.sentence
        written = document.text[token.start : token.end]
        if not begins and written[0].isupper() and token.is_content and not _is_month_or_day(token.word):
            seen.setdefault(token.word, at)
    return list(seen.values())


_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "english",
    ]
)


def _is_month_or_day(word: str) -> bool:
    return word in _CALENDAR


def _quotes(document: Document, places: list[int]) -> tuple[Evidence, ...]:
    """Return up to two different quotes."""
    quotes: list[Evidence] = []
    for at in places:
        quote = document.quote([at])
        if all(quote.start >= other.end or quote.end <= other.start for other in quotes):
            quotes.append(quote)
    return tuple(quotes[:2])


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"

"""Figures that differ between answers for the same thing.

A wrong note costs more trust than a missed one, so only a few plain ways of saying a figure are read, and two figures
are set against each other only when nothing says that they belong to different times, places or projects.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from contracts.analysis import ConsistencyNote, QuotedEvidence

from analysis.engines.numbers import NUMBER_WORDS
from analysis.models import Analysis

MOST_NOTES = 3
# From twenty on a word may be only the beginning of its number: "twenty five".
_WORDS = {word: float(value) for word, value in NUMBER_WORDS.items() if value in range(1, 20) and word != "dozen"}
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?|{'|'.join(_WORDS)})"
_THING = r"(?P<thing>[a-z][a-z-]+(?: [a-z][a-z-]+){1,2})"  # one word alone ("costs") may be anything
_PERCENT = r" ?(?:%|percent\b|per cent\b)"
_MOVED = "fell|dropped|rose|grew|went up|went down"
_PATTERNS = tuple(
    (about, re.compile(pattern, re.IGNORECASE))
    for about, pattern in (
        ("team", rf"\b(?:my|our|the|a)? ?team of {_NUMBER}\b(?!%)"),
        ("team", rf"\b{_NUMBER}[- ]person team\b"),
        ("years of experience", rf"\b{_NUMBER} years of experience(?: (?:with|in|as) (?P<thing>[\w+#-]+))?"),
        (
            "{} (change)",
            rf"\b(?:cut|reduced|lowered|raised|increased|improved) (?:the |our |my )?{_THING} by {_NUMBER}{_PERCENT}",
        ),
        (
            "{} (change)",
            rf"\b(?:the|our|my) {_THING} (?:{_MOVED}) by {_NUMBER}{_PERCENT}",
        ),
        (
            "{} (level)",
            rf"\b(?:the|our|my) {_THING} (?:{_MOVED}|was|were)(?: to)? {_NUMBER}{_PERCENT}",
        ),
    )
)
_VAGUE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|over|under|up to|at least|at most|more than|less than)\s*$", re.IGNORECASE
)
# Where and when a story took place. Two answers that name different ones tell of different things.
_SETTINGS = re.compile(
    r"\b(?:(?:first|second|third|last|previous|current|present|former|old|new|next) (?:job|role|company|employer|"
    r"position|team|project|year)|university|college|school|internship|apprenticeship|(?:19|20)\d\d|at the moment|now"
    r"|today|these days|later|another|other)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w&-]+(?: [A-Z][\w&-]+)*")
_NO_NAMES = frozenset({"I", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


@dataclass(frozen=True, slots=True)
class _Figure:
    answer_id: UUID
    about: str
    value: float
    quote: str


def differing_figures(rows: Sequence[Analysis]) -> tuple[ConsistencyNote, ...]:
    """Return the pairs of figures that differ, at most one for a thing, in the order of the answers."""
    texts = {row.answer_id: row.text for row in rows}
    settings = {answer_id: _setting(text) for answer_id, text in texts.items()}
    figures = [one for row in rows for one in _figures(row.answer_id, row.text)]
    notes: dict[str, ConsistencyNote] = {}
    for first, second in combinations(figures, 2):
        if first.answer_id == second.answer_id or first.about != second.about or first.value == second.value:
            continue
        if settings[first.answer_id] != settings[second.answer_id]:
            continue
        # Whoever gives both figures in one answer has told how the one became the other.
        if any(len({one.value for one in _about(figures, first.about, answer)}) > 1 for answer in texts):
            continue
        notes.setdefault(first.about, _note(first, second))
    return tuple(notes.values())[:MOST_NOTES]


def _about(figures: Iterable[_Figure], about: str, answer_id: UUID) -> Iterator[_Figure]:
    return (one for one in figures if one.about == about and one.answer_id == answer_id)


def _figures(answer_id: UUID, text: str) -> Iterator[_Figure]:
    for about, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if _VAGUE.search(text[: found.start("number")]):
                continue
            groups = found.groupdict()
            thing = " ".join((groups.get("thing") or "").lower().split())
            name = about.format(thing) if "{}" in about else f"{about} {thing}".strip()
            yield _Figure(answer_id, name, _value(groups["number"]), found.group().strip())


def _value(number: str) -> float:
    word = _WORDS.get(number.lower())
    return word if word is not None else float(number.replace(",", ""))


def _setting(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the times and places, and the names, that an answer is about."""
    names = frozenset(found.group() for found in _NAME.finditer(text)) - _NO_NAMES
    return frozenset(found.group().lower() for found in _SETTINGS.finditer(text)), names


def _note(first: _Figure, second: _Figure) -> ConsistencyNote:
    return ConsistencyNote(
        about=first.about.removesuffix(" (change)").removesuffix(" (level)"),
        first=QuotedEvidence(answer_id=first.answer_id, quote=first.quote),
        second=QuotedEvidence(answer_id=second.answer_id, quote=second.quote),
        note="Numbers differ.",
    )

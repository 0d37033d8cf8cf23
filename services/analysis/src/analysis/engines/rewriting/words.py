"""Sentences and words of a text, for comparing what is said with what was said."""

import re

from contracts.analysis import Evidence
from kit.sentence_ends import SENTENCE_END

from analysis.engines.numbers import NUMBER_WORDS
from analysis.engines.offline.words import Token, tokens_of

_LETTER = re.compile(r"\w")
_NUMBER_WORDS = {word: str(value) for word, value in NUMBER_WORDS.items()} | {
    "half": "half",
    "double": "double",
    "doubled": "double",
    "twice": "double",
    "triple": "triple",
    "tripled": "triple",
}


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, word for word."""
    return [one.strip() for one in SENTENCE_END.split(text) if _LETTER.search(one)]


def number_of(word: str) -> str | None:
    """Return a number in one way of writing: "1,000", "thousand" and "1000" are the same; None for other words."""
    if word[:1].isdigit():
        return word.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word) else word.replace(",", ".")
    return _NUMBER_WORDS.get(word)


def words_outside(text: str, known: set[str]) -> tuple[Evidence, ...]:
    """Return the words of a text whose stems are not known."""
    return tuple(
        Evidence(quote=text[one.start : one.end], start=one.start, end=one.end)
        for one in tokens_of(text)
        if one.stem not in known
    )


def content_of(text: str) -> list[Token]:
    """Return the words that carry meaning."""
    return [one for one in tokens_of(text) if one.is_content]

"""Words and their stems: what two texts are compared by. Offsets are positions in the text, in code points."""

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from kit.sentence_ends import SENTENCE_END

from analysis.engines.offline.vocabulary import FUNCTION_WORDS, PAST_TO_BASE, SAME_MEANING

_TOKEN = re.compile(r"[cC]\+\+|[cC]#|\d+(?:[.,:]\d+)*|[^\W\d_][^\W_]*(?:['\u2019][^\W_]+)*|%")
_CONTRACTED = re.compile(r"(?<=.)'(?:s|d|m|ve|ll|re)$")  # "I'd checked" says what "I checked" does
_STEMMER = snowballstemmer.stemmer("english")


class Token(NamedTuple):
    """One word: `text[start:end]`."""

    start: int
    end: int
    word: str
    stem: str
    sentence: int

    @property
    def is_content(self) -> bool:
        """Whether the word carries meaning of its own."""
        return self.word not in FUNCTION_WORDS


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """Return the stem words are compared by: one for all spellings, tenses, contractions and synonyms of a word."""
    word = _CONTRACTED.sub("", word.lower().replace("\u2019", "'"))
    base = PAST_TO_BASE.get(word, word)
    stem: str = _STEMMER.stemWord(SAME_MEANING.get(base, base))
    stem = _SAME_STEMS.get(stem, stem)
    if len(stem) > 4:  # noqa: PLR2004  # shorter ones are words of their own: "this", "four"
        stem = re.sub(r"is$", "iz", stem)
        stem = re.sub(r"our(?=$|it|abl)", "or", stem)
    return stem


_SAME_STEMS: dict[str, str] = {
    _STEMMER.stemWord(word): _STEMMER.stemWord(first) for word, first in SAME_MEANING.items()
}


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in order."""
    found: list[Token] = []
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text) + 1]
    sentence = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while start >= starts[sentence + 1]:
            sentence += 1
        found.append(Token(start, end, *_read(match.group()), sentence))
    return found


@lru_cache(maxsize=50_000)
def _read(written: str) -> tuple[str, str]:
    """Return a word as it is compared, and its stem."""
    word = written.lower().replace("\u2019", "'")
    return word, stem_of(word)


def stems_of(text: str) -> list[str]:
    """Return the stems of a text in order, function words included."""
    return [token.stem for token in tokens_of(text)]


@lru_cache(maxsize=4_000)  # questions and key points, which many answers are held against; the bank has about 1,200
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a question or a key point that carry meaning."""
    return frozenset(token.stem for token in tokens_of(text) if token.is_content)

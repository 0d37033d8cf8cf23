"""Reading an answer as far as words go: sentences, stems, denials, and a few words to quote."""

import re
from collections.abc import Sequence

from kit.sentence_ends import SENTENCE_END

from interview.writers.repeats import content_words

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ions",
    "ion",
    "es",
    "ed",
    "ly",
    "s",
)
_SHORTEST_STEM = 4
_SHORT_NO = 60  # words; in a longer answer "I don't know" is about something else
_OWN_WORDS = 5
_ENGLISH_SHARE = 0.2  # people write 0.3 to 0.5; other languages share a word or two
_QUOTED_WORDS = 12
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "he",
        "her",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "more",
        "my",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "other",
        "our",
        "out",
        "over",
        "she",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "i'm",
        "i've",
        "i'd",
        "i'll",
        "it's",
        "don't",
        "didn't",
        "wasn't",
    ]
)
_NOT_KNOWN = re.compile(
    r"\bi (?:really |honestly |just )?(?:do not|don't|dont|wouldn't|would not) know\b"
    r"|\b(?:no|not any) (?:idea|clue|experience)\b"
    r"|\bi(?:'ve| have)? never (?:heard|used|done|worked|had)\b"
    r"|\bi (?:cannot|can't|cant|could not|couldn't) (?:answer|think of|remember|say)\b"
    r"|\bnot sure(?: what| how|\.|$)"
    r"|\b(?:pass|skip)(?: on)? (?:this|that)\b"
    r"|\bnothing (?:more|else) (?:to (?:say|add)|comes)\b",
    re.IGNORECASE,
)


def straight(text: str) -> str:
    """Return the text with straight apostrophes."""
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def words_of(text: str) -> list[str]:
    """Return the words, in lower case."""
    return [match.group().casefold() for match in WORD.finditer(straight(text))]


def count_words(text: str) -> int:
    """Return the number of words."""
    return len(words_of(text))


def sentences_of(text: str) -> list[str]:
    """Return the sentences without the white space around them."""
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]


def stem_of(word: str) -> str:
    """Cut the commonest endings off: rough, but the same for question, key point and answer."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stems_of(text: str) -> set[str]:
    """Return the stems of the words that carry meaning."""
    return {stem_of(word) for word in content_words(straight(text)) if word not in _FUNCTION_WORDS}


def stems_in_order(text: str) -> list[str]:
    """Return the stem of every word."""
    return [stem_of(word) for word in words_of(text)]


def holds_phrase(stems: Sequence[str], phrase: str) -> bool:
    """Tell whether the words of `phrase` stand next to each other, and in this order, among `stems_in_order`."""
    wanted = stems_in_order(phrase)
    return bool(wanted) and any(
        stems[at] == wanted[0] and stems[at : at + len(wanted)] == wanted for at in range(len(stems) - len(wanted) + 1)
    )


def says_nothing(answer: str, question: str) -> bool:
    """Tell whether there is nothing to follow up: a no, a few empty words, the question said back, or no English."""
    words = words_of(answer)
    if len(words) < _SHORT_NO and _NOT_KNOWN.search(straight(answer)):
        return True
    if len(stems_of(answer) - stems_of(question)) < _OWN_WORDS:
        return True
    return sum(word in _FUNCTION_WORDS for word in words) < _ENGLISH_SHARE * len(words)


def quote(sentence: str) -> str:
    """Return the beginning of a sentence, verbatim and not in the middle of a word."""
    found = list(WORD.finditer(sentence))
    if len(found) <= _QUOTED_WORDS:
        return sentence.strip().rstrip(".!?,;: ")
    return sentence[: found[_QUOTED_WORDS - 1].end()].strip()

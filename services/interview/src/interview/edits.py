"""How far an answer is from what was heard."""

import re

from rapidfuzz.distance import Levenshtein

_CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(rf"[^\W_]+(?:['{_CURLY}.,-][^\W_]+)*")


def edit_ratio(heard: str, text: str) -> float:
    """Return the words to add, remove or replace, over the words of the longer text: 0 the same, 1 nothing in common.

    Case and punctuation do not count: no engine is sure of them, and putting them right is no change of the answer.
    """
    return round(Levenshtein.normalized_distance(_words(heard), _words(text)), 4)


def _words(text: str) -> list[str]:
    return [word.casefold().replace(_CURLY, "'") for word in _WORD.findall(text)]

"""Reasons not to judge an answer at all. Each is a sentence the candidate reads."""

import re
from collections import Counter

from analysis.engines.offline.document import Document, each_of
from analysis.engines.offline.vocabulary import FUNCTION_WORDS, NOT_KNOWN, OTHER_LANGUAGES
from analysis.engines.offline.words import content_stems, tokens_of

ENOUGH_WORDS = 25
SHORT_ENOUGH_TO_BE_A_NO = 60
LETTERS_FOR_LANGUAGE = 20
_LETTERS = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile("[\u0250-\U0010ffff]")
WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that set no spaces
_NOT_KNOWN = each_of(NOT_KNOWN)
_ODD = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|(.)\1{3}|^[^aeiouy]{4,}$")

NO_WORDS = "There are no words in the answer."
ONLY_INSTRUCTIONS = "The answer holds nothing but instructions to the judge."
SAYS_NO = "The answer says that it is not known, so there is nothing to judge."
READS_LIST = "The answer repeats the list of what a good answer covers and adds too little to it."
REPEATS_QUESTION = "The answer repeats the question and adds too little to it."
SAME_WORDS = "The answer says the same words again and again."
QUESTIONS_WORDS = "The answer is made of the question's own words."
NON_ANSWERS = frozenset(
    {NO_WORDS, ONLY_INSTRUCTIONS, SAYS_NO, READS_LIST, REPEATS_QUESTION, SAME_WORDS, QUESTIONS_WORDS}
)
NOT_ENGLISH = "The answer does not read as English, and without AI only English answers can be judged."
UNREADABLE = "The answer could not be read as sentences."


def count_words(document: Document) -> int:
    """Return the number of words; in scripts without spaces two characters count as one."""
    wide = len(WIDE.findall(document.text))
    return max(len(document.tokens), wide // 2)


def too_little(document: Document) -> str | None:  # noqa: PLR0911  # one reason a line
    """Say why there is too little in the answer for anybody, or nothing, to judge; None when there is enough."""
    words = count_words(document)
    if words == 0:
        return ONLY_INSTRUCTIONS if tokens_of(document.text) else NO_WORDS
    if words != len(document.tokens):  # stems, copies and "I don't know" are known for English only
        return None if words >= ENOUGH_WORDS else _short(words)
    own = document.own_words
    if own < SHORT_ENOUGH_TO_BE_A_NO and _says_no(document):
        return SAYS_NO
    if own < ENOUGH_WORDS:
        if len(document.recited) > own:
            return READS_LIST
        if len(document.copied) > own:
            return REPEATS_QUESTION
        if len(document.repeated) > own:
            return SAME_WORDS
        return _short(own)
    if _mostly_question(document):
        return QUESTIONS_WORDS
    return None


def unreadable(document: Document) -> str | None:
    """Say why the offline engine cannot read the answer; None when it can."""
    letters = "".join(_LETTERS.findall(document.text))
    if len(letters) < LETTERS_FOR_LANGUAGE:
        return None
    if len(_OTHER_SCRIPT.findall(letters)) > len(letters) * 0.3:
        return NOT_ENGLISH
    total = len(document.tokens)
    words = Counter([token.word for token in document.tokens])
    english = _times(words, FUNCTION_WORDS) / total
    other = max(_times(words, known) for known in OTHER_LANGUAGES.values()) / total
    if other > max(english, 0.12):
        return NOT_ENGLISH
    odd = sum(times for word, times in words.items() if _ODD.search(word)) / total
    if odd > 0.3 or english < 0.06:  # noqa: PLR2004  # people write 0.3 to 0.5 function words, keyword lists none
        return UNREADABLE
    first = document.tokens[:400]  # the longer a text, the fewer of its words are new
    kinds = len({token.stem for token in first}) / len(first)
    if total >= 60 and kinds < 0.15:  # noqa: PLR2004  # an answer of 200 words has 0.4 to 0.7
        return SAME_WORDS
    return None


def _times(words: Counter[str], known: frozenset[str]) -> int:
    return sum(words[word] for word in words.keys() & known)


def _short(words: int) -> str:
    counted = "1 word" if words == 1 else f"{words} words"
    return f"Too little to judge: {counted} of its own, and at least {ENOUGH_WORDS} are needed."


def _says_no(document: Document) -> bool:
    """Whether it is "I don't know" and not a story that has these words in it."""
    return bool(document.search(_NOT_KNOWN)) and document.own_words < ENOUGH_WORDS + 10


def _mostly_question(document: Document) -> bool:
    asked = content_stems(document.question)
    said = [token for token in document.tokens if token.is_content]
    return bool(said) and sum(token.stem in asked for token in said) > 0.7 * len(said)

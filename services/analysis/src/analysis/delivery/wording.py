"""Fillers, hedges, repetition, ownership and readability, from the words of the answer."""

import re
from collections import Counter

from contracts.analysis import Evidence, Ownership, PhraseCount, Phrases, Readability, Repetition
from kit.sentence_ends import SENTENCE_END

from analysis.engines.offline.guards import WIDE
from analysis.engines.offline.vocabulary import FUNCTION_WORDS

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# "what kind of" asks and "I think in graphs" tells: neither takes anything back.
HEDGES = re.compile(
    r"\b(?:i (?:think|guess|suppose)(?! in\b)|maybe|perhaps|probably|possibly|more or less|i['\u2019]m not sure"
    r"|(?<!what )(?<!the )(?<!this )(?<!that )(?<!any )(?<!some )(?:sort|kind) of)\b",
    re.IGNORECASE,
)
# "er" in small letters only: the ER is a place.
HESITATIONS = re.compile(r"\b(?:[Uu]mm*|[Uu]hm*|[Ee]rm+|er)\b(?!-)")
# Set apart by commas they stand for nothing; elsewhere they may mean something ("do you know what", "I like").
FILLERS = re.compile(HESITATIONS.pattern + r"|(?i:\byou know(?=,)|\bi mean(?=,)|(?<=, )like(?=,))")
VOWELS = re.compile(r"[aeiouy]+")
WINDOW = 50
REPEATED = 3
ENGLISH_SHARE = 0.2  # people write 0.3 to 0.5; other languages share a word or two


def words_of(text: str) -> list[str]:
    """Return the words in lower case."""
    return [one.lower().replace("\u2019", "'") for one in WORD.findall(text)]


def count_of(text: str) -> int:
    """Return the number of words; in scripts without spaces two characters count as one, as when it is judged."""
    return max(len(WORD.findall(text)), len(WIDE.findall(text)) // 2)


def is_english(words: list[str]) -> bool:
    """Tell whether enough of the words are those that hold English sentences together."""
    return sum(one in FUNCTION_WORDS for one in words) >= ENGLISH_SHARE * len(words)


def hedges_of(text: str) -> Phrases:
    """Return the phrases that take back what is said, with their places."""
    return _phrases(HEDGES, text, text)


def fillers_of(text: str, heard: str) -> Phrases | None:
    """Return the filler words that were heard, and where they still stand in the answer's text.

    Engines that write speech down leave most hesitations out, some all of them. The count is what was written down, so
    the least there can have been; where not one hesitation was written down it tells nothing, and is None.
    """
    return _phrases(FILLERS, text, heard) if HESITATIONS.search(heard) else None


def repetition_of(text: str) -> Repetition:
    """Return the variety of words, and the three-word phrases that came up three times or more."""
    words = words_of(text)
    shares = [len(set(words[at : at + WINDOW])) / WINDOW for at in range(len(words) - WINDOW + 1)]
    counts = Counter(" ".join(words[at : at + 3]) for at in range(len(words) - 2))
    return Repetition(
        variety=round(sum(shares) / len(shares), 3) if shares else None,
        phrases=_counted(Counter({phrase: n for phrase, n in counts.items() if n >= REPEATED})),
    )


def ownership_of(words: list[str]) -> Ownership:
    """Return how often the speaker says "I" and "we"."""
    first = [one.split("'")[0] for one in words]
    i, we = first.count("i"), first.count("we")
    note = "You say \u201cwe\u201d more often than \u201cI\u201d: make clear which part was yours." if we > i else None
    return Ownership(i=i, we=we, note=note)


def readability_of(text: str) -> Readability:
    """Return the length of the sentences and the Flesch reading ease."""
    words = words_of(text)
    sentences = max(1, sum(bool(WORD.search(one)) for one in SENTENCE_END.split(text)))
    per_sentence = len(words) / sentences
    per_word = sum(syllables_of(one) for one in words) / max(1, len(words))
    return Readability(
        sentences=sentences,
        words_per_sentence=round(per_sentence, 1),
        flesch=round(206.835 - 1.015 * per_sentence - 84.6 * per_word, 1),
    )


def syllables_of(word: str) -> int:
    """Count the groups of vowels; a silent e at the end is none, an l before it keeps it."""
    groups = len(VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1
    return max(1, groups - silent)


def _phrases(pattern: re.Pattern[str], text: str, heard: str) -> Phrases:
    """Count in what was heard; places are those in the answer's text, which may have been edited since."""
    counts = Counter(one.group().lower().replace("\u2019", "'") for one in pattern.finditer(heard))
    return Phrases(
        count=counts.total(),
        per_100_words=round(counts.total() * 100 / max(1, len(words_of(heard))), 1),
        by_phrase=_counted(counts),
        places=tuple(Evidence(quote=one.group(), start=one.start(), end=one.end()) for one in pattern.finditer(text)),
    )


def _counted(counts: Counter[str]) -> tuple[PhraseCount, ...]:
    return tuple(PhraseCount(phrase=phrase, count=n) for phrase, n in counts.most_common())

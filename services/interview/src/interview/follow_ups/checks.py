"""What a model's wording must pass before anybody reads it. What does not pass is not mended but left."""

import re

from kit.text import is_storable

from interview.follow_ups.reading import count_words, holds_phrase, stems_in_order, stems_of, straight
from interview.follow_ups.task import Task

MOST_WORDS = 30
_SHORTEST, _LONGEST = 12, 300
_HINT = 2  # so many words of a key point that nobody has said yet give it away
_QUOTED = re.compile('["\u201c\u201e\u201d]([^"\u201c\u201d\u201e]+)["\u201c\u201d]')
_MARKUP = re.compile(r"https?:|www\.|[<>{}\[\]`|\\]|\n")
_PERSON = re.compile(
    r"\byou(?:'re| are| were| seem| sound| appear| look| lack)\b"
    r"(?! (?:asked|given|told|working|responsible|faced|building|left|using|able))"
    r"|\byour (?:personality|character|nature|accent|tone|nerves|intelligence|age|gender|name|family|health|religion)\b"
    r"|\b(?:nervous|anxious|confident|unconfident|attitude|arrogant|he|she|candidate)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:scores?|scored|marks?|levels? \d|rubric|key points?|prompt|instructions?|system|json|ignore)\b",
    re.IGNORECASE,
)


def faults_of(text: str, task: Task) -> list[str]:
    """Return why a wording cannot be used; empty when it can."""
    found = []
    if not _SHORTEST <= len(text) <= _LONGEST or count_words(text) > MOST_WORDS:
        found.append("length")
    if text.count("?") != 1 or not text.endswith("?"):
        found.append("not one question")
    if _MARKUP.search(text) or not is_storable(text):
        found.append("characters")
    if _PERSON.search(straight(text)):
        found.append("about the person")
    if _says_new(_INSIDE, text, task):
        found.append("about the judging")
    if any(quoted.strip(" .,!?").casefold() not in task.answer.casefold() for quoted in _QUOTED.findall(text)):
        found.append("a quote that is not in the answer")
    if gives_away(text, task):
        found.append("gives a key point away")
    return found


def gives_away(text: str, task: Task) -> bool:
    """Tell whether a wording says what a good answer should, in words that neither question nor answer has."""
    heard = stems_of(task.questions) | stems_of(task.answer)
    new, said = stems_of(text) - heard, stems_in_order(text)
    for point in task.key_points:
        if len(new & stems_of(point.text)) >= _HINT:
            return True
        if any(stems_of(term) & new and holds_phrase(said, term) for term in point.terms):
            return True
    return False


def _says_new(pattern: re.Pattern[str], text: str, task: Task) -> bool:
    """Tell whether it uses such a word first: a candidate may well talk of a system, and be asked about it."""
    heard = f"{task.questions} {task.answer}".casefold()
    return any(match.group().casefold() not in heard for match in pattern.finditer(text))

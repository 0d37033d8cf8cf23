"""What kind of answer it is and which parts of a story it has, where words alone can show it."""

import re

from contracts.analysis import AnswerType, Evidence, Star, StarElement, StarName, StarState
from contracts.interview import Question

from analysis.engines.offline.detail import Details
from analysis.engines.offline.document import Document
from analysis.engines.star import NO_STORY, asks_for_a_story, star_of

HABIT = re.compile(r"\b(?:i|we) (?:usually|always|often|generally|normally|typically|would|will)\b")
ENOUGH_ACTIONS = 2  # one may be a phrase: "I was asked"
THIN = 0.05  # of the answer's words; a result in half a sentence is there and no more
MOST_QUOTES = 2


def star(document: Document, found: Details, question: Question) -> Star:
    """Return the recognised parts with their words; a question that asks for no story has none."""
    if not asks_for_a_story(question):
        return NO_STORY
    evidence = {name: _quotes(document, places) for name, places in found.parts.items()}
    starts = {name: [document.tokens[at].start for at in places] for name, places in found.parts.items()}
    recognised: dict[StarName, StarState] = {name: "present" for name, places in found.parts.items() if places}
    told = star_of(document.text, recognised, evidence, starts)
    return told.model_copy(update={"elements": tuple(map(_thin_when_short, told.elements))})


def answer_type(document: Document, found: Details, question: Question) -> AnswerType | None:
    """Return the kind of answer; None where words do not show it, which is often."""
    if not asks_for_a_story(question):
        return None
    acted = len(found.actions)
    if acted >= ENOUGH_ACTIONS and found.parts["situation"]:
        return "story"
    return "pseudo_story" if not acted and document.search(HABIT) else None


def tells_what_happened(found: Details) -> bool:
    """Whether somebody tells what they did in one concrete case, whatever it is about."""
    parts = found.parts
    if (
        parts["situation"] and parts["result"]
    ):  # "I called, drove and got 240" is one act with an "I", and a whole story
        return bool(found.actions)
    return len(found.actions) >= ENOUGH_ACTIONS and bool(parts["situation"] or found.numbers or found.names)


def _thin_when_short(one: StarElement) -> StarElement:
    short = one.state == "present" and one.share_of_words < THIN
    return one.model_copy(update={"state": "thin"}) if short else one


def _quotes(document: Document, places: list[int]) -> tuple[Evidence, ...]:
    quotes: dict[int, Evidence] = {}
    for at in places:
        quote = document.quote([at])
        quotes.setdefault(quote.start, quote)
        if len(quotes) == MOST_QUOTES:
            break
    return tuple(quotes.values())

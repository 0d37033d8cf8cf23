"""The parts of a story: what an engine found of them, and how many of the answer's words belong to each, by code."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import get_args

from contracts.analysis import Evidence, Star, StarElement, StarName, StarState
from contracts.interview import Question
from kit.sentence_ends import SENTENCE_END

NAMES: tuple[StarName, ...] = get_args(StarName)
NO_STORY = Star(applies=False, elements=())
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def asks_for_a_story(question: Question) -> bool:
    """Tell whether a good answer to the question is something that happened."""
    return question.kind == "behavioural"


def star_of(
    text: str,
    states: Mapping[StarName, StarState],
    evidence: Mapping[StarName, Sequence[Evidence]],
    starts: Mapping[StarName, Sequence[int]] | None = None,
) -> Star:
    """Write the parts down. A part without words to show it is absent, whatever its state was said to be.

    `starts` are the places where the telling turns to a part, when more of them are known than the evidence shows.
    """
    shown = {name: tuple(evidence.get(name, ())) for name in NAMES}
    places = starts or {name: [one.start for one in found] for name, found in shown.items()}
    shares = _shares(text, {name: places.get(name, ()) for name in NAMES if shown[name]})
    return Star(
        applies=True,
        elements=tuple(
            StarElement(
                name=name,
                state=states.get(name, "absent") if shown[name] else "absent",
                share_of_words=shares.get(name, 0.0),
                evidence=shown[name],
            )
            for name in NAMES
        ),
    )


def _shares(text: str, starts: Mapping[StarName, Sequence[int]]) -> dict[StarName, float]:
    """Return each part's share of the words: from where it begins to where another one does.

    The first place in a sentence stands for the sentence's beginning; what comes before all of them goes to the first.
    """
    sentences = [0, *(one.end() for one in SENTENCE_END.finditer(text))]
    turns: dict[int, StarName] = {}
    begun: set[int] = set()
    for place, name in sorted((place, name) for name, places in starts.items() for place in places):
        sentence = sentences[bisect_right(sentences, place) - 1]
        turns[place if sentence in begun else sentence] = name
        begun.add(sentence)
    if not turns:
        return {}
    words = [word.start() for word in _WORD.finditer(text)]
    cuts = sorted(turns)
    bounds = [0, *(bisect_left(words, cut) for cut in cuts[1:]), len(words)]
    counts: Counter[StarName] = Counter()
    for cut, (begin, end) in zip(cuts, pairwise(bounds), strict=True):
        counts[turns[cut]] += end - begin
    return {name: round(count / len(words), 2) for name, count in counts.items()} if words else {}

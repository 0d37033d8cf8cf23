"""The improvement that needs no AI: the candidate's own sentences in the order of a good answer, word for word."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from contracts.analysis import StarName
from contracts.interview import Question

from analysis.engines.offline.document import Document
from analysis.engines.offline.telling import Telling
from analysis.engines.offline.vocabulary import BEFORE_AND_AFTER
from analysis.engines.rewriting.shapes import MOST_FACTS, Facts, OutlineLine, OutlineSlot, SlotId
from analysis.engines.rewriting.words import sentences_of

_LABELS: dict[SlotId, str] = {
    "headline": "The headline",
    "context": "One sentence of context",
    "decisions": "What you decided and did",
    "result": "The result",
    "change": "What you would change",
}
_ASK: dict[SlotId, str] = {
    "headline": "Which one sentence says what you did and what came of it?",
    "context": "When and where was this, and what was at stake?",
    "decisions": "Which part did you decide and do yourself?",
    "result": "How did it end, and which number shows it?",
    "change": "What would you do differently, or what do you do differently since?",
}
_MOST: dict[SlotId, int] = {"headline": 1, "context": 1, "decisions": 3, "result": 2, "change": 2}
_CHANGE = (
    r"\b(?:next time|in hindsight|looking back|since then|differently|i learn(?:ed|t)|the lesson)\b",
    r"\bwould (?:now|rather)\b",
)
_OWN = (
    r"\bi (?:\w+ly |then |also |first )?(?:\w{2,}ed|\w+ought|chose|built|wrote|made|took|led|set|ran|began|put)\b",
    r"\bi (?:\w+ly |then |also |first )?(?:told|spoke|went|found|did|gave|kept|split|cut)\b",
    r"\bi (?:would |then |first )?(?:measure|look|ask|check|compare|start|use|write)\b",
)
# What a question asks for tells where its answer belongs; the first that fits counts.
_BELONGS: tuple[tuple[SlotId, str], ...] = (
    ("change", r"\b(?:differently|change|learn|next time|since)\b.*\?"),
    ("result", r"\b(?:number|figure|result|outcome|end|effect|impact|how (?:much|many)|before and after|measur)"),
    ("context", r"\b(?:when|where|context|situation|stake)\b"),
    ("decisions", r"\b(?:yourself|you do|your part|decide|why did you|which part|steps)\b"),
)


def outline_of(text: str, facts: Facts) -> tuple[OutlineSlot, ...]:
    """Fill each part with the candidate's sentences; each sentence stands once, in the order it was said."""
    filled: dict[SlotId, list[OutlineLine]] = {slot: [] for slot in _LABELS}
    for fact in facts.items:
        if fact.text:
            filled[_slot_of_question(fact.question)].append(OutlineLine(text=fact.text, source="facts"))
    free = list(dict.fromkeys(sentences_of(text)))
    told = _told(text, free)  # the outline and the report name the same parts
    _take(filled, "change", free, _matching(free, _CHANGE))
    _take(filled, "result", free, told["result"] | _matching(free, BEFORE_AND_AFTER))
    _take(filled, "context", free[: max(1, len(free) // 2)], told["situation"] | told["task"], out_of=free)
    _take(filled, "decisions", free, _matching(free, _OWN))
    results = filled["result"]
    if len(results) > 1:  # of several results the one with a figure says most at the beginning
        best = next((one for one in results if re.search(r"\d", one.text)), results[0])
        results.remove(best)
        filled["headline"].append(best)
    return tuple(
        OutlineSlot(
            id=slot,
            label=label,
            lines=tuple(filled[slot]),
            ask=None if filled[slot] else _ASK[slot],
        )
        for slot, label in _LABELS.items()
    )


def questions_for(question: Question, text: str, missing: Sequence[str]) -> Facts:
    """Return what to ask before improving: what the analysis found missing, else what a story's outline lacks."""
    asked = list(dict.fromkeys(missing))
    if not asked and question.kind == "behavioural":
        slots = outline_of(text, Facts(items=()))
        asked = [one.ask for one in slots if one.ask is not None and one.id != "headline"]
    return Facts.model_validate(
        {"items": [{"id": number, "question": one} for number, one in enumerate(asked[:MOST_FACTS], start=1)]}
    )


def _told(text: str, sentences: Sequence[str]) -> dict[StarName, set[str]]:
    """Return the sentences in which each part of the story is told."""
    document = Document(text, "")
    ends = {(start := text.find(one)): start + len(one) for one in sentences}
    return {
        name: {
            text[start:end]
            for start, end in ends.items()
            if any(start <= document.tokens[at].start < end for at in places)
        }
        for name, places in Telling(document).parts.items()
    }


def _matching(sentences: Sequence[str], patterns: Sequence[str]) -> set[str]:
    return {one for one in sentences if any(re.search(pattern, one, re.IGNORECASE) for pattern in patterns)}


def _take(
    filled: dict[SlotId, list[OutlineLine]],
    slot: SlotId,
    candidates: list[str],
    fitting: AbstractSet[str],
    out_of: list[str] | None = None,
) -> None:
    """Move sentences that fit into a slot, as far as it has room."""
    free = candidates if out_of is None else out_of
    # A result may give one sentence to the headline.
    most = _MOST[slot] + (1 if slot == "result" else 0)
    for sentence in list(candidates):
        if len(filled[slot]) >= most:
            return
        if sentence in fitting:
            filled[slot].append(OutlineLine(text=sentence, source="answer"))
            free.remove(sentence)


def _slot_of_question(question: str) -> SlotId:
    return next((slot for slot, pattern in _BELONGS if re.search(pattern, question, re.IGNORECASE)), "decisions")

"""Judges an answer by counting words. No understanding: only that a better answer gets a higher level.

Levels rise with the share of the key points' words found in the answer and with its length. Quotes are cut out of
the answer as they stand, so they can be verified.
"""

import re
from typing import Any

from fake_gemini.shapes import fit, items_of

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
FULL_LENGTH = 120  # words after which an answer is long enough for the highest level
ANSWERED = 12  # fewer words are no answer


def judges(schema: dict[str, Any]) -> bool:
    """Tell whether the schema asks for a judgement."""
    return {"dimensions", "answered"} <= set(schema.get("properties", {}))


def judge(schema: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return a judgement in the schema's shape."""
    answer = str(data.get("answer", ""))
    points = [point for point in data.get("key_points", []) if isinstance(point, dict)]
    dimensions = [one for one in data.get("dimensions", []) if isinstance(one, dict)]
    covered = {point["id"]: _best_sentence(answer, _stems(_words_of(point))) for point in points}
    hits = [quote for quote in covered.values() if quote]
    words = len(_WORD.findall(answer))
    answered = words >= ANSWERED
    share = len(hits) / len(points) if points else 0.5
    level = max(1, min(5, round(1 + 4 * share * min(1.0, words / FULL_LENGTH) + 0.2)))
    quotes = hits or [_clip(answer)]
    missed = [point for point in points if not covered[point["id"]]]
    return fit(
        schema,
        {
            "answered": answered,
            "answer_type": _type(data, answer, answered=answered),
            "star": [fit(items_of(schema, "star"), one) for one in _star(answer)],
            "headline": _headline(hits, points),
            "dimensions": [
                fit(items_of(schema, "dimensions"), _dimension(one, index, level, quotes, answered=answered))
                for index, one in enumerate(dimensions)
            ],
            "key_points": [
                fit(
                    items_of(schema, "key_points"),
                    {"id": point["id"], "covered": bool(covered[point["id"]]), "quote": covered[point["id"]] or None},
                )
                for point in points
            ],
            "strengths": [
                fit(
                    items_of(schema, "strengths"),
                    {"text": "This is said in concrete words.", "quote": q},
                )
                for q in hits[:2]
            ],
            "gaps": [fit(items_of(schema, "gaps"), _gap(point, dimensions)) for point in missed[:2]],
            "missing_facts": ["What was the figure before and after?"] if not re.search(r"\d", answer) else [],
            "instruction_attempt": "ignore" in answer.lower() and "instruction" in answer.lower(),
        },
    )


def _dimension(one: dict[str, Any], index: int, level: int, quotes: list[str], *, answered: bool) -> dict[str, Any]:
    if not answered:
        return {"id": one["id"], "quotes": [], "rationale": "The answer says too little for this.", "level": None}
    own = max(1, min(5, level - (1 if index % 3 == 2 and level > 1 else 0)))
    return {
        "id": one["id"],
        "quotes": [quotes[index % len(quotes)]],
        "rationale": f"The answer shows this at level {own} through what is quoted.",
        "level": own,
    }


STAR = {
    "situation": r"\b(?:in my|at my|last|was working|was building)\b",
    "task": r"\b(?:had to|my task|needed to|the problem was|could not)\b",
    "action": r"\bI (?:\w+ )?\w+ed\b|\bI (?:read|wrote|built|led)\b",
    "result": r"\b(?:result|in the end|since then|fell|rose|saved|turned out)\b",
}


def _type(data: dict[str, Any], answer: str, *, answered: bool) -> str:
    if not answered:
        return "non_answer"
    if data.get("kind") != "behavioural":
        return "technical_explanation"
    return "story" if re.search(STAR["action"], answer) else "opinion"


def _star(answer: str) -> list[dict[str, Any]]:
    """Return the parts of a story: present where one of a few words stands, quoted with its sentence's beginning."""
    parts = []
    for name, words in STAR.items():
        sentence = next((one.group() for one in _SENTENCE.finditer(answer) if re.search(words, one.group())), None)
        quote = _clip(sentence) if sentence else None
        parts.append({"name": name, "quote": quote, "state": "present" if quote else "absent"})
    return parts


def _gap(point: dict[str, Any], dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "text": f"This is missing: {str(point.get('text', '')).rstrip('.')}.",
        "fix": "Add one sentence about it, with an example.",
        "dimension": dimensions[0]["id"] if dimensions else None,
        "quote": None,
    }


def _headline(hits: list[str], points: list[dict[str, Any]]) -> str:
    return f"The answer covers {len(hits)} of {len(points)} key points."


def _words_of(point: dict[str, Any]) -> str:
    return f"{point.get('text', '')} {' '.join(str(term) for term in point.get('terms', []))}"


def _stems(text: str) -> set[str]:
    return {word.lower()[:6] for word in _WORD.findall(text) if len(word) > 3}  # short words say little


def _best_sentence(answer: str, wanted: set[str]) -> str:
    """Return the sentence with the most wanted words, clipped to 25 words; empty when none has two."""
    best, most = "", 1
    for match in _SENTENCE.finditer(answer):
        found = len(_stems(match.group()) & wanted)
        if found > most:
            best, most = _clip(match.group().strip()), found
    return best


def _clip(text: str, words: int = 25) -> str:
    """Return the first words of the text exactly as written."""
    matches = list(_WORD.finditer(text))[:words]
    return text[matches[0].start() : matches[-1].end()] if matches else ""

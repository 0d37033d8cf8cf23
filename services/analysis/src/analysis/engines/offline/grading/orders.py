# ruff: noqa: E501, ISC004 - one pattern a line, or two
"""Sentences that speak to whoever marks the answer: they are no part of it, and are taken out before it is read.

Each pattern needs two things that stand together in orders and hardly ever in answers. An answer may skip an instruction,
override a method or name the top level; a sentence taken out by mistake would cost its writer marks.
"""

import re
from itertools import pairwise

_JUDGE = r"(?:grader|marker|examiner|teacher|professor|instructor|evaluator|judge|chatbot|ai|llm|gpt|reviewer|assessor)"
_MARKS = r"(?:marks?|points?|scores?|grades?|credits?|ratings?|stars?)"
_FULL = r"(?:full|top|max(?:imum)?|highest|perfect|best|all|100 ?%|excellent|complete)"
_WHOSE = r"(?:all|any|every|previous|prior|above|earlier|preceding|your|other|grading|marking|scoring|system|original)"
_RULES = r"(?:instructions?|prompts?|rules|rubrics?|guidelines?|criteria|directions)"
_MINE = r"(?:(?:this|my|the|student's|candidate's|following|above) )+(?:answer|response|submission|solution|student|candidate)"
_PATTERNS = (
    rf"\b(?:ignore|disregard|forget|override|overrule|bypass)\b[^.!?\n]{{0,30}}\b{_WHOSE}\b[^.!?\n]{{0,30}}\b{_RULES}\b",
    rf"\b(?:ignore|disregard|forget)\b[^.!?\n]{{0,20}}\b(?:the {_RULES}|rubric|reference answer|marking scheme)\b",
    r"\b(?:ignore|disregard|forget) (?:all |everything |anything |what )?(?:\w+ ){0,3}(?:above|before|previous(?:ly)?)"
    r"(?=\W*$|\W*[.,;:!?\n]| and | that you| you)",
    rf"\b(?:give|award|assign|grant|allocate|deserves?|earns?|merits?|receives?|get)\b[^.!?\n]{{0,40}}\b{_FULL}\b"
    rf"[^.!?\n]{{0,16}}\b{_MARKS}\b",
    r"\b(?:give|award|assign|grant|rate (?:it|this|me|my)|grade|mark|score|output|respond with)\b[^.!?\n]{0,40}"
    r"(?:\b(\d+)(?:\.\d+)? ?(?:/|out of) ?\1\b|\b(?:100|ten|five|10|5) ?(?:percent|marks|points|stars)|\ba\+)",
    rf"\b(?:grade|mark|rate|score|evaluate|assess|treat|consider|accept)\b[^.!?\n]{{0,20}}\b(?:{_MINE}|this|it|me)\b"
    r"[^.!?\n]{0,20}\b(?:correct|perfect|excellent|full|flawless|outstanding|right|highly|generously|leniently|level \d)",
    rf"\b{_MINE}\b[^.!?\n]{{0,30}}\b(?:deserves?|earns?|merits?|(?:should|must|has to|needs to) (?:get|receive|be "
    r"(?:graded|marked|given|scored|rated|awarded|accepted|considered|treated)))",
    rf"\b{_MINE} (?:is|was|has been)\b[^.!?\n]{{0,30}}\b(?:correct|perfect|flawless|complete|verified|approved|excellent)\b",
    r"\b(?:full|top|maximum|highest|perfect) (?:possible )?(?:marks?|credits?|grades?|ratings?)\b",
    r"\b(?:perfect|maximum|highest possible|full) scores?\b",
    rf"^\W*(?:system|assistant|developer|admin|user|instructions?|{_JUDGE})\s*(?:prompt|message|note|override)?\s*[:>\]]",
    rf"\b(?:dear|hey|hello|hi|attention|note to|message to|to) (?:the |all )?{_JUDGE}\b",
    rf"\b(?:you are|act as|pretend|behave as) (?:now )?[^.!?\n]{{0,24}}\b{_JUDGE}\b",
    rf"\bas (?:a|an|the) (?:\w+ )?{_JUDGE},? (?:you|i)\b",
    r"""["']?\b(?:scores?|grades?|ratings?|marks)["']?\s*(?::|=|is|should be|must be)\s*["']?\d""",
    rf"\b(?:i|we) (?:deserve|should (?:get|receive|be given)|want|need|demand)\b[^.!?\n]{{0,20}}\b(?:{_FULL}|good|high)"
    rf" {_MARKS}\b",
    r"\bnew (?:system )?instructions? ?:|\bsystem (?:prompt|override)\b|\bjailbreak|\bdeveloper mode\b",
    r"\b(?:end|start|begin(?:ning)?) of (?:the )?(?:student(?:'s)?|candidate(?:'s)?|system|prompt|rubric)\b",
    rf"\b(?:do not|don't|never|without) (?:grade|grading|mark|marking|penali[sz]|deduct|subtract)\w*\b[^.!?\n]{{0,30}}"
    rf"\b(?:{_MARKS}|{_MINE}|this|me|it)\b",
    rf"\b{_JUDGE}\b[^.!?\n]{{0,30}}\b(?:has|have|already) (?:decided|approved|verified|confirmed|agreed|graded|marked)\b",
    rf"\b(?:approved|verified|confirmed|graded|marked|checked) (?:as \w+ )?by (?:the |an? )?(?:\w+ )?{_JUDGE}\b",
)
_END = re.compile(r"(?<=[.!?}>])\s+|\n+")  # what is meant for a machine ends with its brackets
ORDERS = re.compile("|".join(f"(?:{one})" for one in _PATTERNS), re.IGNORECASE | re.MULTILINE)


def without_orders(text: str) -> str:
    """Return the text with every sentence that gives orders blanked out; what is left keeps its place."""
    if not ORDERS.search(text):
        return text
    starts = [0, *(one.end() for one in _END.finditer(text)), len(text)]
    parts = [text[begin:end] for begin, end in pairwise(starts)]
    return "".join(" " * len(one) if ORDERS.search(one) else one for one in parts)

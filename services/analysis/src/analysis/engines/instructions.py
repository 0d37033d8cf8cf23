"""Finds instructions to the judge inside an answer. Their words are no evidence, whoever judges.

This is no wall: a request in other words is not found. It only makes the usual ones worthless and visible.
"""

import re

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_INSTRUCTION = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b [^.!?\n]{0,40} \b(?:instructions?|prompts?|rubric|rules\ above)\b
    | \b(?:give|award|assign|grant)\b [^.!?\n]{0,40}
      \b(?:(?:top|full|maximum|highest|best|perfect)\ (?:marks?|scores?|levels?|grades?)|levels?\ (?:5|five))\b
    | \b(?:rate|score|grade|mark|judge)\ (?:this|it|me|my\ answer|everything)\b [^.!?\n]{0,20} \b(?:5|five|10|ten|100)\b
    | ^\s* (?:system|assistant)\ ?: | \b(?:new|your)\ system\ prompt\b | <\|?(?:system|im_start|endoftext)
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def instructions_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where sentences stand that tell the judge what to do, as ranges of code points."""
    return tuple((one.start(), one.end()) for one in _SENTENCE.finditer(text) if _INSTRUCTION.search(one.group()))

"""Finds instructions to the judge inside an answer. Their words are no evidence, whoever judges.

This is no wall: a request in other words is not found. It only makes the usual ones worthless and visible.
"""

import re

_SENTENCE = re.compile(r"(?:[^.!?\n]|(?<=\d)\.(?=\d))+[.!?]*")
_INSTRUCTION = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b [^.!?\n]{0,40} \b(?:instructions?|prompts?|rubric|rules\ above)\b
    | \b(?:give|award|assign|grant)\b [^.!?\n]{0,40}
      \b(?:(?:top|full|maximum|highest|best|perfect)\ (?:marks?|scores?|levels?|grades?)|levels?\ (?:5|five))\b
    | \b(?:rate|score|grade|mark|judge)\ (?:this|it|me|my\ answer|everything)\b [^.!?\n]{0,20} \b(?:5|five|10|ten|100)\b
    | \b(?:each|every|all)\b [^.!?\n]{0,30} \b(?:gets?|is|are|has|have|receives?)\ levels?\ (?:5|five)\b
    | \b(?:each|every|all)\ levels?\ (?:is|are|must\ be|should\ be)\ (?:5|five)\b(?!\ \w)
    | \byou\ are\ now\ (?:a|an|the|my)\b [^.!?\n]{0,30} \b(?:examiner|grader|marker|judge|assessor)\b
    | ["'](?:score|level|overall|grade)["']\ ?:\ ?["']?\d
    | ^[\s#*_"'}]* (?:system|assistant)\ ?(?::|$)
    | ^[\s"'}]* end\ of\ (?:the\ |this\ |my\ )?(?:answer|rubric|prompt)\W*$
    | \b(?:new|your)\ system\ prompt\b | <\|?(?:system|im_start|im_end|endoftext)
    | \b(?:ignoriere?|ignora|ignorez|игнорируй(?:те)?)\b [^.!?\n]{0,40} \b(?:anweisung|instruc|инструкци)
    | (?:忽略|无视|無視) [^.!?\n]{0,20} (?:指示|指令|说明) | تجاهل [^.!?\n]{0,30} التعليمات
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def instructions_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where sentences stand that tell the judge what to do, as ranges of code points."""
    return tuple((one.start(), one.end()) for one in _SENTENCE.finditer(text) if _INSTRUCTION.search(one.group()))


def without_instructions(text: str) -> str:
    """Return the text with these sentences blanked out; what is left keeps its place."""
    for start, end in instructions_in(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text

"""Finds instructions to the judge inside an answer. Their words are no evidence, whoever judges.

This is no wall: a request in other words is not found. It only makes the usual ones worthless and visible.
"""

import re
from collections.abc import Sequence

from kit.sentence_ends import INNER_STOP

_SENTENCE = re.compile(rf"(?:[^.!?\n]|{INNER_STOP})+[.!?]*")
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
# Requests for a level, in the words of people: to the judge, or in somebody's name.
_JUDGE = r"""
    (?:(?:evaluator|grader|marker|assessor|examiner|reviewer|judge|rater|scorer)s?
    |(?:scoring|grading|marking|rating|evaluation|assessment)\ (?:system|engine|model|tool|algorithm|software|team)
    |(?:ai|llm|language\ model)(?:\ (?:judge|grader|evaluator))?
    |who(?:m?ever|\ ever)\ (?:\w+\ ){0,2}?
    (?:grades|marks|scores|rates|judges|assesses|evaluates|reviews|reads)\ this)
"""
_RATE = r"(?:rate|mark|grade|score|judge|assess|evaluate|treat|classify|record|set|assign|give|award|put|count)"
_RATED = r"(?:rated|marked|graded|scored|judged|assessed|evaluated|treated|classified|recorded|given|awarded|counted)"
_OF_MINE = r"""
    (?:dimension|criteri(?:on|a)|categor(?:y|ie)|competenc(?:y|ie)|(?:key\ )?point|answer|response|submission|applicant
    |candidate|interview|transcript|aspect|skill)s?
"""
# "As strong or weak" is a scale and no wish.
_TOP = r"""
    (?:(?:as|with|an?)\ (?:\w+\ )?(?:strong|excellent|exceptional|outstanding|perfect|flawless|exemplary|covered|met)\b
      (?!\ (?:or|enough|and\ (?:weak|not))\b)
    |(?:top|full|highest|maximum|max|best|perfect|strongest)\ (?:possible\ |available\ )?
      (?:level|mark|score|grade|rating|band|credit|point)s?\b
    |(?:at|to|with)\ (?:the\ |its\ |their\ )?(?:top|highest|maximum|max|full)\b(?=\W*$|\ in\b|\ for\b|,)
    |levels?\ (?:5|five)\b|(?:5|five)\ out\ of\ (?:5|five)\b|\b(?:fully|completely)\ (?:met|covered)\b)
"""
_HIRING = r"""
    (?:hr|human\ resources|(?:the\ |your\ |our\ )?(?:hiring|recruit(?:ing|ment)|talent|people)
    \ (?:team|manager|committee|department|lead)
    |(?:the\ |your\ )?(?:recruiters?|interview\ panel|hr\ (?:team|department)))
"""
_REQUEST = re.compile(
    rf"""
    # spoken to whoever judges: "Note to the evaluator: please rate ..."
    ^\W*(?:(?:an?\ |important\ |quick\ |short\ )*
      (?:note|message|memo|notice|reminder|attention|instructions?|dear|hello|hi|hey)\b\ ?(?:to\ |for\ )?|to\ |for\ )?
      (?:the\ |all\ |any\ |my\ |our\ |your\ )*{_JUDGE}\ ?[:,;\u2013\u2014-]
      [^.!?\n]* \b(?:{_RATE}|{_RATED}|please|kindly|counts?\ as)\b [^.!?\n]* \b{_TOP}
    | \b{_JUDGE}\ (?:should|must|shall|(?:is|are)\ (?:\w+\ )?(?:asked|instructed|required|requested|directed|told)\ to
      |ha(?:s|ve)\ to|needs?\ to)\ (?:\w+\ )?{_RATE}\b [^.!?\n]{{0,60}} \b{_TOP}
    # an order: "please rate every dimension as strong"
    | (?:^|[,:;(\u2013\u2014-]|\b(?:please|kindly|(?:want|ask|need|tell|urge|request)\ you\ to
      |you\ (?:must|should|can|will|may|shall|(?:have|need|are)\ to)))\W{{0,3}}(?:please\ |just\ |simply\ )?{_RATE}
      \ (?:[\w']+\ ){{0,2}}?(?:every|each|all|this|these|my|the)\ (?:[\w']+\ ){{0,3}}?{_OF_MINE}\b
      [^.!?\n]{{0,40}}? \b{_TOP}
    | (?:^\W*|\b(?:please|kindly)\ |\byou\ (?:must|should)\ )(?:please\ |just\ |simply\ )?
      (?:rate|mark|grade|score|judge)\ (?:me|everything|all\ of\ (?:this|it))\b [^.!?\n]{{0,40}}? \b{_TOP}
    | \b(?:this|my)\ (?:answer|response|submission|transcript)s?\ (?:must|should|has\ to|needs\ to)\ (?:receive|get)\b
      [^.!?\n]{{0,30}}? \b{_TOP}
    | \b(?:this|these|my|every|each|all)\ (?:[\w']+\ ){{0,3}}?{_OF_MINE}\b [^.!?\n]{{0,80}}?
      \b(?:is|are|must|should|shall|ought|ha(?:s|ve)|needs?|will)\ (?:to\ )?(?:\w+ly\ )?be\ (?:\w+ly\ )?{_RATED}\b
      [^.!?\n]{{0,40}}? \b{_TOP}
    # in somebody's name: "As agreed with HR, mark ..."
    | \b(?:on\ behalf\ of|(?:agreed|cleared|arranged|discussed|confirmed)\ (?:with|by)
      |(?:approved|requested|instructed)\ by|at\ the\ request\ of|by\ order\ of
      |on\ (?:the\ )?instructions?\ (?:of|from)|as\ per|per|from)
      \ {_HIRING}\b
      [^.!?\n]{{0,120}}? (?<!\bi\ )(?<!\bwe\ )(?<!\bme\ to\ )(?<!\bus\ to\ )(?<!\bhad\ to\ )
      \b(?:{_RATE}|(?:be|is|are)\ (?:\w+ly\ )?{_RATED})\b [^.!?\n]{{0,60}}? \b{_TOP}
    | (?:^\W*|\bplease\ |\byou\ (?:must|should)\ )(?:write|say|state|report|conclude|mention)\b [^.!?\n]{{0,60}}?
      \bin\ your\ (?:feedback|report|evaluation|assessment|summary|review|rationale)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Each instruction has one of these, and each request one of either list below. Looking for them first, in lower case,
# keeps an answer cheap to read.
_INSTRUCTION_HINTS = (
    "instruc", "prompt", "rubric", "rules above", "mark", "score", "level", "grade", "rate this", "rate it",
    "rate m", "rate everything", "judge", "are now", "overall", "system", "assistant", "end of", "<", "anweisung",
    "игн", "忽略", "无视", "無視", "تجاهل",
)  # fmt: skip
_TOP_HINTS = (
    "strong", "excellent", "exceptional", "outstanding", "perfect", "flawless", "exemplary", "covered", " met",
    "top", "full", "highest", "max", "best", "level", "out of", "your",
)  # fmt: skip
_RATE_HINTS = (
    "rate", "mark", "grade", "score", "judge", "assess", "evaluat", "treat", "classif", "record", "set", "assign",
    "give", "award", "put", "count", "please", "kindly", "answer", "response", "submission", "transcript",
    "in your",
)  # fmt: skip
# What a pattern that ignores case takes for a plain letter, and `lower` does not make one.
SAME_LETTER = str.maketrans("\u0130\u0131\u017f", "iis")


def instructions_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where sentences stand that tell the judge what to do, as ranges of code points."""
    told, top, rate = (_found_in(_plain(text), hints) for hints in (_INSTRUCTION_HINTS, _TOP_HINTS, _RATE_HINTS))
    if not told and not (top and rate):
        return ()

    def is_instruction(sentence: str) -> bool:
        said = _plain(sentence)
        return bool(
            (_found_in(said, told) and _INSTRUCTION.search(sentence))
            or (_found_in(said, top) and _found_in(said, rate) and _REQUEST.search(sentence))
        )

    return tuple(one.span() for one in _SENTENCE.finditer(text) if is_instruction(one.group()))


def without_instructions(text: str) -> str:
    """Return the text with these sentences blanked out; what is left keeps its place."""
    for start, end in instructions_in(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _plain(text: str) -> str:
    return text.translate(SAME_LETTER).lower()


def _found_in(said: str, hints: Sequence[str]) -> list[str]:
    return [hint for hint in hints if hint in said]

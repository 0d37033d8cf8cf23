"""The rules' own words: one plain question for each gap, which gives nothing away that a good answer would say."""

from collections.abc import Mapping

from interview.follow_ups.checks import gives_away
from interview.follow_ups.gaps import Gap
from interview.follow_ups.task import Task

# By the verb a key point begins with; what it is about is left for the candidate to find.
_ASPECTS: Mapping[str, str] = {
    verb: aspect
    for aspect, verbs in {
        "why": "explains justifies understands thinks reflects",
        "how": "describes tells uses makes builds works writes plans starts takes runs keeps",
        "other_ways": "compares weighs chooses considers separates distinguishes proposes offers",
        "check": "checks tests measures watches finds examines looks monitors verifies",
        "outcome": "gives states estimates counts",
        "people": "asks agrees informs talks listens brings lets clarifies",
        "limits": "limits protects removes stops avoids acknowledges admits",
    }.items()
    for verb in verbs.split()
}
_PAST: Mapping[str, str] = {
    "why": "What were the reasons behind it?",
    "how": "How did that go, one thing after the other?",
    "other_ways": "Which other ways were open, and why this one?",
    "check": "How did it become clear whether it worked?",
    "outcome": "What came of it?",
    "people": "Who else was involved, and how?",
    "limits": "What could have gone wrong, and what was done about it?",
    "more": "What else mattered there?",
}
_GENERAL: Mapping[str, str] = {
    "why": "Why is that so?",
    "how": "How would that work, one thing after the other?",
    "other_ways": "Which other ways are there, and when would they be better?",
    "check": "How would it become clear whether it works?",
    "outcome": "What should come of it?",
    "people": "Who else has to be involved, and how?",
    "limits": "What could go wrong, and what helps against it?",
    "more": "What else matters here?",
}
_SPECIFY: Mapping[str, str] = {
    "own_part": "Which part of that was yours?",
    "result": "How did it end, and what changed because of it?",
    "number": "Which number shows it, before and after?",
    "example": "Can you show it with one concrete example?",
    "measure": "How would you tell that it had worked?",
}
_CHALLENGE_PAST = "What did that choice cost, and when would another one have been better?"
_CHALLENGE = "What speaks against that, and when would you choose otherwise?"


def word(gap: Gap, task: Task) -> str:
    """Return the follow-up question for a gap; it begins with the candidate's own words where there are any."""
    asked = _question(gap, task)
    if not gap.quote:
        return asked
    said = f"\N{LEFT DOUBLE QUOTATION MARK}{gap.quote}{_cut(gap.quote, task.answer)}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"You said: {said}. {asked}"


def _cut(quote: str, answer: str) -> str:
    """Return an ellipsis where the sentence goes on behind the quote."""
    at = answer.find(quote)
    rest = answer[at + len(quote) :].lstrip() if at >= 0 else ""
    return "" if not rest or rest[0] in ".!?" else " \N{HORIZONTAL ELLIPSIS}"


def _question(gap: Gap, task: Task) -> str:
    kind = task.kind
    if gap.kind == "challenge":
        return _CHALLENGE_PAST if kind == "behavioural" else _CHALLENGE
    if gap.kind == "specify":
        return _SPECIFY[gap.target]
    aspects = _PAST if kind == "behavioural" else _GENERAL
    verb = gap.point.text.split(maxsplit=1)[0].casefold() if gap.point is not None and gap.point.text.strip() else ""
    asked = aspects[_ASPECTS.get(verb, "more")]
    return aspects["more"] if gives_away(asked, task) else asked

"""The sentences of a saved report that more than one section says."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from contracts.analysis import AnswerAnalysis, AnswerNotice, DimensionResult, Evidence, Score, StarState, Uncertainty

LEVEL_WORDS: dict[int, str] = {1: "beginning", 2: "developing", 3: "solid", 4: "strong", 5: "exceptional"}
STAR_STATES: dict[StarState, str] = {"present": "told", "thin": "only touched", "absent": "not found"}
_CERTAINTY: dict[Uncertainty, str] = {"low": "Fairly certain", "medium": "Somewhat uncertain", "high": "Uncertain"}
_SURENESS: dict[Uncertainty, str] = {"low": "Quite sure", "medium": "Fairly sure", "high": "Not very sure"}
_NOTICES: dict[AnswerNotice, str] = {
    "instruction_attempt_ignored": "The answer holds words that read like instructions to the judge. "
    "They were given no credit.",
    "transcript_edited": "What was heard was edited before it was handed in. The edited text was judged.",
    "transcript_incomplete": "A part of what was said never became text. The text that was handed in was judged.",
}
# Letters that are written from right to left, by their class in the bidirectional algorithm (UAX #9).
_LEFTWARDS = ("R", "AL")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def plural(count: int, one: str) -> str:
    """`plural(2, "answer")` is "2 answers"."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def duration(seconds: float) -> str:
    """84 is "1 min 24 s"."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def percent(share: float) -> str:
    """0.042 is "4 %"."""
    return "under 1 %" if share > 0 and round(share * 100) == 0 else f"{round(share * 100)} %"


def long_date(day: date) -> str:
    """Like "3 November 2026", whatever the machine's locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def sureness(score: Score) -> str:
    """Say how sure a figure is, and between what it lies."""
    return f"{_SURENESS[score.uncertainty]}: between {score.low:.1f} and {score.high:.1f}."


def certainty(one: DimensionResult) -> str | None:
    """Say how sure a level is, and what a second rater gave where it gave another; None where it is not known."""
    if one.uncertainty is None:
        return None
    said = _CERTAINTY[one.uncertainty]
    match one.rater_levels:
        case (first, second, *_) if first != second:
            return f"{said}: a second rater gave level {second}."
    return f"{said}."


def notices_of(analysis: AnswerAnalysis) -> tuple[str, ...]:
    """Return what to know about how a judgement came about, a sentence each, in the words of the page."""
    said = [_NOTICES[one] for one in analysis.notices]
    match analysis.quotes_dropped:
        case 0:
            pass
        case 1:
            said.append("One quote the judge gave is not in the answer. It was left out, and counts as no evidence.")
        case dropped:
            said.append(
                f"{dropped} quotes the judge gave are not in the answer. They were left out, and count as no evidence."
            )
    return tuple(said)


def provider_name(provider: str, model: str | None) -> str:
    """Say who judged, in the middle of a sentence."""
    if provider == "offline":
        engine = "the built-in engine, which needs no network"
        return engine if model is None else f"{engine} ({model})"
    name = {"gemini": "Gemini", "openai": "an OpenAI-compatible server"}.get(provider, provider)
    return name if model is None else f"{name} ({model})"


def amid(text: str) -> str:
    """Return words of somebody to put inside a sentence of ours.

    What is written from right to left is isolated (UAX #9): else it would take the punctuation, the numbers and the
    next such word around it along.
    """
    if any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in text):
        return f"\u2068{text}\u2069"
    return text


def quotes_of(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the quotes, each once."""
    return tuple(dict.fromkeys(one.quote for one in evidence))

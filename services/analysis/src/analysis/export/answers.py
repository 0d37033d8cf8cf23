"""The part about one answer. Each function takes an analysis and returns blocks; an answer without any has none."""

from collections.abc import Callable, Iterable

from contracts.analysis import AnswerAnalysis, Delivery, PhraseCount

from analysis.export.document import Block, Check, Checks, Items, Note, Part, Quotes, Scale, Text, Words
from analysis.export.words import (
    LEVEL_WORDS,
    STAR_STATES,
    amid,
    certainty,
    duration,
    notices_of,
    percent,
    plural,
    quotes_of,
)
from analysis.schemas import AnswerReport

_STATES = {
    "queued": "This answer has not been read yet.",
    "running": "This answer is being read.",
    "insufficient": "Not scored.",
    "partial": "Only a part could be judged.",
    "failed": "This answer could not be analysed.",
}


def answer(one: AnswerReport) -> Part:
    """Return an answer: its question, the words, and what was found in them."""
    analysis = one.analysis
    return Part(
        heading=one.question.text,
        label=f"Question {one.question.position}, {amid(one.question.competency.label)}",
        blocks=(*_outcome(one), *_words(one), Text(_how_given(one), "quiet")),
        parts=tuple(_parts(analysis)) if analysis is not None else (),
    )


def attempt(one: AnswerReport) -> Part:
    """Return a later attempt: its words and how it came out, without the notes in full."""
    return Part(
        heading=one.question.text,
        label=f"Question {one.question.position}, attempt {one.attempt}",
        blocks=(*_outcome(one), *_words(one), Text(_how_given(one), "quiet")),
    )


def _outcome(one: AnswerReport) -> Iterable[Block]:
    state = _STATES.get(one.status)
    if state is not None:
        yield Text(f"{state} {one.status_reason or ''}".strip(), "strong")
    analysis = one.analysis
    if analysis is not None and analysis.score is not None:
        score = analysis.score
        said = f"{score.band.capitalize()}, {score.value:.1f} of 5, between {score.low:.1f} and {score.high:.1f}."
        yield Text(said, "strong")
    if analysis is not None and analysis.headline is not None:
        yield Text(analysis.headline)
    for notice in notices_of(analysis) if analysis is not None else ():
        yield Text(notice, "quiet")


def _words(one: AnswerReport) -> Iterable[Block]:
    """Return what was said, with each follow-up before its answer."""
    marked = _marked(one)
    if not one.parts:
        yield Words(one.text, marked)
    for part in one.parts:
        if part.follow_up is not None:
            yield Text(f"Follow-up: {amid(part.question_text)}", "strong")
        inside = [(max(start, part.start), min(end, part.end)) for start, end in marked]
        yield Words(part.text, tuple((start - part.start, end - part.start) for start, end in inside if start < end))


def _parts(analysis: AnswerAnalysis) -> Iterable[Part]:
    for heading, build in _PARTS:
        blocks = tuple(build(analysis))
        if blocks:
            yield Part(heading, blocks)


def _notes(analysis: AnswerAnalysis) -> Iterable[Block]:
    for strength in analysis.strengths:
        quotes = quotes_of([strength.evidence]) if strength.evidence else ()
        yield Note("Works well", strength.text, None, None, quotes)
    for gap in analysis.gaps:
        quotes = quotes_of([gap.evidence]) if gap.evidence else ()
        yield Note("Next time", gap.text, gap.fix or None, None, quotes)


def _scales(analysis: AnswerAnalysis) -> Iterable[Block]:
    unjudged: dict[str, list[str]] = {}
    for one in analysis.dimensions:
        if one.level is None:
            unjudged.setdefault(one.rationale, []).append(one.label)
            continue
        says = [Text(one.anchor)] if one.anchor else []
        if one.rationale:
            says.append(Text(one.rationale, "quiet"))
        if sure := certainty(one):
            says.append(Text(sure, "quiet"))
        if one.next_anchor and one.level < max(LEVEL_WORDS):
            says.append(Text(f"To reach {LEVEL_WORDS[one.level + 1]}: {one.next_anchor}", "quiet"))
        yield Scale(one.label, one.level, LEVEL_WORDS[one.level], tuple(says), quotes_of(one.evidence))
    for why, labels in unjudged.items():
        yield Scale(", ".join(labels), None, "not judged", (Text(why, "quiet"),) if why else (), ())


def _key_points(analysis: AnswerAnalysis) -> Iterable[Block]:
    if analysis.key_points:
        yield Checks(tuple(Check(one.text, one.covered, quotes_of(one.evidence)) for one in analysis.key_points))


def _story(analysis: AnswerAnalysis) -> Iterable[Block]:
    star = analysis.star
    if star is None or not star.applies:
        return
    for one in star.elements:
        share = f", about {percent(one.share_of_words)} of the words" if one.share_of_words else ""
        yield Text(f"{one.name.capitalize()}: {STAR_STATES[one.state]}{share}.")
        if one.evidence:
            yield Quotes(quotes_of(one.evidence))


def _missing_facts(analysis: AnswerAnalysis) -> Iterable[Block]:
    if analysis.missing_facts:
        yield Items(analysis.missing_facts)


def _delivery(analysis: AnswerAnalysis) -> Iterable[Block]:
    if analysis.delivery is not None:
        yield Text("Counted, not judged: none of this counts towards a score.", "quiet")
        yield Items(tuple(_delivery_lines(analysis.delivery)))


# A further part of an answer is one function and one line here.
_PARTS: tuple[tuple[str, Callable[[AnswerAnalysis], Iterable[Block]]], ...] = (
    ("Notes", _notes),
    ("Level by level", _scales),
    ("Parts of the story", _story),
    ("Key points", _key_points),
    ("Facts an interviewer would ask for", _missing_facts),
    ("How it was said", _delivery),
)


def _delivery_lines(found: Delivery) -> Iterable[str]:
    seconds = "" if found.length.seconds is None else f", {duration(found.length.seconds)} of speech"
    suggested = duration(found.length.suggested_seconds)
    yield f"{plural(found.length.words, 'word')}{seconds}. About {suggested} was suggested."
    if found.pace is not None:
        pace = found.pace
        line = f"{pace.words_per_minute:.0f} words per minute; {pace.typical_low} to {pace.typical_high} is typical."
        if pace.slowest is not None and pace.fastest is not None:
            line += f" Between {pace.slowest:.0f} and {pace.fastest:.0f} over 20 seconds."
        yield line
    if found.fillers is not None:
        fillers = found.fillers
        yield (
            f"At least {plural(fillers.count, 'filler word')}: {_phrases(fillers.by_phrase)}. "
            f"That is {fillers.per_100_words:.1f} per 100 words."
        )
    if found.pauses is not None:
        pauses = found.pauses
        yield (
            f"{plural(pauses.over_1_s, 'pause')} of over a second ({percent(pauses.share)} of the time), "
            f"the longest {pauses.longest_s:.1f} s."
        )
    if found.hedges is not None and found.hedges.count:
        yield f"{plural(found.hedges.count, 'hedging phrase')}: {_phrases(found.hedges.by_phrase)}."
    if found.repetition is not None and found.repetition.phrases:
        yield f"Said three times or more: {_phrases(found.repetition.phrases)}."
    if found.ownership is not None:
        note = f" {found.ownership.note}" if found.ownership.note else ""
        yield f"\u201cI\u201d {found.ownership.i}\u00d7, \u201cwe\u201d {found.ownership.we}\u00d7.{note}"
    if found.readability is not None:
        easy = found.readability
        yield (
            f"{plural(easy.sentences, 'sentence')} of {easy.words_per_sentence:.0f} words on average. "
            f"Reading ease {easy.flesch:.0f} (Flesch; higher is easier)."
        )
    for missing in found.not_measurable:
        yield f"Not measured: {missing.metric}. {missing.reason}"


def _phrases(counted: Iterable[PhraseCount]) -> str:
    return ", ".join(f"\u201c{amid(one.phrase)}\u201d {one.count}\u00d7" for one in counted)


def _how_given(one: AnswerReport) -> str:
    given = f"{'Spoken' if one.source == 'voice' else 'Written'} in {duration(one.duration_s)}"
    return given if one.analysis is None else f"{plural(one.analysis.words, 'word')}. {given}."


def _marked(one: AnswerReport) -> tuple[tuple[int, int], ...]:
    """Return the words the notes and levels rest on, overlapping ranges as one."""
    if one.analysis is None:
        return ()
    strengths = [note.evidence for note in one.analysis.strengths if note.evidence]
    gaps = [note.evidence for note in one.analysis.gaps if note.evidence]
    levels = [evidence for scale in one.analysis.dimensions for evidence in scale.evidence]
    ranges = sorted(
        (found.start, found.end)
        for found in (*strengths, *gaps, *levels)
        if one.text[found.start : found.end] == found.quote and found.start < found.end
    )
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)

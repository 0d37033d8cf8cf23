"""How an answer was said, counted by code: shown to the candidate, never part of a score."""

from contracts.analysis import AnswerLength, Delivery, NotMeasured
from contracts.interview import AnswerSource, Transcript

from analysis.delivery.timing import pace_of, pauses_of
from analysis.delivery.wording import (
    count_of,
    fillers_of,
    hedges_of,
    is_english,
    ownership_of,
    readability_of,
    repetition_of,
    words_of,
)
from analysis.engines.offline.grading.languages import ENGLISH, language_of

TIDIED = "Engines that write speech down leave out words such as \u201cum\u201d, and none was written down here."
ENGLISH_ONLY = "This is known for English only."
TOO_SHORT = "The answer is too short to tell its language by, and this is known for English only."
ENOUGH_TO_TELL = 12  # words; in fewer, English may well be without the small words it is told by
UNHEARD = "How this answer was heard was not kept."
NO_TIMES = "The engine that wrote this down gave no times for the words."
NO_SECONDS = "How long you spoke is not known."


def delivery_of(text: str, source: AnswerSource, transcript: Transcript | None, suggested_seconds: int) -> Delivery:
    """Describe the delivery of an answer; what only speech has does not apply to a typed one."""
    spoken = source == "voice" or transcript is not None
    pace = pace_of(transcript) if transcript else None
    pauses = pauses_of(transcript) if transcript else None
    words = words_of(text)
    english = bool(words) and is_english(words)
    unread = TOO_SHORT if len(words) < ENOUGH_TO_TELL and language_of(text) in {None, ENGLISH} else ENGLISH_ONLY
    fillers = fillers_of(text, transcript.heard) if transcript and english else None
    missing = []
    if spoken:
        if fillers is None:
            missing.append(
                NotMeasured(metric="fillers", reason=_why_no_fillers(transcript, TIDIED if english else unread))
            )
        if pace is None:
            missing.append(NotMeasured(metric="pace", reason=NO_SECONDS if transcript else UNHEARD))
        if pauses is None:
            missing.append(NotMeasured(metric="pauses", reason=NO_TIMES if transcript else UNHEARD))
    if words and not english:
        missing += [NotMeasured(metric=name, reason=unread) for name in ("hedges", "ownership", "readability")]
    return Delivery(
        spoken=spoken,
        pace=pace,
        fillers=fillers,
        hedges=hedges_of(text) if english else None,
        pauses=pauses,
        repetition=repetition_of(text) if words else None,
        length=AnswerLength(
            words=count_of(text),
            seconds=transcript.spoken_s if transcript else None,
            suggested_seconds=suggested_seconds,
        ),
        ownership=ownership_of(words) if english else None,
        readability=readability_of(text) if english else None,
        not_measurable=tuple(missing),
    )


def _why_no_fillers(transcript: Transcript | None, otherwise: str) -> str:
    return UNHEARD if transcript is None else otherwise

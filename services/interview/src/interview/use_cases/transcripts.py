"""What was heard of an answer, put together when the answer is handed in."""

from collections.abc import Sequence
from itertools import groupby

from contracts.interview import HeardWord, Transcript

from interview.edits import edit_ratio
from interview.models import Question, SpeechPart
from interview.schemas.speech import NewHeard


def transcript_of(question: Question, text: str, heard: NewHeard) -> Transcript | None:
    """Return what was heard before the candidate made it `text`; None when nothing was ever sent to the server."""
    if heard.text is not None:
        said = heard.text.strip()
        return Transcript(engine=heard.engine, heard=said, edit_ratio=edit_ratio(said, text))
    parts = question.speech_in_order
    if not parts:
        return None
    done = [part for part in parts if part.status == "done"]
    said = " ".join(part.text for part in done if part.text)
    return Transcript(
        engine="server",
        provider=next((part.provider for part in reversed(done) if part.provider), None),
        model=next((part.model for part in reversed(done) if part.model), None),
        heard=said,
        # What never became text may be what the answer says: then nobody can tell how much was edited.
        edit_ratio=edit_ratio(said, text) if len(done) == len(parts) else None,
        words=_words(done),
        spoken_s=round(sum(part.duration_ms for part in done if part.text) / 1000, 3),
    )


def _words(parts: Sequence[SpeechPart]) -> tuple[HeardWord, ...] | None:
    """Put the words of all parts on one clock: takes one after the other, without the pauses between them."""
    if not any(part.text for part in parts) or any(part.text and part.words is None for part in parts):
        return None
    words: list[HeardWord] = []
    began = 0.0
    for _, take in groupby(parts, key=lambda part: part.take):
        ended = began
        for part in take:
            start = began + part.offset_ms / 1000
            ended = max(ended, start + part.duration_ms / 1000)
            words += [
                HeardWord(
                    text=word["text"],
                    start_s=round(start + word["start_s"], 3),
                    end_s=round(start + word["end_s"], 3),
                )
                for word in part.words or ()
            ]
        began = ended
    return tuple(words)

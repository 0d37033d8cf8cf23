"""Pace and pauses, from the times of the words as they were heard."""

from itertools import pairwise
from typing import Literal

from contracts.analysis import Pace, Pauses
from contracts.interview import HeardWord, Transcript

from analysis.delivery.wording import words_of

TYPICAL = (120, 160)
SLOW, FAST = 110, 190  # words per minute; between them nothing is worth a note
WINDOW_S = 20.0
PAUSE_S = 1.0


def pace_of(transcript: Transcript) -> Pace | None:
    """Return the words per minute of what was heard; None when the time spoken is not known."""
    words, seconds = len(words_of(transcript.heard)), transcript.spoken_s
    if not words or not seconds:
        return None
    rate = words * 60 / seconds
    windows = _windows(transcript.words or ())
    note: Literal["slow", "fast"] | None = "slow" if rate < SLOW else "fast" if rate > FAST else None
    return Pace(
        words_per_minute=round(rate, 1),
        slowest=min(windows, default=None),
        fastest=max(windows, default=None),
        typical_low=TYPICAL[0],
        typical_high=TYPICAL[1],
        note=note,
    )


def pauses_of(transcript: Transcript) -> Pauses | None:
    """Return the silences between words; None without the words' times."""
    words = transcript.words or ()
    if len(words) < 2:  # noqa: PLR2004  # a pause lies between two words
        return None
    gaps = [max(0.0, after.start_s - before.end_s) for before, after in pairwise(words)]
    long = [gap for gap in gaps if gap > PAUSE_S]
    length = words[-1].end_s - words[0].start_s
    return Pauses(
        over_1_s=len(long),
        longest_s=round(max(gaps), 2),
        share=round(min(1.0, sum(long) / length), 3) if length > 0 else 0.0,
    )


def _windows(words: tuple[HeardWord, ...]) -> list[float]:
    """Words per minute in every whole window that starts with a word."""
    if not words:
        return []
    end = words[-1].end_s
    starts = [one.start_s for one in words]
    return [
        sum(start <= other < start + WINDOW_S for other in starts) * 60 / WINDOW_S
        for start in starts
        if start + WINDOW_S <= end
    ]

"""What is written for one answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from contracts.analysis import Evidence
from contracts.interview import Transcript

from analysis import delivery
from analysis.scoring_command.lines import Line, Point

Status = Literal["scored", "insufficient", "failed"]
Confidence = Literal["low", "medium", "high"]
SUGGESTED_SECONDS = 120  # a line says nothing about it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grader found.

    `insufficient` is an answer that says nothing: its score is 0, because none of what is asked for is there, and it
    has no level. Without a model it is also one in another language than what it is marked by, which has no score
    either, because what it says may be right. `failed` is an answer that nobody has judged: it has no figure of any
    kind. Both have a reason.
    """

    status: Status
    provider: str
    model: str | None = None
    score: float | None = None
    level: int | None = None
    confidence: Confidence | None = None
    reason: str | None = None
    evidence: Sequence[Evidence] = ()
    covered: Sequence[Point] = ()
    missed: Sequence[Point] = ()


def delivery_of(line: Line) -> dict[str, Any]:
    """Say what the words and the time tell about the delivery, as reports do; it is no part of any score."""
    if line.duration_s is None:
        found = delivery.delivery_of(line.answer, "typed", None, SUGGESTED_SECONDS)
    else:
        # Who heard it is not given; the field has to be named, and nothing of the delivery depends on it.
        heard = Transcript.model_construct(engine="server", heard=line.answer, spoken_s=line.duration_s, words=None)
        found = delivery.delivery_of(line.answer, "voice", heard, SUGGESTED_SECONDS)
    return found.model_dump(mode="json")


def written(line: Line, outcome: Outcome) -> bytes:
    """Write the result as one line."""
    score = None if outcome.score is None else round(outcome.score, 4)
    result: dict[str, object] = {"id": line.id, "score": score, "level": outcome.level}
    if line.max is not None:
        result["marks"] = None if outcome.score is None else round(outcome.score * line.max, 4)
    result |= {
        "status": outcome.status,
        "reason": outcome.reason,
        "confidence": outcome.confidence,
        "evidence": [{"quote": one.quote, "start": one.start, "end": one.end} for one in outcome.evidence],
        "covered": [{"id": one.id, "text": one.text} for one in outcome.covered],
        "missed": [{"id": one.id, "text": one.text} for one in outcome.missed],
        "delivery": delivery_of(line),
        "provider": outcome.provider,
        "model": outcome.model,
    }
    return json.dumps(result, ensure_ascii=False, allow_nan=False).encode() + b"\n"

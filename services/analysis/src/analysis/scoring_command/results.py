"""What is written for one answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.analysis import Evidence

from analysis.scoring_command.lines import Line, Point

Status = Literal["scored", "insufficient", "failed"]
Confidence = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grader found. Without a score there is a reason, and no figure of any kind."""

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


def delivery_of(line: Line) -> dict[str, float | None]:
    """Say what the words and the time tell about the delivery; it is no part of any score."""
    words = len(line.answer.split())
    pace = round(words / line.duration_s * 60, 1) if line.duration_s else None
    return {"words": words, "duration_s": line.duration_s, "words_per_minute": pace}


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

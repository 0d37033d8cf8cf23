"""The human-graded answers, read from where they lie; none of them is part of this repository."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("INTERVIEW_KIT_DATA", ROOT / "../shared/data"))
FILES = {"SAF": "saf2.jsonl", "SemEval": "semeval2013_task7_3way.jsonl"}
# Two labels for "not right" stand for several marks: "incorrect" holds half-right answers as well as wrong ones.
SOFT = {"correct": 1.0, "incorrect": 0.3, "contradictory": 0.15}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer with the mark that people gave it, both from 0 to 1."""

    source: str
    group: str  # the question; never in two parts at once
    question: str
    reference: str
    answer: str
    mark: float  # what is measured against
    target: float  # what is learnt
    kind: str = "real"


def rows() -> list[Row]:
    """Return every graded answer of both sets."""
    found: list[Row] = []
    for source, name in FILES.items():
        with (FOLDER / name).open(encoding="utf-8") as file:
            found += [_row(source, json.loads(line)) for line in file]
    return found


def _row(source: str, record: dict[str, object]) -> Row:
    mark = float(str(record["score"])) / float(str(record["max"]))
    return Row(
        source=source,
        group=f"{record['ds']}:{record['qid']}",
        question=str(record["question"]),
        reference=str(record["reference"]),
        answer=str(record["answer"]),
        mark=mark,
        target=mark if source == "SAF" else SOFT[str(record["label"])],
    )


def by_question(chosen: Iterable[Row]) -> dict[str, list[Row]]:
    """Group rows by question, in order."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in chosen:
        grouped[row.group].append(row)
    return dict(grouped)

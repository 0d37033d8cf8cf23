"""How the bank is shown to administrators."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from interview.bank import BankQuestion, Rubric, RubricId, shipped_question, shipped_rubric
from interview.bank.differences import differences
from interview.models import BankVersion
from interview.schemas import bank as schemas
from interview.use_cases.bank import author_of, similar_questions
from interview.use_cases.current_bank import Bank, Entry


def row_view(entry: Entry) -> schemas.BankQuestionRow:
    """Return a question in the list."""
    question = entry.question
    return schemas.BankQuestionRow(
        id=question.id,
        text=question.text,
        kind=question.kind,
        difficulty=question.difficulty,
        competency=question.competency,
        family=question.family,
        version=entry.version,
        status=entry.status,
        origin=entry.origin,
        changed_at=entry.head.made_at if entry.head is not None else None,
    )


def question_view(held: Bank, entry: Entry, versions: Sequence[BankVersion]) -> schemas.BankQuestionDetail:
    """Return a question with its history."""
    similar = similar_questions(held, entry.question.text, entry.question.id)
    return schemas.BankQuestionDetail(
        content=entry.question,
        version=entry.version,
        status=entry.status,
        origin=entry.origin,
        similar=[schemas.SimilarQuestion(id=question.id, text=question.text) for question in similar],
        shipped=_shipped_view(entry.question, shipped_question(entry.question.id)),
        history=history_view(versions),
    )


def rubric_row_view(held: Bank, rubric_id: RubricId) -> schemas.BankRubricRow:
    """Return a rubric in the list."""
    rubric, head = held.rubrics[rubric_id]
    return schemas.BankRubricRow(
        id=rubric_id,
        label=rubric.label,
        label_of_version=rubric.version,
        version=head.number if head is not None else 1,
        changed_at=head.made_at if head is not None else None,
    )


def rubric_view(held: Bank, rubric_id: RubricId, versions: Sequence[BankVersion]) -> schemas.BankRubricDetail:
    """Return a rubric with its history."""
    rubric, head = held.rubrics[rubric_id]
    return schemas.BankRubricDetail(
        content=rubric,
        version=head.number if head is not None else 1,
        shipped=_shipped_view(rubric, shipped_rubric(rubric_id)),
        history=history_view(versions),
    )


def _shipped_view(in_use: BankQuestion | Rubric, shipped: BankQuestion | Rubric | None) -> schemas.Shipped | None:
    if shipped is None:
        return None
    before, after = (one.model_dump(mode="json", exclude={"version"}) for one in (in_use, shipped))
    if before == after:
        return None
    label = shipped.version if isinstance(shipped, Rubric) else None
    return schemas.Shipped(label=label, differences=_differences_view(before, after))


def history_view(versions: Sequence[BankVersion]) -> list[schemas.BankVersion]:
    """Return versions, newest first, each with what differs from the one before."""
    return [
        schemas.BankVersion(
            number=version.number,
            status=version.status,
            note=version.note,
            author=author_of(version),
            made_at=version.made_at,
            restored_from=version.restored_from,
            label=version.content.get("version"),
            differences=_differences_view(before.content, version.content) if before is not None else [],
        )
        for version, before in zip_longest(versions, versions[1:])
    ]


def _differences_view(before: dict[str, Any], after: dict[str, Any]) -> list[schemas.Difference]:
    return [schemas.Difference.model_validate(asdict(found)) for found in differences(before, after)]

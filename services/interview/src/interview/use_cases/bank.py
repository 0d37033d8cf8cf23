"""Changing the bank: every change is a version of its own, with author, time and reason."""

from collections.abc import Sequence
from typing import Any

from kit.clock import now
from kit.identity import Principal
from kit.ids import new_id
from sqlalchemy.ext.asyncio import AsyncSession

from interview import bank
from interview.bank import (
    BankQuestion,
    QuestionBody,
    Rubric,
    RubricBody,
    RubricId,
    shipped_question,
    shipped_rubric,
)
from interview.bank.checks import Fault, question_faults, rubric_faults, same_meaning, unsaid_faults
from interview.bank.differences import differences
from interview.bank.versions import next_version
from interview.errors import (
    BankChanged,
    BankItemUnknown,
    BankVersionUnknown,
    NothingChanged,
    QuestionExists,
    QuestionInState,
    RoleRunsShort,
    ValuesRefused,
)
from interview.models import BankVersion
from interview.models.bank import BankItemKind, BankStatus
from interview.planner import BUILDING_FAMILIES
from interview.queries import bank as queries
from interview.schemas.bank import (
    NewBankQuestion,
    QuestionEdit,
    Restoring,
    Retirement,
    RubricEdit,
    RubricRestoring,
)
from interview.schemas.catalogue import MOST_QUESTIONS
from interview.use_cases.current_bank import Bank, Entry, current_bank
from interview.writers.repeats import is_repeat

_SHIPPED = "As shipped."


async def add_question(session: AsyncSession, author: Principal, new: NewBankQuestion) -> None:
    """Add a question.

    Raises:
        QuestionExists: the id is taken.
        ValuesRefused: it does not fit the catalogue.
    """
    held = await _locked(session)
    if new.id in held.entries:
        raise QuestionExists
    question = _question(new.id, new.content)
    _add(session, author, "question", 1, question.model_dump(mode="json"), note=new.note)


async def edit_question(session: AsyncSession, author: Principal, question_id: str, edit: QuestionEdit) -> None:
    """Save the next version of a question; a retired one stays retired.

    Raises:
        BankItemUnknown, BankChanged, NothingChanged, ValuesRefused, RoleRunsShort: as they say.
    """
    held = await _locked(session)
    entry = _entry(held, question_id, edit.version, edit.content)
    question = _question(question_id, edit.content)
    if question == entry.question:
        raise NothingChanged
    _save_question(session, author, held, entry, question=question, status=entry.status, note=edit.note)


async def retire_question(session: AsyncSession, author: Principal, question_id: str, change: Retirement) -> None:
    """Ask a question in no further interview.

    Raises:
        BankItemUnknown, BankChanged, QuestionInState, RoleRunsShort: as they say.
    """
    held = await _locked(session)
    entry = _entry(held, question_id, change.version)
    if entry.status == "retired":
        raise QuestionInState
    _save_question(session, author, held, entry, question=entry.question, status="retired", note=change.note)


async def restore_question(session: AsyncSession, author: Principal, question_id: str, change: Restoring) -> None:
    """Take an earlier version of a question up again, or what this release ships, as a new version that is in use.

    Raises:
        BankItemUnknown, BankChanged, BankVersionUnknown, QuestionInState, ValuesRefused, RoleRunsShort: as they say.
    """
    held = await _locked(session)
    entry = _entry(held, question_id, change.version)
    earlier = None if change.to == "shipped" else change.to
    content: BankQuestion | None = entry.question
    if change.to == "shipped":
        content = shipped_question(question_id)
    elif earlier is not None:
        versions = await queries.versions_of(session, "question", question_id)
        content = BankQuestion.model_validate(_content_of(versions, earlier))
    if content is None:
        raise BankVersionUnknown
    if entry.status == "active" and content == entry.question:
        raise QuestionInState
    _question(question_id, QuestionBody.model_validate(content.model_dump(exclude={"id"})))
    _save_question(
        session, author, held, entry, question=content, status="active", note=change.note, restored_from=earlier
    )


async def edit_rubric(session: AsyncSession, author: Principal, rubric_id: RubricId, edit: RubricEdit) -> None:
    """Save the next version of a rubric.

    Raises:
        BankChanged: somebody else saved one in the meantime.
        NothingChanged: it says the same as before.
        ValuesRefused: weights, anchors or expectations do not add up.
    """
    held = await _locked(session)
    before, head = held.rubrics[rubric_id]
    _require_version(head, edit.version, before.model_dump(mode="json"), edit.content)
    _refuse([*unsaid_faults(edit.content), *rubric_faults(edit.content, before)])
    if edit.content.model_dump() == before.model_dump(exclude={"id", "version"}):
        raise NothingChanged
    means_more = edit.change == "meaning" or not same_meaning(edit.content, before)
    await _save_rubric(session, author, before, head, body=edit.content, note=edit.note, major=means_more)


async def restore_rubric(
    session: AsyncSession, author: Principal, rubric_id: RubricId, change: RubricRestoring
) -> None:
    """Take an earlier version of a rubric up again, or what this release ships, as a new major version.

    Raises:
        BankChanged, BankVersionUnknown, NothingChanged: as they say.
    """
    held = await _locked(session)
    before, head = held.rubrics[rubric_id]
    _require_version(head, change.version, before.model_dump(mode="json"))
    earlier = None if change.to == "shipped" else change.to
    if earlier is None:
        content = shipped_rubric(rubric_id)
    else:
        versions = await queries.versions_of(session, "rubric", rubric_id)
        content = Rubric.model_validate(_content_of(versions, earlier))
    body = RubricBody.model_validate(content.model_dump(exclude={"id", "version"}))
    if body.model_dump() == before.model_dump(exclude={"id", "version"}):
        raise NothingChanged
    _refuse(rubric_faults(body, before))
    await _save_rubric(session, author, before, head, body=body, note=change.note, major=True, restored_from=earlier)


def similar_questions(held: Bank, text: str, but: str | None) -> list[BankQuestion]:
    """Return the questions in use that ask the same in other words, as far as words show."""
    return [question for question in held.questions if question.id != but and is_repeat(text, [question.text])]


async def _locked(session: AsyncSession) -> Bank:
    await queries.lock_for_change(session)
    return await current_bank(session)


def _entry(held: Bank, question_id: str, version: int, edited: QuestionBody | None = None) -> Entry:
    entry = held.entries.get(question_id)
    if entry is None:
        raise BankItemUnknown
    _require_version(entry.head, version, entry.question.model_dump(mode="json"), edited)
    return entry


def _require_version(
    head: BankVersion | None,
    version: int,
    content: dict[str, Any],
    edited: QuestionBody | RubricBody | None = None,
) -> None:
    number = head.number if head is not None else 1
    if version == number:
        return
    raise BankChanged(
        {
            "version": number,
            "status": head.status if head is not None else "active",
            "author": author_of(head),
            "note": head.note if head is not None else _SHIPPED,
            "content": content,
        },
        None if edited is None else differences(content, {**content, **edited.model_dump(mode="json")}),
    )


def author_of(version: BankVersion | None) -> str | None:
    """Return who saved a version; None when it was shipped."""
    if version is None or version.author_id is None:
        return None
    return version.author_email or str(version.author_id)


def _question(question_id: str, body: QuestionBody) -> BankQuestion:
    _refuse(question_faults(body, builds=BUILDING_FAMILIES))
    return BankQuestion.model_validate({**body.model_dump(), "id": question_id})


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise ValuesRefused(
            [{"loc": ["body", "content", *place], "msg": text, "type": "refused"} for place, text in faults]
        )


def _save_question(
    session: AsyncSession,
    author: Principal,
    held: Bank,
    entry: Entry,
    *,
    question: BankQuestion,
    status: BankStatus,
    note: str,
    restored_from: int | None = None,
) -> None:
    others = [known for known in held.questions if known.id != question.id]
    _require_enough(held, [*others, question] if status == "active" else others)
    if entry.head is None:
        _add(session, None, "question", 1, entry.question.model_dump(mode="json"))
    content = question.model_dump(mode="json")
    _add(session, author, "question", entry.version + 1, content, note=note, status=status, restored_from=restored_from)


def _require_enough(held: Bank, after: Sequence[BankQuestion]) -> None:
    """Leave every job the questions of the longest interview, where it had them."""
    for role in bank.catalogue().roles:
        left = sum(1 for question in after if question.fits(role))
        had = sum(1 for question in held.questions if question.fits(role))
        if left < MOST_QUESTIONS and left < had:
            raise RoleRunsShort(
                f"{role.title} would be left with {left} questions; an interview may need {MOST_QUESTIONS}."
            )


async def _save_rubric(
    session: AsyncSession,
    author: Principal,
    before: Rubric,
    head: BankVersion | None,
    *,
    body: RubricBody,
    note: str,
    major: bool,
    restored_from: int | None = None,
) -> None:
    stored = await queries.versions_of(session, "rubric", before.id)
    known = [shipped_rubric(before.id).version, *(version.content["version"] for version in stored)]
    version = next_version(before.id, before.version, known=known, major=major)
    rubric = Rubric.model_validate({**body.model_dump(), "id": before.id, "version": version})
    number = 1 if head is None else head.number
    if head is None:
        _add(session, None, "rubric", 1, before.model_dump(mode="json"))
    _add(session, author, "rubric", number + 1, rubric.model_dump(mode="json"), note=note, restored_from=restored_from)


def _content_of(versions: Sequence[BankVersion], number: int) -> dict[str, Any]:
    for version in versions:
        if version.number == number:
            return version.content
    raise BankVersionUnknown


def _add(
    session: AsyncSession,
    author: Principal | None,
    kind: BankItemKind,
    number: int,
    content: dict[str, Any],
    *,
    note: str = _SHIPPED,
    status: BankStatus = "active",
    restored_from: int | None = None,
) -> None:
    """Add a row; without an author what was shipped."""
    session.add(
        BankVersion(
            id=new_id(),
            kind=kind,
            item_id=content["id"],
            number=number,
            status=status,
            content=content,
            note=note,
            author_id=author.user_id if author is not None else None,
            author_email=author.email if author is not None else None,
            restored_from=restored_from,
            made_at=now() if author is not None else None,
        )
    )

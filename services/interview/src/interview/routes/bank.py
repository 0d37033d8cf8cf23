"""The question bank and the rubrics. Every address asks for the role admin."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from contracts.interview import QuestionKind
from fastapi import APIRouter, Depends, Path, Query, Response, status
from kit.database import SessionDep
from kit.idempotency import IdempotentRoute
from kit.identity import AdminOnly, CurrentAdmin, current_admin
from kit.pagination import Cursor, CursorParam, InvalidCursor, LimitParam, Page, page
from kit.problems import Unauthorized, responses
from kit.text import CleanText
from sqlalchemy.ext.asyncio import AsyncSession

from interview.bank import RubricId, find_role
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
from interview.queries import bank as queries
from interview.schemas import bank as schemas
from interview.use_cases import bank as use_cases
from interview.use_cases.current_bank import Entry, current_bank
from interview.views.bank import question_view, row_view, rubric_row_view, rubric_view

router = APIRouter(
    prefix="/bank",
    tags=["bank"],
    route_class=IdempotentRoute,
    dependencies=[Depends(current_admin)],
    responses=responses(Unauthorized, AdminOnly),
)

# Questions are named by slugs and listed by them: the place in the list is the cursor's value, and no row has this id.
_NO_ROW = UUID(int=0)
Name = Annotated[str, CleanText(1, 80)]
BankQuestionId = Annotated[str, Path(max_length=64, description="id of a question of the bank")]
BankRubricId = Annotated[RubricId, Path(description="id of a rubric")]


@dataclass(frozen=True, slots=True)
class _Wanted:
    q: Annotated[Annotated[str, CleanText(0, 100)] | None, Query(description="part of the question's text or id")] = (
        None
    )
    family: Annotated[Name | None, Query(description="family of the catalogue; general: for every job")] = None
    role: Annotated[Name | None, Query(description="what this role can be asked")] = None
    kind: Annotated[QuestionKind | None, Query(description="kind of question")] = None
    competency: Annotated[Name | None, Query(description="competency of the catalogue")] = None
    difficulty: Annotated[int | None, Query(ge=1, le=5)] = None
    status: Annotated[Literal["active", "retired"] | None, Query(description="in use, or retired")] = None
    changed: Annotated[bool, Query(description="only what is not as it was shipped")] = False

    def admits(self, entry: Entry) -> bool:
        question = entry.question
        role = find_role(self.role) if self.role is not None else None
        words = f"{question.id} {question.text}".casefold()
        return (
            (not self.q or self.q.casefold() in words)
            and (self.family is None or (question.family or "general") == self.family)
            and (self.role is None or (role is not None and question.fits(role)))
            and self.kind in {None, question.kind}
            and self.competency in {None, question.competency}
            and self.difficulty in {None, question.difficulty}
            and self.status in {None, entry.status}
            and not (self.changed and entry.head is None)
        )


@router.get("/questions")
async def list_bank_questions(
    session: SessionDep, wanted: Annotated[_Wanted, Depends()], cursor: CursorParam, limit: LimitParam
) -> Page[schemas.BankQuestionRow]:
    """Return the questions of the bank by their ids, retired ones among them."""
    if cursor is not None and not isinstance(cursor.value, str):
        raise InvalidCursor
    behind = str(cursor.value) if cursor is not None else ""
    held = await current_bank(session)
    rows = [held.entries[name] for name in sorted(held.entries) if name > behind and wanted.admits(held.entries[name])]
    return page(
        rows[: limit + 1], limit, item=row_view, cursor=lambda entry: Cursor(id=_NO_ROW, value=entry.question.id)
    )


@router.get("/similar-questions")
async def list_similar_questions(
    session: SessionDep,
    text: Annotated[Annotated[str, CleanText(1, 400)], Query(description="wording of a question")],
    but: Annotated[str | None, Query(max_length=64, description="id of a question to leave out")] = None,
) -> list[schemas.SimilarQuestion]:
    """Return the questions in use that ask the same in other words."""
    found = use_cases.similar_questions(await current_bank(session), text, but)
    return [schemas.SimilarQuestion(id=question.id, text=question.text) for question in found]


@router.post("/questions", status_code=status.HTTP_201_CREATED, responses=responses(QuestionExists, ValuesRefused))
async def add_bank_question(
    session: SessionDep, admin: CurrentAdmin, new: schemas.NewBankQuestion, response: Response
) -> schemas.BankQuestionDetail:
    """Add a question; the next interviews may ask it."""
    await use_cases.add_question(session, admin, new)
    response.headers["Location"] = f"/bank/questions/{new.id}"
    return await _question(session, new.id)


@router.get("/questions/{question_id}", responses=responses(BankItemUnknown))
async def read_bank_question(session: SessionDep, question_id: BankQuestionId) -> schemas.BankQuestionDetail:
    """Return a question of the bank with its history."""
    return await _question(session, question_id)


@router.put(
    "/questions/{question_id}",
    responses=responses(BankItemUnknown, BankChanged, NothingChanged, RoleRunsShort, ValuesRefused),
)
async def edit_bank_question(
    session: SessionDep, admin: CurrentAdmin, question_id: BankQuestionId, edit: schemas.QuestionEdit
) -> schemas.BankQuestionDetail:
    """Save the next version of a question. Interviews that are ready keep the one they have."""
    await use_cases.edit_question(session, admin, question_id, edit)
    return await _question(session, question_id)


@router.post(
    "/questions/{question_id}/retire",
    responses=responses(BankItemUnknown, BankChanged, QuestionInState, RoleRunsShort),
)
async def retire_bank_question(
    session: SessionDep, admin: CurrentAdmin, question_id: BankQuestionId, change: schemas.Retirement
) -> schemas.BankQuestionDetail:
    """Ask a question in no further interview."""
    await use_cases.retire_question(session, admin, question_id, change)
    return await _question(session, question_id)


@router.post(
    "/questions/{question_id}/restore",
    responses=responses(
        BankItemUnknown, BankVersionUnknown, BankChanged, QuestionInState, RoleRunsShort, ValuesRefused
    ),
)
async def restore_bank_question(
    session: SessionDep, admin: CurrentAdmin, question_id: BankQuestionId, change: schemas.Restoring
) -> schemas.BankQuestionDetail:
    """Take an earlier version up again, as a new version."""
    await use_cases.restore_question(session, admin, question_id, change)
    return await _question(session, question_id)


@router.get("/rubrics")
async def list_bank_rubrics(session: SessionDep) -> list[schemas.BankRubricRow]:
    """Return the rubrics."""
    held = await current_bank(session)
    return [rubric_row_view(held, rubric_id) for rubric_id in held.rubrics]


@router.get("/rubrics/{rubric_id}")
async def read_bank_rubric(session: SessionDep, rubric_id: BankRubricId) -> schemas.BankRubricDetail:
    """Return a rubric with its history."""
    return await _rubric(session, rubric_id)


@router.put("/rubrics/{rubric_id}", responses=responses(BankChanged, NothingChanged, ValuesRefused))
async def edit_bank_rubric(
    session: SessionDep, admin: CurrentAdmin, rubric_id: BankRubricId, edit: schemas.RubricEdit
) -> schemas.BankRubricDetail:
    """Save the next version of a rubric. Answers that were judged keep the one they were judged by."""
    await use_cases.edit_rubric(session, admin, rubric_id, edit)
    return await _rubric(session, rubric_id)


@router.post("/rubrics/{rubric_id}/restore", responses=responses(BankVersionUnknown, BankChanged, NothingChanged))
async def restore_bank_rubric(
    session: SessionDep, admin: CurrentAdmin, rubric_id: BankRubricId, change: schemas.RubricRestoring
) -> schemas.BankRubricDetail:
    """Take an earlier version of a rubric up again, or what this release ships, as a new major version."""
    await use_cases.restore_rubric(session, admin, rubric_id, change)
    return await _rubric(session, rubric_id)


async def _question(session: AsyncSession, question_id: str) -> schemas.BankQuestionDetail:
    await session.flush()
    held = await current_bank(session)
    entry = held.entries.get(question_id)
    if entry is None:
        raise BankItemUnknown
    return question_view(held, entry, await queries.versions_of(session, "question", question_id))


async def _rubric(session: AsyncSession, rubric_id: RubricId) -> schemas.BankRubricDetail:
    await session.flush()
    held = await current_bank(session)
    return rubric_view(held, rubric_id, await queries.versions_of(session, "rubric", rubric_id))

"""The bank as administrators see and change it."""

from datetime import datetime
from typing import Annotated, Literal

from contracts.interview import QuestionKind
from kit.text import CleanText
from pydantic import BaseModel, Field

from interview.bank import BankQuestion, QuestionBody, Rubric, RubricBody, RubricId
from interview.bank.models import Slug
from interview.schemas.requests import Request

Note = Annotated[str, CleanText(3, 300), Field(description="why, for whoever reads the history")]
Version = Annotated[int, Field(ge=1, description="the version the change was made on")]
Restored = Annotated[
    Annotated[int, Field(ge=1)] | Literal["shipped"],
    Field(description="the earlier version; shipped: the wording of this release, which may be newer than version 1"),
]
Status = Literal["active", "retired"]
Origin = Literal["shipped", "edited", "added"]


class NewBankQuestion(Request):
    """A question to add."""

    id: Slug
    content: QuestionBody
    note: Note


class QuestionEdit(Request):
    """The next version of a question."""

    version: Version
    content: QuestionBody
    note: Note


class Retirement(Request):
    """Ask a question no more."""

    version: Version
    note: Note


class Restoring(Request):
    """Take an earlier version of a question up again, or what this release ships, or a retired one as it was last."""

    version: Version
    to: Restored | None = Field(None, description="null: the last version")
    note: Note


class RubricRestoring(Request):
    """Take an earlier version of a rubric up again, or what this release ships."""

    version: Version
    to: Restored
    note: Note


class RubricEdit(Request):
    """The next version of a rubric.

    `change` says whether a level still means what it meant; with other weights it never does.
    """

    version: Version
    change: Literal["wording", "meaning"]
    content: RubricBody
    note: Note


class DifferencePart(BaseModel):
    """A stretch of text that stayed, went or came."""

    change: Literal["same", "removed", "added"]
    text: str


class Difference(BaseModel):
    """A field that was changed; `field` is its place, as `key_points.naming.text`, and `label` that place in words."""

    field: str
    label: str
    parts: list[DifferencePart]


class BankVersion(BaseModel):
    """One version in the history: who made it, when, why, and what differs from the one before."""

    number: int
    status: Status
    note: str
    author: str | None = Field(description="e-mail or id of whoever saved it; null: as shipped")
    made_at: datetime | None = Field(description="null: as shipped")
    restored_from: int | None
    label: str | None = Field(description="a rubric's own version, as evaluations carry it")
    differences: list[Difference]


class BankQuestionRow(BaseModel):
    """A question in the list."""

    id: str
    text: str
    kind: QuestionKind
    difficulty: int
    competency: str
    family: str | None
    version: int
    status: Status
    origin: Origin
    changed_at: datetime | None


class SimilarQuestion(BaseModel):
    """Another question in use that shares most of its words."""

    id: str
    text: str


class Shipped(BaseModel):
    """The wording of this release, and what differs from the one in use."""

    label: str | None = Field(description="a rubric's version")
    differences: list[Difference]


class BankQuestionDetail(BaseModel):
    """A question with everything about it."""

    content: BankQuestion
    version: int
    status: Status
    origin: Origin
    similar: list[SimilarQuestion]
    shipped: Shipped | None = Field(
        description="null: what is in use says the same as what this release ships, or it ships no such question"
    )
    history: list[BankVersion] = Field(description="newest first")


class BankRubricDetail(BaseModel):
    """A rubric with everything about it."""

    content: Rubric
    version: int
    shipped: Shipped | None = Field(description="null: what is in use says the same as what this release ships")
    history: list[BankVersion] = Field(description="newest first")


class BankRubricRow(BaseModel):
    """A rubric in the list."""

    id: RubricId
    label: str
    label_of_version: str
    version: int
    changed_at: datetime | None

"""Documents whose text is read."""

from typing import Literal

from pydantic import BaseModel, Field

RemovedKind = Literal["email", "phone", "link", "name", "address", "school", "personal_detail"]


class Removed(BaseModel):
    """How much of one kind was taken out of the text."""

    kind: RemovedKind
    count: int = Field(ge=1)


class DocumentText(BaseModel):
    """The text of a document, for its candidate to look at before it is used. The file was not kept."""

    text: str
    removed: list[Removed] = Field(description="what named a person, or how to reach one")
    truncated: bool = Field(description="whether the end was left off because the text is too long")

"""What administrators changed in the bank."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kit.database import UtcDateTime, uuid_pk
from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from interview.models.base import Base

BankItemKind = Literal["question", "rubric"]
BankStatus = Literal["active", "retired"]


class BankVersion(Base):
    """One version of a question or a rubric; rows are only ever added, and a trigger in the database sees to it.

    What is shipped gets its row, number 1 and without an author, when it is changed for the first time. From then on
    the last row is what counts, also when a later release ships another wording.
    """

    __tablename__ = "bank_versions"
    __table_args__ = (
        UniqueConstraint("kind", "item_id", "number"),
        CheckConstraint("kind IN ('question', 'rubric')", name="kind"),
        CheckConstraint("status IN ('active', 'retired')", name="status"),
    )

    id: Mapped[UUID] = uuid_pk()
    kind: Mapped[BankItemKind] = mapped_column(Text)
    item_id: Mapped[str] = mapped_column(Text)
    number: Mapped[int]
    status: Mapped[BankStatus] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    note: Mapped[str] = mapped_column(Text)
    author_id: Mapped[UUID | None]
    author_email: Mapped[str | None] = mapped_column(Text)
    restored_from: Mapped[int | None]
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

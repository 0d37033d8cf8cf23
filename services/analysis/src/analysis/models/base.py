"""The service's schema, the tables the plumbing keeps in it, and documents in columns."""

from typing import Any, Generic, TypeVar

from kit.ai import usage_table
from kit.database import schema_metadata
from kit.messaging import inbox_table, outbox_table
from pydantic import BaseModel
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

SCHEMA = "analysis"

DocumentT = TypeVar("DocumentT", bound=BaseModel)


class Base(DeclarativeBase):
    """Everything this service owns."""

    metadata = schema_metadata(SCHEMA)


outbox = outbox_table(Base.metadata)
inbox = inbox_table(Base.metadata)
ai_usage = usage_table(Base.metadata)


class Document(TypeDecorator[DocumentT], Generic[DocumentT]):
    """A jsonb column that takes and gives a pydantic model."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def __init__(self, model: type[DocumentT]) -> None:
        self.model = model
        super().__init__()

    def process_bind_param(self, value: DocumentT | None, dialect: Dialect) -> Any:  # noqa: ARG002  # SQLAlchemy's
        """Return the model as JSON data."""
        return None if value is None else value.model_dump(mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> DocumentT | None:  # noqa: ARG002  # same
        """Return the model."""
        return None if value is None else self.model.model_validate(value)


class Documents(TypeDecorator[tuple[DocumentT, ...]], Generic[DocumentT]):
    """A jsonb column that takes and gives several pydantic models of a kind."""

    impl = JSONB
    cache_ok = True

    def __init__(self, model: type[DocumentT]) -> None:
        self.model = model
        super().__init__()

    def process_bind_param(self, value: tuple[DocumentT, ...] | None, dialect: Dialect) -> Any:  # noqa: ARG002  # same
        """Return the models as JSON data."""
        return [one.model_dump(mode="json") for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[DocumentT, ...]:  # noqa: ARG002  # same
        """Return the models."""
        return tuple(self.model.model_validate(one) for one in value or ())

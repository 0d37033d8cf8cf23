"""Text that a person typed and PostgreSQL can store."""

import re
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Tell whether PostgreSQL can store the text: no NUL, no lone surrogate."""
    return _UNSTORABLE.search(text) is None


class CleanText:
    """Annotation for text fields: ``Name = Annotated[str, CleanText(1, 80)]``.

    Edges are stripped first, then the length (in code points) is checked. NUL and lone
    surrogates are refused: both pass a plain ``str`` field and fail in the database.
    """

    def __init__(self, min_length: int = 0, max_length: int = 10_000) -> None:
        """Take the smallest and largest length after stripping."""
        self.min_length = min_length
        self.max_length = max_length

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a string schema followed by the storable check."""
        return core_schema.no_info_after_validator_function(
            _require_storable,
            core_schema.str_schema(strip_whitespace=True, min_length=self.min_length, max_length=self.max_length),
        )


def _require_storable(text: str) -> str:
    if not is_storable(text):
        raise PydanticCustomError("unstorable_text", "Text must not contain NUL characters or lone surrogates")
    return text

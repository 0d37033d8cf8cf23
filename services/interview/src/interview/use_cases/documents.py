"""Reading the text of a document. Nothing of it is kept."""

from collections.abc import Mapping
from types import MappingProxyType

from kit.problems import Problem

from interview.documents import DocumentReader, DocumentText, DocumentUse, Refused, RefusedBecause
from interview.errors.documents import (
    DocumentDamaged,
    DocumentLocked,
    DocumentNotRecognised,
    DocumentTooComplex,
    DocumentWithoutText,
)
from interview.schemas.tailoring import LONGEST_TEXT

_PROBLEMS: Mapping[RefusedBecause, type[Problem]] = MappingProxyType(
    {
        "unknown": DocumentNotRecognised,
        "locked": DocumentLocked,
        "empty": DocumentWithoutText,
        "damaged": DocumentDamaged,
        "too_complex": DocumentTooComplex,
    }
)


async def read_document(reader: DocumentReader, content_type: str, content: bytes, use: DocumentUse) -> DocumentText:
    """Return the text of a document without what names a person.

    Raises:
        DocumentNotRecognised, DocumentLocked, DocumentWithoutText, DocumentDamaged, DocumentTooComplex: as they say.
    """
    try:
        return await reader.read(content_type, content, use, LONGEST_TEXT)
    except Refused as refused:
        raise _PROBLEMS[refused.because] from refused

"""What kind of document a file is: by what it says it is, and by how it begins."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from interview.documents.refusals import Refused

DocumentKind = Literal["pdf", "docx", "txt"]

CONTENT_TYPES: Mapping[str, DocumentKind] = MappingProxyType(
    {
        "application/pdf": "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "text/plain": "txt",
    }
)
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word puts a .docx with a password into this older container
_PDF_BEGINS_WITHIN = 1024


def kind_of(content_type: str, content: bytes) -> DocumentKind:
    """Return the kind of a document.

    Raises:
        Refused: `unknown`, or `locked` for a Word file with a password.
    """
    claimed = CONTENT_TYPES.get(content_type.partition(";")[0].strip().lower())
    if claimed is None:
        raise Refused("unknown")
    if claimed == "docx" and content.startswith(_OLE):
        raise Refused("locked")
    if claimed != _looks_like(content):
        raise Refused("unknown")
    return claimed


def _looks_like(content: bytes) -> DocumentKind | None:
    if _PDF in content[:_PDF_BEGINS_WITHIN]:
        return "pdf"
    if content.startswith(_ZIP):
        return "docx"
    return None if content.startswith(_OLE) else "txt"

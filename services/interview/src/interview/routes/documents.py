"""Documents: their text is read and sent back; the file is kept nowhere."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from kit.bodies import body_up_to
from kit.identity import CurrentCandidate
from kit.problems import PayloadTooLarge, responses

from interview.documents import DocumentReader, DocumentUse
from interview.documents.kinds import CONTENT_TYPES
from interview.errors.documents import (
    DocumentDamaged,
    DocumentLocked,
    DocumentNotRecognised,
    DocumentTooComplex,
    DocumentWithoutText,
)
from interview.schemas.documents import DocumentText, Removed
from interview.use_cases.documents import read_document

router = APIRouter(prefix="/documents", tags=["documents"])

MAX_BYTES = 5 * 1024 * 1024
_DOCUMENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "a PDF, Word (.docx) or text file of at most 5 MiB",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in CONTENT_TYPES},
    }
}


@router.post(
    "/text",
    dependencies=[Depends(body_up_to(MAX_BYTES))],
    openapi_extra=_DOCUMENT,
    responses=responses(
        PayloadTooLarge,
        DocumentNotRecognised,
        DocumentLocked,
        DocumentWithoutText,
        DocumentDamaged,
        DocumentTooComplex,
    ),
)
async def read_text(
    request: Request,
    candidate: CurrentCandidate,  # noqa: ARG001 - reading costs time: only for those who have signed in
    use: Annotated[DocumentUse, Query(description="what the document is; more is taken out of a résumé")],
) -> DocumentText:
    """Read the text of a job description or résumé, without what names a person. Nothing is kept."""
    reader: DocumentReader = request.app.state.documents
    content = b"".join([chunk async for chunk in request.stream()])
    found = await read_document(reader, request.headers.get("content-type", ""), content, use)
    return DocumentText(
        text=found.text,
        removed=[Removed(kind=kind, count=count) for kind, count in found.removed.items()],
        truncated=found.truncated,
    )

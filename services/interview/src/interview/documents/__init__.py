"""Documents that candidates bring along: the text is read without what names a person, and no file is kept."""

from interview.documents.personal import Cleaned, DocumentUse, RemovedKind, has_contact, remove_personal
from interview.documents.reader import DocumentReader, DocumentText
from interview.documents.refusals import Refused, RefusedBecause

__all__ = [
    "Cleaned",
    "DocumentReader",
    "DocumentText",
    "DocumentUse",
    "Refused",
    "RefusedBecause",
    "RemovedKind",
    "has_contact",
    "remove_personal",
]

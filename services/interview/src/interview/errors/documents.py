"""Of documents that candidates bring along."""

from kit.problems import Unprocessable, UnsupportedMediaType


class DocumentNotRecognised(UnsupportedMediaType):
    """It is none of the kinds of document that are taken, or not what it says it is."""

    type = "document-not-recognised"
    title = "This is not a PDF, Word or text file that can be read"


class DocumentLocked(Unprocessable):
    """A password protects it."""

    type = "document-locked"
    title = "A password protects this document"


class DocumentWithoutText(Unprocessable):
    """It holds no text: it is empty, or a scan."""

    type = "document-without-text"
    title = "There is no text in this document"


class DocumentDamaged(Unprocessable):
    """It breaks off, or contradicts itself."""

    type = "document-damaged"
    title = "This document is damaged"


class DocumentTooComplex(Unprocessable):
    """Reading it takes more time or memory than a document may take."""

    type = "document-too-complex"
    title = "This document takes too long to read"

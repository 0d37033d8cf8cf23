"""The two kinds of file a browser's recorder makes, told by their first bytes."""

from typing import Literal

Container = Literal["webm", "mp4"]

_EBML = b"\x1a\x45\xdf\xa3"
_FILE_TYPE = slice(4, 8)


def recognise(start: bytes) -> Container | None:
    """Return what kind of file begins with these bytes, or None."""
    if start.startswith(_EBML):
        return "webm"
    if start[_FILE_TYPE] == b"ftyp":
        return "mp4"
    return None

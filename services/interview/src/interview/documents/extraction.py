"""Reads the text of one document; runs in a process of its own, because a file can be made to eat time and memory.

`python -m interview.documents.extraction pdf < file` prints one JSON object: {"text", "truncated"} or {"refused"}.
The process is given little memory and few seconds, opens no other file and writes none.
"""

import io
import json
import logging
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from interview.documents.refusals import Refused

LONGEST_TEXT = 60_000
_PAGES = 30
_UNPACKED_BYTES = 40 * 1024 * 1024
_ENTRIES = 1_000
_MEMORY_BYTES = 768 * 1024 * 1024
_CPU_SECONDS = 10
_CONTROL_SHARE = 0.02


def extract(kind: str, content: bytes) -> tuple[str, bool]:
    """Return the text and whether there was more of it.

    Raises:
        Refused: there is no text, for the reason given.
    """
    pieces = {"pdf": _pdf, "docx": _docx, "txt": _txt}[kind](content)
    taken: list[str] = []
    length = 0
    more = False
    for piece in pieces:
        more = piece is None or length > LONGEST_TEXT
        if piece is None or more:
            break
        taken.append(piece)
        length += len(piece) + 1
    text = "\n".join(taken)
    if not any(character.isalpha() for character in text):
        raise Refused("empty")
    return text[:LONGEST_TEXT], more or len(text) > LONGEST_TEXT


def _pdf(content: bytes) -> Iterator[str | None]:
    """Yield the pages, and None when there are more than are read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains about every second real file
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        # A file that only forbids printing opens with the empty password, as it does in every viewer.
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise Refused("locked")
        for page in islice(reader.pages, _PAGES):
            yield page.extract_text()
        if len(reader.pages) > _PAGES:
            yield None
    except LimitReachedError as error:
        raise Refused("too_complex") from error
    except DependencyError as error:
        raise Refused("locked") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        # pypdf meets a broken file with whatever went wrong where it stood.
        raise Refused("damaged") from error


def _docx(content: bytes) -> Iterator[str]:
    _require_modest(content)
    try:
        document = Document(io.BytesIO(content))
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                yield from (" | ".join(_cells(row.cells)) for row in block.rows)
            else:
                yield block.text
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError, AttributeError, OSError) as error:
        raise Refused("damaged") from error


def _cells(cells: Iterable[Any]) -> Iterator[str]:
    """Return the text of a row; a merged cell stands in it once for each column it covers."""
    last = None
    for cell in cells:
        if cell._tc is not last:  # noqa: SLF001 - the one thing that tells a merged cell from an equal one
            yield " ".join(cell.text.split())
        last = cell._tc  # noqa: SLF001 - likewise


def _require_modest(content: bytes) -> None:
    """Refuse a file that unpacks to far more than a document is; zipfile unpacks no more than the sizes it states."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("damaged") from error
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED_BYTES:
        raise Refused("too_complex")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked")
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise Refused("unknown")


def _txt(content: bytes) -> Iterator[str]:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    strange = sum(1 for character in text if character == "�" or (character < " " and character not in "\t\r\n\f"))
    if strange > _CONTROL_SHARE * len(text):
        raise Refused("unknown")
    yield from text.splitlines()


def _with_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read standard input, print the result."""
    _with_limits()
    result: dict[str, Any]
    try:
        text, truncated = extract(sys.argv[1], sys.stdin.buffer.read())
        result = {"text": text, "truncated": truncated}
    except Refused as refused:
        result = {"refused": refused.because}
    except (MemoryError, RecursionError):
        result = {"refused": "too_complex"}
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()

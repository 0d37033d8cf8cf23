"""A document as a PDF, set by Typst in a process of its own, a few at a time."""

import asyncio
import contextlib
import json
import re
import sys
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import structlog

from analysis.errors import ReportNotDrawn
from analysis.export.document import Block, Document, Part, Words
from analysis.export.typesetter import ACCESSIBLE, LACKS_A_GLYPH
from analysis.export.words import amid, long_date

_TYPESETTER = Path(__file__).with_name("typesetter.py")
# Far more than a report needs: twenty answers of 20,000 characters took 175 MB, an everyday report 70 MB.
_MEMORY = 2 * 1024**3
# Noncharacters: two rows, and the last two of every plane. An accessible PDF may not hold U+FFFE, as not U+0000.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_NONCHARACTERS}]")
# Comes along when the beginning of a file is pasted, takes no room, and is forbidden in an accessible PDF.
_BYTE_ORDER_MARK = "\ufeff"
# In letters, the widest of which still fit a line: of a text, and of the title, which is set larger.
_LONGEST_WORD = 30
_LONGEST_IN_TITLE = 17
_LONGEST_ROLE_IN_FOOT = 60
# A place to break every five letters fills the lines well, and takes time: twenty answers of nothing but x took 50 s.
_STEP = 5
_ENDLESS = 600
# Marks, and what may be one in a later Unicode than Python's.
_STANDS_ON_A_LETTER = ("Mn", "Mc", "Me", "Cn")
# Thai, Lao, Burmese and Khmer have no spaces; the typesetter knows where their words end.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

log = structlog.get_logger(__name__)


class Press:
    """Sets documents, a bounded number at a time, each within a time limit."""

    def __init__(self, *, at_once: int, patience: timedelta) -> None:
        """Take how many run at once, and the longest one may wait and run, in total."""
        self._slots = asyncio.Semaphore(at_once)
        self._seconds = patience.total_seconds()

    async def pdf(self, document: Document) -> bytes:
        """Return the document as a PDF.

        Raises:
            ReportNotDrawn: it did not come about in time, or not at all.
        """
        try:
            async with asyncio.timeout(self._seconds), self._slots:
                return await self._set(json.dumps(_for_template(document)).encode())
        except TimeoutError:
            log.warning("a PDF took too long", seconds=self._seconds)
            raise ReportNotDrawn(retry_after=5) from None

    async def _set(self, data: bytes) -> bytes:
        limits = (str(_MEMORY), str(int(self._seconds) + 1))
        async with _running(sys.executable, "-I", str(_TYPESETTER), *limits) as process:
            pdf, problem = await process.communicate(data)
        if process.returncode not in (ACCESSIBLE, LACKS_A_GLYPH):
            # Only the kind of error: its text may hold words of the answers.
            kind = problem.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
            log.error("a PDF could not be set", code=process.returncode, kind=kind)
            raise ReportNotDrawn(retry_after=None)
        return pdf


@asynccontextmanager
async def _running(*command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program; it is ended with the block, also when the block is left early."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _for_template(document: Document) -> dict[str, Any]:
    """Return the document as the template reads it: each block with its kind."""
    return {
        "name": _plain(f"{document.title}: {document.role}"),
        "about": _plain(f"{document.level}, {long_date(document.day)}"),
        "foot": _seen(f"{document.title}, {amid(_shortened(document.role))}, {long_date(document.day)}"),
        "title": document.title,
        "role": _seen(document.role, _LONGEST_IN_TITLE),
        "level": _seen(amid(document.level)),
        "date": long_date(document.day),
        "language": document.language,
        "provenance": _seen(document.provenance),
        "sections": [
            {
                "heading": one.heading,
                "blocks": [_block(block) for block in one.blocks],
                "parts": [_part(part) for part in one.parts],
            }
            for one in document.sections
        ],
    }


def _shortened(role: str) -> str:
    return role if len(role) <= _LONGEST_ROLE_IN_FOOT else f"{role[: _LONGEST_ROLE_IN_FOOT - 1].rstrip()}\u2026"


def _part(part: Part) -> dict[str, Any]:
    return {
        "heading": _seen(part.heading),
        "label": _seen(part.label or ""),
        "blocks": [_block(block) for block in part.blocks],
        "parts": [_part(inner) for inner in part.parts],
    }


def _block(block: Block) -> dict[str, Any]:
    kind = type(block).__name__.lower()
    if isinstance(block, Words):
        return {"kind": kind, "paragraphs": list(_paragraphs(block))}
    found: dict[str, Any] = _seen_all(asdict(block))
    note_kind = found.pop("kind", "")
    return {**found, "kind": kind, "called": note_kind}


def _paragraphs(words: Words) -> list[list[dict[str, Any]]]:
    """Cut the words into paragraphs of runs that are marked or not."""
    cuts = [0, *(place for found in words.marked for place in found), len(words.text)]
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for number, (start, end) in enumerate(pairwise(cuts)):
        for index, line in enumerate(re.split("[\n\u2028\u2029]", words.text[start:end])):
            if index:
                paragraphs.append([])
            if line:
                paragraphs[-1].append({"text": _seen(line), "marked": number % 2 == 1})
    return [one for one in paragraphs if any(run["text"].strip() for run in one)]


def _seen_all(value: Any) -> Any:
    match value:
        case str():
            return _seen(value)
        case dict():
            return {key: _seen_all(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_seen_all(inner) for inner in value]
    return value


def _seen(text: str, longest: int = _LONGEST_WORD) -> str:
    """Return text that can be drawn: no control characters, accents joined to their letters, endless words breakable.

    A typeface has the joined letter more often than it has a place for two accents above each other.
    """
    return "".join(_breakable(unicodedata.normalize("NFC", _plain(text.replace("\t", " "))), longest))


def _plain(text: str) -> str:
    return _UNSEEN.sub(" ", text.replace(_BYTE_ORDER_MARK, ""))


def _breakable(text: str, longest: int) -> Iterator[str]:
    """Put a zero-width space every few letters into what is left of a word after the longest run that fits a line."""
    run = since_break = 0
    before = ""
    for letter, after in zip_longest(text, text[1:], fillvalue=""):
        joins = before == "\u200d" or unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf", "Sk")
        step = _STEP if run < _ENDLESS else longest
        if run >= longest and since_break >= step and not joins and not letter.isspace():
            yield "\u200b"
            since_break = 0
        run, since_break = (0, longest) if _may_break(letter, after) else (run + 1, since_break + 1)
        before = letter
        # A mark that stands alone belongs on a space that does not break (the typesetter crashes where one without a
        # typeface is the first of a line); the line may still end before that space.
        alone = letter == " " and unicodedata.category(after or " ") in _STANDS_ON_A_LETTER
        yield "\u200b\u00a0" if alone else letter


def _may_break(letter: str, after: str) -> bool:
    """Whether a line may end behind the letter without help."""
    if letter in "-/":
        return after.isalpha()
    wide = unicodedata.east_asian_width(letter) in ("W", "F") and unicodedata.category(letter) in ("Lo", "So")
    return wide or letter.isspace() or _UNSPACED.match(letter) is not None

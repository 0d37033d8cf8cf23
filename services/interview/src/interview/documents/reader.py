"""Reads documents in processes of their own, a few at a time, each within its time."""

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import timedelta

import structlog
from kit.text import is_storable

from interview.documents.kinds import kind_of
from interview.documents.personal import DocumentUse, RemovedKind, remove_personal
from interview.documents.refusals import Refused

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text without what was removed, how often each kind was, and whether the end had to be left off."""

    text: str
    removed: dict[RemovedKind, int]
    truncated: bool


class DocumentReader:
    """Turns documents into text. `deadline` is for one document, from the moment it has its turn."""

    def __init__(self, *, deadline: timedelta, at_once: int) -> None:
        self._deadline = deadline.total_seconds()
        self._turns = asyncio.Semaphore(at_once)

    async def read(self, content_type: str, content: bytes, use: DocumentUse, longest: int) -> DocumentText:
        """Return the text of a document, at most `longest` characters of it.

        Raises:
            Refused: there is no text, for the reason given.
        """
        kind = kind_of(content_type, content)
        async with self._turns:
            output = await self._extract(kind, content)
        found = json.loads(output)
        if "refused" in found:
            raise Refused(found["refused"])
        text = found["text"] if is_storable(found["text"]) else _storable(found["text"])
        cleaned = remove_personal(text, use)
        if not cleaned.text:
            raise Refused("empty")
        return DocumentText(
            text=cleaned.text[:longest].rstrip(),
            removed=cleaned.removed,
            truncated=found["truncated"] or len(cleaned.text) > longest,
        )

    async def _extract(self, kind: str, content: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "interview.documents.extraction",
            kind,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(self._deadline):
                output, _ = await process.communicate(content)
        except TimeoutError:
            log.warning("document_took_too_long", kind=kind, size=len(content))
            raise Refused("too_complex") from None
        finally:
            # Also when the browser has gone: nobody waits for the text any more.
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            log.warning("document_reader_died", kind=kind, size=len(content), returncode=process.returncode)
            raise Refused("too_complex" if process.returncode < 0 else "damaged")
        return output


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")

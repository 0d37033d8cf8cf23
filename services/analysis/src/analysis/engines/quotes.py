"""Checks that a quote stands in the answer. What is not found there does not exist."""

import re
import unicodedata
from collections.abc import Sequence

from contracts.analysis import Evidence

_FOLDED = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
}  # fmt: skip
_EDGES = " \t\r\n\"'.,;:!?-\u2026()[]"
SHORTEST = 3  # characters; less than that is found everywhere
_ELLIPSIS = re.compile(r"\.{3}|\u2026")


class Transcript:
    """An answer in which quotes are looked for with case, spaces, quotation marks, dashes and Unicode forms folded."""

    def __init__(self, text: str, *, no_evidence: Sequence[tuple[int, int]] = ()) -> None:
        """Take the answer; words in the `no_evidence` ranges (code points) prove nothing and are not found."""
        self.text = text
        self._no_evidence = no_evidence
        self._folded, self._origin = _fold(text)

    def find(self, quote: str) -> Evidence | None:
        """Return the place of the quote in the answer as the answer writes it; None when it is not there.

        A quote shortened with an ellipsis is looked for by its longest part.
        """
        wanted, _ = _fold(max(_ELLIPSIS.split(quote), key=len))
        wanted = wanted.strip(_EDGES)
        if len(wanted) < SHORTEST:
            return None
        at = self._search(wanted)
        if at < 0:
            return None
        start, end = self._origin[at], self._origin[at + len(wanted) - 1] + 1
        return Evidence(quote=self.text[start:end], start=start, end=end)

    def _search(self, wanted: str) -> int:
        """Return where the words begin; a quote must not begin or end inside a word."""
        at = self._folded.find(wanted)
        while at >= 0:
            before = self._folded[at - 1] if at else " "
            after = self._folded[at + len(wanted)] if at + len(wanted) < len(self._folded) else " "
            inside = (before.isalnum() and wanted[0].isalnum()) or (after.isalnum() and wanted[-1].isalnum())
            if not inside and not self._proves_nothing(at, at + len(wanted)):
                return at
            at = self._folded.find(wanted, at + 1)
        return -1

    def _proves_nothing(self, begins: int, ends: int) -> bool:
        start, end = self._origin[begins], self._origin[ends - 1] + 1
        return any(start < last and end > first for first, last in self._no_evidence)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place in the original it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            if folded and folded[-1] != " ":
                folded.append(" ")
                origin.append(place)
            continue
        plain = _FOLDED.get(character) or unicodedata.normalize("NFKC", character).casefold()
        for one in plain:
            folded.append(one)
            origin.append(place)
    return "".join(folded), origin

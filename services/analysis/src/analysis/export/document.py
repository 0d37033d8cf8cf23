"""What a saved report is made of, before anybody decides how it looks.

Sections build these blocks from the report, and each writer (PDF, Markdown) knows every block. So the two cannot say
different things. All texts are plain text: no block holds markup of any language.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `quiet` is for what explains, `strong` for what leads."""

    text: str
    tone: str = "plain"  # plain, quiet or strong


@dataclass(frozen=True, slots=True)
class Quotes:
    """Short quotations from the answers."""

    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The candidate's own words in full; `marked` are the ranges a note rests on, in code points, in order."""

    text: str
    marked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A score from 1 to 5 with the range it may lie in, drawn on its scale."""

    label: str
    value: float
    low: float
    high: float
    band: str
    note: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of a rubric: the level from 1 to 5 and its word, or no level, with what is said about it."""

    label: str
    level: int | None
    word: str
    says: tuple[Text, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a good answer covers."""

    text: str
    covered: bool
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """The things a good answer covers, each with whether this one did."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark with the words it rests on and the one thing to do; `kind` is said in words above it."""

    kind: str
    text: str
    action: str | None
    why: str | None
    quotes: tuple[str, ...]


Block = Text | Quotes | Words | Items | Figure | Scale | Checks | Note


@dataclass(frozen=True, slots=True)
class Part:
    """A heading inside a section, with what stands under it; `label` is a short line above the heading."""

    heading: str
    blocks: tuple[Block, ...]
    label: str | None = None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the document."""

    heading: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `day` is when the interview ended, `provenance` who judged and by which rules."""

    title: str
    role: str
    level: str
    day: date
    sections: tuple[Section, ...]
    provenance: str
    language: str = "en"

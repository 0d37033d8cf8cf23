"""A document as Markdown (CommonMark) that reads well as plain text too.

Whatever was typed by a person or written by a model stays text: every character that could begin markup is escaped,
and no line of it can begin a block.
"""

import re
from collections.abc import Iterable

from analysis.export.document import Block, Checks, Document, Figure, Items, Note, Part, Quotes, Scale, Text, Words
from analysis.export.words import amid, long_date

_INLINE = re.compile(r"([\\`*_\[\]<>&~|$])")
# A colon would begin a definition for some readers; a number sign at the end would be taken for the heading's own.
_BLOCK = re.compile(r"^([#+=:-]|\d{1,9}(?=[.)]))|(?<=\s)(#)(?=#*$)")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_AUTOLINK = re.compile(r"(?i)((?:https?|ftp|www|mailto|xmpp))([:.])|(?<=\S)(@)(?=\S)")


def to_markdown(document: Document) -> str:
    """Return the document as Markdown, ending in one line break."""
    lines = [
        f"# {escape(document.title)}: {escape(document.role)}",
        f"{escape(amid(document.level))}, {long_date(document.day)}",
    ]
    for section in document.sections:
        lines.append(f"## {escape(section.heading)}")
        lines += _blocks(section.blocks)
        for part in section.parts:
            lines += _part(part, 3)
    lines += ["---", escape(document.provenance)]
    return "\n\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    # Line separators and control characters have no place in a line; a browser would show nothing for them either.
    line = " ".join(_UNSEEN.sub(" ", text).split())
    line = _INLINE.sub(r"\\\1", line)
    # Some readers make links of bare addresses. An escaped sign stops most of them (a link would show where it leads in
    # any case), and the address can still be copied: an invisible character in it would stop all and spoil that.
    line = _AUTOLINK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)
    return _BLOCK.sub(lambda found: f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}", line)


def _part(part: Part, depth: int) -> Iterable[str]:
    if part.label:
        yield f"{'#' * depth} {escape(part.label)}"
        yield f"**{escape(part.heading)}**"
    else:
        yield f"{'#' * depth} {escape(part.heading)}"
    yield from _blocks(part.blocks)
    for inner in part.parts:
        yield from _part(inner, depth + 1)


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        yield from filter(None, _block(block))


def _block(block: Block) -> Iterable[str]:
    match block:
        case Text(text, tone):
            yield f"**{escape(text)}**" if tone == "strong" else escape(text)
        case Quotes(quotes):
            yield from map(_quote, quotes)
        case Words(text):
            yield _quoted_paragraphs(text)
        case Items(items):
            yield "\n".join(f"- {escape(item)}" for item in items)
        case Figure():
            yield f"**{escape(amid(block.label))}: {block.value:.1f} of 5, {block.band}.** {escape(block.note)}"
        case Scale():
            level = f"level {block.level} of 5, {block.word}" if block.level is not None else block.word
            yield f"**{escape(amid(block.label))}: {level}**"
            yield from _blocks(block.says)
            yield from map(_quote, block.quotes)
        case Checks(checks):
            yield "\n".join(
                f"- {'Covered' if one.covered else 'Not covered'}: {escape(amid(one.text))}"
                + "".join(f" \u201c{escape(amid(quote))}\u201d" for quote in one.quotes)
                for one in checks
            )
        case Note():
            yield from _note(block)


def _note(note: Note) -> Iterable[str]:
    yield f"**{escape(note.kind)}: {escape(amid(note.text))}**"
    if note.action:
        yield f"Do next: {escape(amid(note.action))}"
    if note.why:
        yield escape(note.why)
    yield from map(_quote, note.quotes)


def _quote(text: str) -> str:
    return f"> \u201c{escape(text)}\u201d"


def _quoted_paragraphs(text: str) -> str:
    paragraphs = [escape(line) for line in text.splitlines() if line.strip()]
    return "\n>\n".join(f"> {line}" for line in paragraphs)

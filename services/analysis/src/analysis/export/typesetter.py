"""The program that sets one document: JSON on standard input, a PDF on standard output.

A process of its own, started by `export.pdf`: typesetting cannot be interrupted in a thread, and the memory it took
goes back when the process ends. It imports nothing of the service. Exit code 0: PDF/UA-1 (accessible). Exit code 3:
the same pages without that promise, as no font here has some character; the document says so, and which.
"""

import contextlib
import json
import re
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Literal

try:
    import resource
except ImportError:  # Windows has no such limits: there the clock of the parent is all that ends a run
    resource = None  # type: ignore[assignment]

HERE = Path(__file__).parent
ACCESSIBLE = 0
LACKS_A_GLYPH = 3
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_MOST_NAMED = 5


def main() -> int:
    """Set the document. The first argument is the most memory in bytes, the second the most seconds of CPU."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        with contextlib.suppress(ValueError):  # where the system knows no such limit, the clock of the parent is left
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    document = json.load(sys.stdin)

    import typst  # noqa: PLC0415 - under the limits above

    with tempfile.TemporaryDirectory() as empty:

        def compiled(standard: Literal["ua-1", "1.7"], *, lacking: str | None) -> bytes:
            return bytes(
                typst.compile(
                    HERE / "template" / "report.typ",
                    root=HERE / "template",
                    font_paths=[HERE / "fonts"],
                    # Handed over as data: nothing of it is ever read as Typst's own language.
                    sys_inputs={"document": json.dumps({**document, "lacking": lacking})},
                    pdf_standards=[standard],
                    # No package is ever looked for, on this machine or elsewhere.
                    package_path=Path(empty),
                    package_cache_path=Path(empty),
                )
            )

        try:
            pdf, code = compiled("ua-1", lacking=None), ACCESSIBLE
        except typst.TypstError as error:
            found = _LACKING.findall(f"{error.diagnostic}")
            if not found:
                raise
            pdf, code = compiled("1.7", lacking=admission(found)), LACKS_A_GLYPH
    sys.stdout.buffer.write(pdf)
    return code


def admission(found: list[str]) -> str:
    """Say which characters stand as empty boxes. They cannot be shown, so their scripts are named."""
    # Marks and what cannot be printed come escaped as Rust escapes them.
    letters = _ESCAPED.sub(lambda one: chr(int(one[1], 16)), "".join(found))
    names = [*dict.fromkeys(_script(letter) for letter in letters)]
    named = [one for one in names if one][:_MOST_NAMED]
    if len(named) < len(names):
        named.append("other signs")
    return (
        f"Some characters could not be drawn, as no font on the server has them ({', '.join(named)}). "
        "Empty boxes stand in their place. The report saved as Markdown has them all."
    )


def _script(letter: str) -> str | None:
    """Return "Khmer" for a letter of Khmer, whose Unicode name begins so; None for what is no letter."""
    name = unicodedata.name(letter, "")
    if not name or unicodedata.category(letter)[0] not in "LM":
        return None
    script = re.split(r" (?:LETTER|SYLLABLE|VOWEL|SIGN|CAPITAL|SMALL|UNIFIED|COMPATIBILITY|IDEOGRAPH)\b", name)[0]
    return "Chinese" if script == "CJK" else script.capitalize()


if __name__ == "__main__":
    sys.exit(main())

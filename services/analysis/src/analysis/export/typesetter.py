"""The program that sets one document: JSON on standard input, a PDF on standard output.

A process of its own, started by `export.pdf`: typesetting cannot be interrupted in a thread, and the memory it took
goes back when the process ends. It imports nothing of the service. Exit code 0: PDF/UA-1 (accessible). Exit code 3:
the same pages without that promise, as no font here has some character; the document says so.
"""

import contextlib
import json
import resource
import sys
import tempfile
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
ACCESSIBLE = 0
LACKS_A_GLYPH = 3


def main() -> int:
    """Set the document. The first argument is the most memory in bytes, the second the most seconds of CPU."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with contextlib.suppress(ValueError):  # where the system knows no such limit, the clock of the parent is left
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    document = json.load(sys.stdin)

    import typst  # noqa: PLC0415 - under the limits above

    with tempfile.TemporaryDirectory() as empty:

        def compiled(standard: Literal["ua-1", "1.7"], *, lacking: bool) -> bytes:
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
            pdf, code = compiled("ua-1", lacking=False), ACCESSIBLE
        except typst.TypstError as error:
            if "could not be displayed" not in f"{error.message} {error}":
                raise
            pdf, code = compiled("1.7", lacking=True), LACKS_A_GLYPH
    sys.stdout.buffer.write(pdf)
    return code


if __name__ == "__main__":
    sys.exit(main())

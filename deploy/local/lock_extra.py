"""Write the lock of an optional extra: what it needs beyond requirements.lock, in the versions that fit it.

`python deploy/local/lock_extra.py .venv/bin/uv whisper services/interview requirements-whisper.lock`
"""  # noqa: INP001 - a script

import argparse
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PACKAGE = re.compile(r"\n(?=\S)")


def packages(text: str) -> list[tuple[str, str]]:
    """The name and the entry of each package of a lock; some have an entry for each range of Python versions."""
    entries = PACKAGE.split(text.strip())
    return [(entry.partition("==")[0], entry) for entry in entries if "==" in entry.partition("\n")[0]]


def main() -> None:
    """Resolve the extra with the lock as its limits, and keep what the lock does not have."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uv", type=Path)
    parser.add_argument("extra")
    parser.add_argument("member", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--upgrade", action="store_true")
    given = parser.parse_args()
    project = tomllib.loads((ROOT / given.member / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base = packages(LOCK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        wanted, limits, result = (Path(folder) / name for name in ("wanted.in", "limits.txt", "result.lock"))
        wanted.write_text("\n".join(project["optional-dependencies"][given.extra]), encoding="utf-8")
        # Versions only: hashes in a constraint would have to be there for every package.
        heads = [entry.partition("\n")[0].rstrip(" \\") for _, entry in base]
        limits.write_text("\n".join(heads), encoding="utf-8")
        if given.output.exists():
            result.write_text(given.output.read_text(encoding="utf-8"), encoding="utf-8")
        command = [given.uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--constraints", limits]
        command += [*(["--upgrade"] if given.upgrade else []), "--output-file", result, wanted]
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT)  # noqa: S603 - ours
        found = packages(result.read_text(encoding="utf-8"))
    known = {name for name, _ in base}
    more = [entry for name, entry in found if name not in known]
    given.output.write_text("\n".join(more) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

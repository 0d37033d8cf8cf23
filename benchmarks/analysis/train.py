"""Writes the weights that the product ships, the same bytes from the same data. `make train-analysis`."""

import json
import sys

from analysis.engines.offline.grading.model import read_model
from benchmarks.analysis.data import ROOT, rows
from benchmarks.analysis.fitting import trained

WEIGHTS = ROOT / "services/analysis/src/analysis/engines/offline/grading/weights.json"
MOST = 300_000  # bytes


def main() -> int:
    """Train and write."""
    saved = json.dumps(trained(rows()), separators=(",", ":"), sort_keys=True) + "\n"
    if len(saved) > MOST:
        print(f"{len(saved):,} bytes, and {MOST:,} may be shipped", file=sys.stderr)  # noqa: T201  # a command talks
        return 1
    WEIGHTS.write_text(saved, encoding="utf-8")
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(saved):,} bytes, {read_model(saved.encode()).version}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

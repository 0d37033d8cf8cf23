"""Where things are in this checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
STATE = ROOT / ".local"
FRONTEND = ROOT / "frontend"

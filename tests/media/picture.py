"""The one face in the tests: Eileen Collins, NASA's picture of 1999, in the public domain.

The wheel of scikit-image ships it as `skimage/data/astronaut.png`. The wheel is fetched by hash and without what it
depends on, for this one file.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".local" / "test-media"
LOCK = Path(__file__).with_name("picture.lock")


def picture() -> Path:
    """Return the PNG, fetching the wheel the first time.

    Raises:
        RuntimeError: It could not be fetched.
    """
    packages = STATE / "packages"
    found = packages / "skimage" / "data" / "astronaut.png"
    if not found.exists():
        uv = Path(sys.executable).with_name("uv")
        arguments = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
        command = [
            str(uv),
            *arguments,
            "--python",
            sys.executable,
            "--target",
            str(packages),
            "--requirement",
            str(LOCK),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"The test picture could not be fetched:\n{done.stderr}")
    return found

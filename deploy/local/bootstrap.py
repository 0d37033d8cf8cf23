"""Make .venv and put exactly what requirements.lock names into it, and with `--speech whisper` Whisper on top.

Run by `make` with any Python 3.11 or newer, before anything is installed: standard library only.
"""  # noqa: INP001 - a script

import argparse
import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
# What an optional extra adds to the lock, by the name of the extra.
EXTRAS = {"whisper": ROOT / "requirements-whisper.lock"}
KEEP = "as-it-is"
STAMP = VENV / ".installed"
OLDEST = (3, 11)


def fail(message: str) -> NoReturn:
    """Say what is wrong and stop."""
    sys.exit("\n" + message + "\n")


def run(*command: str | Path) -> None:
    """Run a command; the packages' code is compiled and nothing of the caller's Python leaks in."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    }
    environment["VIRTUAL_ENV"] = str(VENV)
    try:
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env=environment)  # noqa: S603 - ours
    except subprocess.CalledProcessError as error:
        fail(f"This failed with exit code {error.returncode}:\n  {' '.join(str(part) for part in command)}")


def make_environment() -> Path:
    """Make the virtual environment when there is none, or when its Python has gone, and return its Python."""
    python = VENV / "bin" / "python"
    if python.exists() and (VENV / "pyvenv.cfg").exists():
        return python
    if not has_ensurepip():
        install_ensurepip()
    run(sys.executable, "-m", "venv", "--clear", VENV)
    return python


def has_ensurepip() -> bool:
    """Debian's python3 comes without the part of the standard library that puts pip into a new environment."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0  # noqa: S603 - ours


def install_ensurepip() -> None:
    """Install Debian's python3-venv as root, or say that it is missing."""
    package = f"python3.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        fail(
            f"This Python ({sys.executable}) cannot make virtual environments. On Debian or Ubuntu:\n"
            f"  sudo apt-get install {package}\nand run this again."
        )
    run(apt, "update", "--quiet")
    run(apt, "install", "--yes", "--quiet", "--no-install-recommends", package)
    if not has_ensurepip():
        fail(f"{package} is installed, but {sys.executable} still cannot make virtual environments.")


def install_uv(python: Path) -> Path:
    """Install the uv that the lock pins, checked against the lock's hashes, with pip."""
    pinned = re.search(r"^uv==(\S+).*?(?=^\S)", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    if pinned is None:
        fail(f"{LOCK.name} names no uv.")
    uv = VENV / "bin" / "uv"
    if uv.exists():
        version = subprocess.run([uv, "--version"], check=False, capture_output=True, text=True)  # noqa: S603 - ours
        if version.stdout.split()[1:2] == [pinned.group(1)]:
            return uv
    only_uv = VENV / "uv.lock"
    only_uv.write_text(pinned.group(0), encoding="utf-8")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", only_uv)
    return uv


def members() -> list[str]:
    """The folders of the workspace's members, as the root pyproject.toml lists them."""
    import tomllib  # noqa: PLC0415 - absent in the Pythons that main() turns away with a message

    with (ROOT / "pyproject.toml").open("rb") as file:
        listed: list[str] = tomllib.load(file)["tool"]["uv"]["workspace"]["members"]
    return listed


def install(uv: Path, extra: str) -> None:
    """Make the environment's content exactly the lock's and the extra's, then add our own packages.

    What an earlier run installed for an extra that is no longer wanted is in neither, and so is removed.
    """
    locks = [LOCK, *([EXTRAS[extra]] if extra else [])]
    run(uv, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--strict", *locks)
    ours = [part for member in members() for part in ("--editable", f"./{member}")]
    run(uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--compile-bytecode", *ours)
    checked = subprocess.run([uv, "pip", "check"], check=False, capture_output=True, text=True, cwd=ROOT)  # noqa: S603 - ours
    if checked.returncode != 0:
        fail(f"{checked.stderr}\n{LOCK.name} does not fit a member's pyproject.toml any more: run `make lock`.")


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", default=KEEP, help="whisper; anything else needs no packages of its own")
    parser.add_argument("--tools", action="store_true", help="only uv, which writes the lock that the rest comes from")
    return parser.parse_args()


def wanted_extra(speech: str) -> str:
    """Return the extra to install, empty for none. Who does not say leaves it as the last run did."""
    wanted = installed_extra() if speech == KEEP else speech
    return wanted if wanted in EXTRAS else ""


def installed_extra() -> str:
    """Return the extra that the last run installed."""
    return STAMP.read_text(encoding="utf-8").strip() if STAMP.exists() else ""


def main() -> None:
    """Install, unless another run has just done so."""
    if sys.version_info < OLDEST:
        fail(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")
    asked = options()
    extra = wanted_extra(asked.speech)
    with (ROOT / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if asked.tools:
            install_uv(make_environment())
            return
        sources = [LOCK, ROOT / "pyproject.toml", *(ROOT / member / "pyproject.toml" for member in members())]
        if extra:
            sources.append(EXTRAS[extra])
        newest = max(path.stat().st_mtime for path in sources)
        if STAMP.exists() and STAMP.stat().st_mtime >= newest and installed_extra() == extra:
            return
        more = f" and {extra}" if extra else ""
        print(f"Installing the Python packages{more} into .venv …", flush=True)  # noqa: T201 - a terminal program
        # If this is interrupted, nobody must think that it is done.
        STAMP.unlink(missing_ok=True)
        install(install_uv(make_environment()), extra)
        STAMP.write_text(extra, encoding="utf-8")


if __name__ == "__main__":
    main()

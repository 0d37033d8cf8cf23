"""Speech for fake microphones: espeak-ng reads a text into a WAV file that Chromium takes."""

import hashlib
import shutil
import sys
import wave
from array import array
from pathlib import Path

from local_stack import apt, children
from local_stack.errors import StackError
from local_stack.root import STATE as LOCAL

from tests.media.picture import STATE

PROGRAM = "espeak-ng"
# Chromium's fake microphone plays 48 kHz as it is; espeak-ng speaks in 22.05 kHz.
RATE = 48_000


async def ensure(log: Path) -> str:
    """Return espeak-ng, installing Debian's when there is none and we are root.

    Raises:
        StackError: There is none and it cannot be installed.
    """
    if found := shutil.which(PROGRAM):
        return found
    if apt.can_install():
        sys.stderr.write("Installing espeak-ng for the end-to-end tests …\n")
        await apt.install(PROGRAM, log=log)
        if found := shutil.which(PROGRAM):
            return found
        raise StackError(f"espeak-ng could not be installed:\n{children.last_lines(log)}")
    raise StackError("The tests of speech need espeak-ng. On Debian or Ubuntu: sudo apt-get install espeak-ng")


async def speech(text: str, *, voice: str = "en-us", words_per_minute: int = 150, rest: int = 0) -> Path:
    """Return a WAV file (48 kHz, mono, 16 bit) in which a voice says `text`, then is silent for `rest` seconds.

    For `--use-file-for-fake-audio-capture=PATH%noloop`. Chromium reads all of it before the microphone says anything.

    Raises:
        StackError: espeak-ng is missing, or refuses.
    """
    made_by = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    name = hashlib.sha256(f"{made_by} {voice} {words_per_minute} {rest} {text}".encode()).hexdigest()[:16]
    spoken = STATE / "speech" / f"{name}.wav"
    if not spoken.exists():
        log = LOCAL / "log" / "espeak.log"
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        spoken.parent.mkdir(parents=True, exist_ok=True)
        program = await ensure(log)
        raw = spoken.with_suffix(".raw.wav")
        command = [program, "-v", voice, "-s", str(words_per_minute), "-w", str(raw), text]
        if await children.run(command, log=log) != 0:
            raise StackError(f"espeak-ng failed:\n{children.last_lines(log)}")
        _resample(raw, spoken.with_suffix(".new"), rest)
        spoken.with_suffix(".new").rename(spoken)
        raw.unlink()
    return spoken


def _resample(source: Path, target: Path, rest: int) -> None:
    """Write `source` at 48 kHz, by straight lines between its samples: good enough for a voice. Silence follows."""
    with wave.open(str(source), "rb") as read:
        if (read.getnchannels(), read.getsampwidth()) != (1, 2):
            raise StackError(f"{source.name} is not mono with 16 bits")
        rate = read.getframerate()
        samples = array("h", read.readframes(read.getnframes()))
    count = len(samples) * RATE // rate
    out = array("h", bytes(2 * count))
    for position in range(count):
        at, beyond = divmod(position * rate, RATE)
        here = samples[at]
        after = samples[min(at + 1, len(samples) - 1)]
        out[position] = here + (after - here) * beyond // RATE
    with wave.open(str(target), "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(out.tobytes())
        written.writeframes(bytes(2 * RATE * rest))

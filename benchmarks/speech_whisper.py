# ruff: noqa: INP001 - a script, not a package
"""What Whisper on this machine costs and how well it hears: CPU seconds per second of sound, and word error rate.

    python3 deploy/local/bootstrap.py --speech whisper
    .venv/bin/python benchmarks/speech_whisper.py [--threads 2] [--voices en-us,en-gb] [--wav FILE --said TEXT]

Speaks sentences of a job interview with espeak-ng, sends each through the same adapter as the worker does, and prints a
line for each. A synthetic voice is harder to hear than a person: take the error rate as an upper bound. With --wav it
listens to a recording of yours, of at most 30 seconds. The last line is the whole: errors per word, and CPU seconds per
second of sound. Whisper works on windows of 30 seconds, so that a short sound costs nearly as much as a long one.
"""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from interview.edits import edit_ratio
from interview.sound import Sound, read_sound
from interview.transcribers.whisper import MODEL, WhisperTranscriber

SENTENCES = (
    "In my last job I was building an import for bank statements.",
    "First I tried it on my own for about an hour, and read the documentation of the parser.",
    "Then I asked a colleague, because she had written the old parser and knew it better than I did.",
    "Together we found out in fifteen minutes that the bank had changed the format without telling us.",
    "Since then I write down what I have tried before I ask somebody for help, and I ask much earlier than I used to.",
)


@dataclass
class Measured:
    """What one sound took."""

    seconds: float
    cpu: float
    wall: float
    words: int
    errors: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--voices", default="en-us,en-gb")
    parser.add_argument("--wav", type=Path)
    parser.add_argument("--said", default="")
    given = parser.parse_args()
    if given.wav is not None:
        sounds = [("recording", given.said, read_sound(given.wav.read_bytes(), "audio/wav"))]
    else:
        sounds = [(voice, text, _spoken(text, voice)) for voice in given.voices.split(",") for text in SENTENCES]
    results = asyncio.run(_measure(sounds, given.threads))
    seconds, cpu = sum(one.seconds for one in results), sum(one.cpu for one in results)
    words, errors = sum(one.words for one in results), sum(one.errors for one in results)
    _say(f"{MODEL}, {given.threads} threads: {len(results)} sounds, {seconds:.1f} s, {words} words")
    _say(f"word error rate {errors / max(1, words):.3f}, CPU seconds per second of sound {cpu / seconds:.3f}")
    return 0


async def _measure(sounds: list[tuple[str, str, Sound]], threads: int) -> list[Measured]:
    transcriber = WhisperTranscriber(threads=threads, at_once=1)
    began = time.perf_counter()
    await transcriber.transcribe(Sound(b"\0\0" * 16_000))  # reads the model
    _say(f"model read in {time.perf_counter() - began:.1f} s")
    results = []
    for name, text, sound in sounds:
        cpu, wall = time.process_time(), time.perf_counter()
        heard = await transcriber.transcribe(sound)
        longest = max(len(text.split()), len(heard.text.split()))
        results.append(
            Measured(
                seconds=sound.seconds,
                cpu=time.process_time() - cpu,
                wall=time.perf_counter() - wall,
                words=len(text.split()),
                errors=edit_ratio(text, heard.text) * longest,
            )
        )
        one = results[-1]
        _say(f"{name:10} {one.seconds:5.1f} s  {one.cpu:5.2f} CPU-s  {one.wall:5.2f} s wall  {heard.text}")
    transcriber.close()
    return results


def _spoken(text: str, voice: str) -> Sound:
    espeak = shutil.which("espeak-ng")
    if espeak is None:
        raise SystemExit("espeak-ng speaks for this benchmark and is not installed; or give --wav and --said.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        subprocess.run([espeak, "-v", voice, "-s", "150", "-w", str(file), text], check=True)  # noqa: S603 - as asked
        return read_sound(file.read_bytes(), "audio/wav")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""Sounds as a browser would send them, made when they are needed."""

import io
import math
import shutil
import struct
import subprocess
import wave
from pathlib import Path

import av
import pytest
from interview.sound import RATE, AudioType

_CODECS: dict[AudioType, tuple[str, str, int]] = {
    "audio/webm": ("webm", "libopus", 48_000),
    "audio/ogg": ("ogg", "libopus", 48_000),
    "audio/mp4": ("mp4", "aac", 48_000),
    "audio/wav": ("wav", "pcm_s16le", 48_000),
}


def tone(seconds: float, *, pitch: float = 220.0, loudness: float = 0.3) -> bytes:
    """Return samples of a tone: no speech, but not silent either. Another pitch is another sound."""
    count = round(seconds * RATE)
    level = loudness * 32_767
    wave_of = (round(level * math.sin(2 * math.pi * pitch * n / RATE)) for n in range(count))
    return struct.pack(f"<{count}h", *wave_of)


def as_wav(samples: bytes) -> bytes:
    """Return the samples as a file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples)
    return file.getvalue()


def recorded(kind: AudioType, samples: bytes) -> bytes:
    """Return the samples as a browser that records this kind would send them."""
    container, codec, rate = _CODECS[kind]
    file = io.BytesIO()
    with (
        av.open(file, mode="w", format=container) as out,
        av.open(io.BytesIO(as_wav(samples)), mode="r", format="wav") as source,
    ):
        stream = out.add_stream(codec, rate=rate, layout="mono")
        for frame in source.decode(audio=0):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def spoken(text: str, folder: Path, *, voice: str = "en-us", speed: int = 150) -> bytes:
    """Return a synthetic voice that says the text, as a WAV file; the test is skipped where there is none."""
    espeak = shutil.which("espeak-ng")
    if espeak is None:
        pytest.skip("espeak-ng, which speaks for this test, is not installed")
    file = folder / "spoken.wav"
    subprocess.run([espeak, "-v", voice, "-s", str(speed), "-w", str(file), text], check=True, timeout=60)
    return file.read_bytes()

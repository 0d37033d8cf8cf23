"""Reads what a browser recorded: any of the offered formats in, plain samples out.

Both engines get the same thing, so that a format is either understood here or refused here, whoever listens: Google
takes no `audio/webm`, which is all that Chrome and Firefox record.
"""

import io
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.error import FFmpegError

AudioType = Literal["audio/webm", "audio/ogg", "audio/mp4", "audio/wav"]

LONGEST = timedelta(seconds=30)
RATE = 16_000  # samples a second: what speech engines work with
_TOLERANCE = timedelta(seconds=1)  # a recorder that was told to stop takes a moment
_BYTES_PER_SAMPLE = 2
# Louder than the noise of a quiet input, and quieter than a whisper into it: -54 dB of full scale.
_AUDIBLE = 66

# What browsers record, and nothing else of the hundreds of decoders that a header could name.
_DECODERS = "opus,libopus,vorbis,aac,mp3,mp3float,flac,alac,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8"
# What browsers and sound cards know, and what keeps a hostile file small: of one sample a second, 20 kB are hours, and
# turning them into 16,000 a second took gigabytes.
_RATES = range(8_000, 192_001)

# The demuxer is named and never guessed: a guess could end at one that opens other files.
_DEMUXERS: Mapping[str, str] = MappingProxyType(
    {"audio/webm": "matroska", "audio/ogg": "ogg", "audio/mp4": "mov", "audio/wav": "wav"}
)


class NotSound(Exception):  # noqa: N818 - a finding
    """The bytes hold no sound that could be read."""


class SoundTooLong(Exception):  # noqa: N818 - a finding
    """The sound is longer than a part may be."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of signed 16-bit samples, 16,000 a second."""

    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / _BYTES_PER_SAMPLE / RATE

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing in it that anybody could have said."""
        levels = memoryview(self.samples).cast("h")
        return len(levels) == 0 or (max(levels) < _AUDIBLE and min(levels) > -_AUDIBLE)

    def as_wav(self) -> bytes:
        """Return it as a file."""
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(_BYTES_PER_SAMPLE)
            out.setframerate(RATE)
            out.writeframes(self.samples)
        return file.getvalue()


def looks_like(data: bytes, kind: AudioType) -> bool:
    """Tell by the first bytes whether a file is of a kind; whether it can be played is another question."""
    match kind:
        case "audio/webm":
            return data.startswith(b"\x1a\x45\xdf\xa3")
        case "audio/ogg":
            return data.startswith(b"OggS")
        case "audio/mp4":
            return data[4:8] == b"ftyp"
        case "audio/wav":
            return data.startswith(b"RIFF") and data[8:12] == b"WAVE"


def read_sound(data: bytes, kind: AudioType) -> Sound:
    """Decode a recording. It takes some milliseconds of CPU: call it in a thread.

    Raises:
        NotSound: there is nothing in it that can be played.
        SoundTooLong: it goes on for longer than a part may.
    """
    most = round((LONGEST + _TOLERANCE).total_seconds() * RATE) * _BYTES_PER_SAMPLE
    samples = bytearray()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    try:
        with av.open(
            io.BytesIO(data),
            mode="r",
            format=_DEMUXERS[kind],
            options={"codec_whitelist": _DECODERS},
            metadata_errors="ignore",
        ) as file:
            if not file.streams.audio or not _is_known(file.streams.audio[0]):
                raise NotSound
            for frame in _frames(file):
                if frame.sample_rate not in _RATES:
                    raise NotSound
                for piece in resampler.resample(frame):
                    samples += bytes(piece.planes[0])[: piece.samples * _BYTES_PER_SAMPLE]
                if len(samples) > most:
                    raise SoundTooLong
            for piece in resampler.resample(None):
                samples += bytes(piece.planes[0])[: piece.samples * _BYTES_PER_SAMPLE]
    except (FFmpegError, ValueError) as error:
        raise NotSound from error
    if not samples:
        raise NotSound
    return Sound(bytes(samples))


def _is_known(stream: AudioStream) -> bool:
    context = stream.codec_context  # None where FFmpeg itself knows no decoder, whatever the types say
    return bool(context) and context.name in _DECODERS.split(",")


def _frames(file: av.container.InputContainer) -> Iterator[AudioFrame]:
    """Yield what can be decoded; a damaged packet costs itself and nothing else."""
    for packet in file.demux(audio=0):
        try:
            frames = packet.decode()
        except FFmpegError:
            continue
        for frame in frames:
            if isinstance(frame, AudioFrame):
                yield frame

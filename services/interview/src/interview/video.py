"""Reading and writing video with FFmpeg's libraries: the only file that knows them. Blocks; call it in a thread.

A browser's recorder writes as it goes: no duration in the header and no index, so a player cannot seek. The same
packets, written anew into a container with both, make a video like any other. Nothing is encoded again.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Stream

from interview.containers import Container

# The index stands before the pictures, so that a player finds it in the first bytes.
_OPTIONS = {"webm": {"cues_to_front": "1"}, "mp4": {"movflags": "+faststart"}}
_MICROSECONDS = 1_000_000

# A header can claim any decoder and any size, and FFmpeg makes room for what is claimed as soon as it looks. So: what
# browsers record, and four times as many pixels as a 4K camera has.
_DECODERS = "vp8,vp9,libdav1d,h264,hevc,opus,libopus,vorbis,aac,mp3,mp3float,flac,alac,pcm_s16le,pcm_f32le"
_MOST_PIXELS = 33_177_600
# The first picture is in the first packet, or after as many as a decoder keeps back. Whoever sends an hour of packets
# without a picture must not keep the only worker busy with them.
_FIRST_PACKETS = 300


class NotAVideo(Exception):  # noqa: N818 - says what was found
    """It cannot be played; `args[0]` says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Video:
    """What was written."""

    duration_s: float
    damage: str | None
    """Why it ends before its source does; None when it does not."""


def remux(source: Path, target: Path, container: Container) -> Video:
    """Write the pictures and the sound of `source` into a file that has a duration and an index.

    Raises:
        NotAVideo: there is no picture in it that can be decoded.
    """
    _require_picture(source, container)
    damage = _copy(source, target, container)
    return Video(_playable_seconds(target, container), damage)


def _require_picture(source: Path, container: Container) -> None:
    """Decode the first picture."""
    try:
        with _opened(source, container) as found:
            if not found.streams.video:
                raise NotAVideo("There is no picture in this recording.")
            if not _shows_picture(found):
                raise NotAVideo("There is not a single whole picture in this recording.")
    except FFmpegError as error:
        raise NotAVideo("This recording is not a video that can be played.") from error


def _opened(file: Path, container: Container) -> InputContainer:
    """Open a file as what it is said to be: a guess could end at a format that opens other files."""
    limits = {"codec_whitelist": _DECODERS, "max_pixels": str(_MOST_PIXELS)}
    return av.open(file, format=container, options=limits, metadata_errors="ignore")


def _shows_picture(found: InputContainer) -> bool:
    """Decode from where the file stands until there is a picture."""
    stream = found.streams.video[0]
    context = stream.codec_context  # None where FFmpeg itself knows no decoder, whatever the types say
    if not context or context.name not in _DECODERS.split(","):
        return False
    context.options = {"max_pixels": str(_MOST_PIXELS)}
    return any(packet.decode() for packet in islice(found.demux(stream), _FIRST_PACKETS))


def _copy(source: Path, target: Path, container: Container) -> str | None:
    copied = False
    with (
        _opened(source, container) as given,
        av.open(target, "w", format=container, options=_OPTIONS[container]) as made,
    ):
        wanted = _wanted(given)
        try:
            # Opaque: without it the encoder is looked for by the decoder's name, and there is none called libdav1d.
            streams = {stream.index: made.add_stream_from_template(stream, opaque=True) for stream in wanted}
        except ValueError as error:  # how PyAV says that a codec cannot be in this kind of file
            raise NotAVideo("This recording is in a format that cannot be kept.") from error
        packets = given.demux(*wanted)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return None
            except FFmpegError as error:
                if not copied:
                    raise NotAVideo("This recording is not a video that can be played.") from error
                return "The recording is damaged, and the video ends there."
            if packet.dts is None:
                continue  # how PyAV says that a stream has ended
            packet.stream = streams[packet.stream.index]
            try:
                made.mux(packet)
            except FFmpegError as error:
                if not copied:
                    raise NotAVideo("This recording is not a video that can be played.") from error
                return "The recording is damaged, and the video ends there."
            copied = True


def _wanted(given: InputContainer) -> list[Stream]:
    return [*given.streams.video[:1], *given.streams.audio[:1]]


def _playable_seconds(target: Path, container: Container) -> float:
    """Look at what was written as a player does: how long it is, and whether its middle can be seen."""
    try:
        with _opened(target, container) as made:
            if not made.duration:
                raise NotAVideo("There is not a single whole picture in this recording.")
            made.seek(made.duration // 2)
            if not _shows_picture(made):
                raise NotAVideo("This recording is not a video that can be played.")
            return made.duration / _MICROSECONDS
    except FFmpegError as error:
        raise NotAVideo("This recording is not a video that can be played.") from error

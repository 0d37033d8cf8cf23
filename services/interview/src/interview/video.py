"""Reading and writing video with FFmpeg's libraries: the only file that knows them. Blocks; call it in a thread.

A browser's recorder writes as it goes: no duration in the header and no index, so a player cannot seek. The same
packets, written anew into a container with both, make a video like any other. Nothing is encoded again.
"""

from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Stream

from interview.containers import Container

# The index stands before the pictures, so that a player finds it in the first bytes.
_OPTIONS = {"webm": {"cues_to_front": "1"}, "mp4": {"movflags": "+faststart"}}
_MICROSECONDS = 1_000_000


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
    _require_picture(source)
    damage = _copy(source, target, container)
    return Video(_playable_seconds(target), damage)


def _require_picture(source: Path) -> None:
    """Decode the first picture."""
    try:
        with av.open(source) as found:
            if not found.streams.video:
                raise NotAVideo("There is no picture in this recording.")
            if next(found.decode(found.streams.video[0]), None) is None:
                raise NotAVideo("There is not a single whole picture in this recording.")
    except FFmpegError as error:
        raise NotAVideo("This recording is not a video that can be played.") from error


def _copy(source: Path, target: Path, container: Container) -> str | None:
    copied = False
    with av.open(source) as given, av.open(target, "w", format=container, options=_OPTIONS[container]) as made:
        wanted = _wanted(given)
        streams = {stream.index: made.add_stream_from_template(stream) for stream in wanted}
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


def _playable_seconds(target: Path) -> float:
    """Look at what was written as a player does: how long it is, and whether its middle can be seen."""
    try:
        with av.open(target) as made:
            if not made.duration:
                raise NotAVideo("There is not a single whole picture in this recording.")
            made.seek(made.duration // 2)
            if next(made.decode(made.streams.video[0]), None) is None:
                raise NotAVideo("This recording is not a video that can be played.")
            return made.duration / _MICROSECONDS
    except FFmpegError as error:
        raise NotAVideo("This recording is not a video that can be played.") from error

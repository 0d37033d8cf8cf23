"""Video as a browser's recorder makes it: made here, frame by frame, so that no file of it lies in the repository."""

import io
from fractions import Fraction
from functools import cache
from pathlib import Path

import av

FRAMES_PER_SECOND = 10
_CLUSTER = b"\x1f\x43\xb6\x75"
_MIB = 1024 * 1024
_SAMPLES = 960  # 20 ms at 48 kHz
_LIVE = {
    # Neither duration nor index, a cluster each second.
    "webm": {"live": "1", "cluster_time_limit": "1000"},
    "mp4": {"movflags": "frag_keyframe+empty_moov+default_base_moof"},
}


class _Sink:
    """Cannot seek, like a recorder that sends away what it has written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.written.append(bytes(data))
        return len(data)


@cache
def recorded(seconds: int = 6, container: str = "webm", *, sound: bool = True) -> bytes:
    """Return so many seconds of moving grey with silence."""
    sink = _Sink()
    with av.open(sink, "w", format=container, options=_LIVE[container]) as made:
        picture = made.add_stream("libvpx-vp9", rate=FRAMES_PER_SECOND)
        picture.width, picture.height, picture.pix_fmt, picture.gop_size = 160, 120, "yuv420p", 20
        picture.options = {"deadline": "realtime", "cpu-used": "8"}
        voice = made.add_stream("libopus", rate=48_000) if sound else None
        for number in range(seconds * FRAMES_PER_SECOND):
            made.mux(picture.encode(_frame(number)))
            for part in range(5 if voice is not None else 0):
                made.mux(voice.encode(_silence(number * 5 + part)))  # type: ignore[union-attr]
        for stream in (picture, voice):
            if stream is not None:
                made.mux(stream.encode(None))
    return b"".join(sink.written)


def cut(content: bytes, count: int) -> list[bytes]:
    """Cut a recording into so many chunks, anywhere, as a recorder does."""
    size = -(-len(content) // count)
    return [content[start : start + size] for start in range(0, len(content), size)]


def sound_only() -> bytes:
    """Return a recording without a picture."""
    sink = _Sink()
    with av.open(sink, "w", format="webm", options=_LIVE["webm"]) as made:
        voice = made.add_stream("libopus", rate=48_000)
        for number in range(50):
            made.mux(voice.encode(_silence(number)))
        made.mux(voice.encode(None))
    return b"".join(sink.written)


def padded(content: bytes, mib: int) -> list[bytes]:
    """Return a WebM recording in chunks that plays as before and is so large: with empty room between its clusters.

    The room is one and the same MiB, again and again, so that the chunks take no memory.
    """
    nothing = bytes(_MIB)
    head, *clusters = content.split(_CLUSTER)
    room = mib // len(clusters)
    chunks = [head]
    for cluster in clusters:
        chunks += [_CLUSTER + cluster + b"\xec" + (0x10000000 | room * _MIB).to_bytes(4, "big"), *([nothing] * room)]
    return chunks


def seconds_of(video: bytes | Path) -> float:
    """Return the duration that stands in the header."""
    with av.open(io.BytesIO(video) if isinstance(video, bytes) else video, "r") as opened:
        assert opened.duration is not None, "it has no duration"
        return opened.duration / 1_000_000


def frame_at(video: bytes, seconds: float) -> float:
    """Seek, and return the time of the picture that a player would begin with."""
    with av.open(io.BytesIO(video), "r") as opened:
        opened.seek(int(seconds * 1_000_000))
        time = next(opened.decode(video=0)).time
        assert time is not None
        return time


def has_duration(video: bytes) -> bool:
    with av.open(io.BytesIO(video), "r") as opened:
        return opened.duration is not None


def _frame(number: int) -> av.VideoFrame:
    frame = av.VideoFrame(160, 120, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes([number * 7 % 256]) * plane.buffer_size)
    frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
    return frame


def _silence(number: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=_SAMPLES)
    frame.planes[0].update(bytes(frame.planes[0].buffer_size))
    frame.rate, frame.pts, frame.time_base = 48_000, number * _SAMPLES, Fraction(1, 48_000)
    return frame

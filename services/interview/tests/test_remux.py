"""Putting the chunks of one recording into a file that can be seeked: what is kept, and what is no video."""

from pathlib import Path
from typing import get_args

import av
import pytest
from interview.containers import Container
from interview.video import NotAVideo, remux

from services.interview.tests.media import frame_at, recorded


def test_remux_says_what_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(NotAVideo):
        remux(tmp_path / "empty", tmp_path / "out.webm", "webm")


def test_remux_of_a_silent_video_has_no_sound_and_can_be_seeked(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(recorded(sound=False))
    video = remux(tmp_path / "in", tmp_path / "out.webm", "webm")
    assert video.damage is None
    assert video.duration_s == pytest.approx(6, abs=0.2)
    content = (tmp_path / "out.webm").read_bytes()
    assert frame_at(content, 5) >= 3.9
    assert content.index(b"\x1c\x53\xbb\x6b") < content.index(b"\x1f\x43\xb6\x75"), "the index stands at the front"


@pytest.mark.parametrize(("encoder", "container"), [("libsvtav1", "webm"), ("libx264", "mp4")])
def test_remux_keeps_what_browsers_record(tmp_path: Path, encoder: str, container: Container) -> None:
    write_pictures(tmp_path / "in", encoder, container)
    assert remux(tmp_path / "in", tmp_path / "out", container).damage is None


@pytest.mark.parametrize("encoder", ["mjpeg", "libx264"])
def test_remux_takes_no_other_codec_and_says_so(tmp_path: Path, encoder: str) -> None:
    write_pictures(tmp_path / "in", encoder, "matroska")
    with pytest.raises(NotAVideo):
        remux(tmp_path / "in", tmp_path / "out", "webm")


def test_remux_makes_no_room_for_pictures_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").write_bytes(recorded())
    monkeypatch.setattr("interview.video._MOST_PIXELS", 160 * 120 - 1)
    with pytest.raises(NotAVideo):
        remux(tmp_path / "in", tmp_path / "out", "webm")


def test_remux_guesses_no_format(tmp_path: Path) -> None:
    (tmp_path / "other.webm").write_bytes(recorded())
    (tmp_path / "in").write_text("#EXTM3U\n#EXTINF:1,\nother.webm\n")
    for container in get_args(Container):
        with pytest.raises(NotAVideo):
            remux(tmp_path / "in", tmp_path / "out", container)


def test_remux_looks_for_a_picture_in_so_many_packets_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").write_bytes(recorded())
    monkeypatch.setattr("interview.video._FIRST_PACKETS", 0)
    with pytest.raises(NotAVideo):
        remux(tmp_path / "in", tmp_path / "out", "webm")


def write_pictures(path: Path, encoder: str, container: str) -> None:
    pixels = "yuvj420p" if encoder == "mjpeg" else "yuv420p"
    with av.open(path, "w", format=container) as made:
        stream = made.add_stream(encoder, rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 128, pixels
        for number in range(20):
            frame = av.VideoFrame(160, 128, pixels)
            frame.pts = number
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))

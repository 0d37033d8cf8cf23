import io
import resource
from typing import get_args

import av
import pytest
from interview.sound import AudioType, NotSound, Sound, SoundTooLong, looks_like, read_sound

from services.interview.tests.sounds import as_wav, recorded, tone

KINDS = get_args(AudioType)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_recognised_and_read(kind: AudioType) -> None:
    data = recorded(kind, tone(2.0))
    assert [other for other in KINDS if looks_like(data, other)] == [kind]
    sound = read_sound(data, kind)
    assert sound.seconds == pytest.approx(2.0, abs=0.1)
    assert not sound.is_silent


def test_sound_becomes_a_file_that_is_the_same_sound() -> None:
    sound = read_sound(recorded("audio/webm", tone(1.0)), "audio/webm")
    assert read_sound(sound.as_wav(), "audio/wav") == sound


def test_silence_is_silent_and_a_whisper_is_not() -> None:
    assert read_sound(as_wav(b"\0\0" * 16_000), "audio/wav").is_silent
    assert read_sound(as_wav(tone(1.0, loudness=0.001)), "audio/wav").is_silent
    assert not read_sound(as_wav(tone(1.0, loudness=0.01)), "audio/wav").is_silent
    assert Sound(b"").is_silent


def test_longer_than_a_part_is_refused_whatever_it_said_of_itself() -> None:
    assert read_sound(as_wav(tone(30.5)), "audio/wav").seconds == pytest.approx(30.5)
    with pytest.raises(SoundTooLong):
        read_sound(as_wav(tone(32.0)), "audio/wav")


@pytest.mark.parametrize("kind", KINDS)
def test_what_only_begins_like_a_recording_is_not_sound(kind: AudioType) -> None:
    good = recorded(kind, tone(1.0))
    noise = b"\x93\x1c\xe5\x07" * 1_000
    for data in (b"", good[:12], good[:12] + noise, noise):
        with pytest.raises(NotSound):
            read_sound(data, kind)


def test_recording_that_was_cut_off_gives_what_is_there() -> None:
    data = recorded("audio/webm", tone(4.0))
    assert 0.5 < read_sound(data[: len(data) // 2], "audio/webm").seconds < 3.5


def test_file_that_names_other_files_is_not_opened() -> None:
    for playlist in (b"ffconcat version 1.0\nfile /etc/passwd\n", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"):
        for kind in KINDS:
            with pytest.raises(NotSound):
                read_sound(playlist, kind)


def test_small_file_that_claims_hours_is_refused_before_it_is_decoded() -> None:
    # One packet, one sample a second: 20 kB that would become 300 MB, and took ten times as much on the way.
    file = io.BytesIO()
    with av.open(file, mode="w", format="matroska") as out:
        stream = out.add_stream("pcm_s16le", rate=1, layout="mono")
        packet = av.Packet(b"\x01\x00" * 10_000)
        packet.stream, packet.pts, packet.dts = stream, 0, 0
        out.mux(packet)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(NotSound):
        read_sound(file.getvalue(), "audio/webm")
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 100


def test_decoder_that_no_browser_needs_is_not_opened() -> None:
    file = io.BytesIO()
    with av.open(file, mode="w", format="matroska") as out:
        stream = out.add_stream("ac3", rate=48_000, layout="mono")
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1536)
        frame.planes[0].update(bytes(1536 * 4))
        frame.sample_rate = 48_000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with pytest.raises(NotSound):
        read_sound(file.getvalue(), "audio/webm")


def test_video_without_sound_is_not_sound() -> None:
    file = io.BytesIO()
    with av.open(file, mode="w", format="webm") as out:
        stream = out.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        out.mux(stream.encode(None))
    with pytest.raises(NotSound):
        read_sound(file.getvalue(), "audio/webm")
